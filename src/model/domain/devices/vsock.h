// SPDX-License-Identifier: Apache-2.0
// <vsock>: a socket between guest and host that needs no network.
#pragma once

#include <cstdint>
#include <optional>

#include "model/domain/device.h"

namespace yado::model {

enum class VsockModel : std::uint8_t { unset, virtio, virtio_transitional, virtio_non_transitional };

struct Vsock {
    VsockModel model{};
    schema::YesNo auto_cid{};
    std::optional<std::uint32_t> cid; ///< the guest's address, at least 3; chosen at start when not given
    VirtioOptions virtio;
    DeviceInfo info;
};
void describe(schema::Io& io, Vsock& vsock);

} // namespace yado::model

template <> struct yado::schema::EnumNames<yado::model::VsockModel> {
    static constexpr std::string_view values[] = {"", "virtio", "virtio-transitional",
                                                  "virtio-non-transitional"};
};
