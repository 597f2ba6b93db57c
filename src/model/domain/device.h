// SPDX-License-Identifier: Apache-2.0
// What every device of a domain has beside its own parts: alias, address, boot order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "model/domain/address.h"
#include "schema/io.h"

namespace yado::model {

/// The name of a device inside a running guest ("virtio-disk0"). Generated names exist only while it runs;
/// names that start with "ua-" are the user's and belong to the definition.
struct Alias {
    std::string name;
    bool by_user() const { return name.starts_with("ua-"); }
};

/// The option ROM of a PCI device.
struct Rom {
    schema::YesNo enabled{}; ///< no: none at all, whatever QEMU has for the device
    schema::OnOff bar{};     ///< visible in the guest's memory
    std::string file;        ///< instead of the device's own
};

struct DeviceInfo {
    Alias alias;
    Address address;
    std::optional<std::uint32_t> boot_order; ///< 1 is tried first
    std::string load_parameter;              ///< what s390 firmware loads from it
    std::optional<std::uint32_t> acpi_index; ///< names the device to guests ("eno1")
    schema::Rare<Rom> rom;

    const PciAddress* pci() const { return std::get_if<PciAddress>(&address); }
    PciAddress* pci() { return std::get_if<PciAddress>(&address); }
};

/// <alias name='…'/>
void describe_alias(schema::Io& io, Alias& alias);
void describe(schema::Io& io, Rom& rom);
/// <acpi index='…'/>
void describe_acpi(schema::Io& io, DeviceInfo& info);
/// Which of the parts that not all devices have a device has.
struct Tail {
    bool boot = false; ///< <boot>
    bool rom = false;  ///< <rom>: of interfaces and host devices
};
/// The common tail of a device: <boot>, <alias>, <rom>, <acpi>, <address>.
void describe_info(schema::Io& io, DeviceInfo& info, Tail tail = {});

/// Options all virtio devices share; they stand in <driver>.
struct VirtioOptions {
    schema::OnOff iommu{}, ats{}, packed{}, page_per_vq{};
};
void describe_virtio(schema::Io& io, VirtioOptions& options);
struct VirtioDriver {
    VirtioOptions virtio;
};
void describe(schema::Io& io, VirtioDriver& driver);

} // namespace yado::model
