// SPDX-License-Identifier: Apache-2.0
// <iommu>: translates the addresses that the guest's devices use.
#pragma once

#include <cstdint>
#include <optional>

#include "model/domain/device.h"

namespace yado::model {

enum class IommuModel : std::uint8_t { intel, smmuv3, virtio, amd };

struct IommuDriver {
    schema::OnOff interrupt_remapping{}, caching_mode{}, extended_interrupts{}, device_iotlb{};
    std::optional<std::uint32_t> address_bits;
    schema::OnOff dma_translation{};
    schema::OnOff x2apic{}, passthrough{}; ///< of amd
};
struct Iommu {
    IommuModel model{};
    schema::Rare<IommuDriver> driver;
    DeviceInfo info;
};
void describe(schema::Io& io, Iommu& iommu);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::IommuModel> {
    static constexpr std::string_view values[] = {"intel", "smmuv3", "virtio", "amd"};
};
} // namespace yado::schema
