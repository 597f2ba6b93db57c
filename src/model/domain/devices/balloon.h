// SPDX-License-Identifier: Apache-2.0
// <memballoon>: gives memory of a running guest back to the host, and reports how the guest uses it.
#pragma once

#include <cstdint>
#include <optional>

#include "model/domain/device.h"

namespace yado::model {

enum class BalloonModel : std::uint8_t { virtio, xen, none, virtio_transitional, virtio_non_transitional };

struct Balloon {
    BalloonModel model{};
    schema::OnOff autodeflate{}, free_page_reporting{};
    std::optional<std::uint32_t> stats_period; ///< seconds
    schema::Rare<VirtioDriver> driver;
    DeviceInfo info;
};
void describe(schema::Io& io, Balloon& balloon);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::BalloonModel> {
    static constexpr std::string_view values[] = {"virtio", "xen", "none", "virtio-transitional",
                                                  "virtio-non-transitional"};
};
} // namespace yado::schema
