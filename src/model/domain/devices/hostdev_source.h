// SPDX-License-Identifier: Apache-2.0
// Which device of the host is meant, of <hostdev> and of interfaces of that type.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "model/host_pci.h"
#include "schema/io.h"

namespace yado::model {

/// Where the kernel has a USB device. The number changes with every plug, the port does not.
struct HostUsb {
    std::optional<std::uint32_t> bus, device;
    std::string port; ///< "1.2"; instead of the number
};
void describe(schema::Io& io, HostUsb& address);

enum class HostdevDriverName : std::uint8_t { unset, kvm, vfio, xen };

/// What the kernel binds the device to while the guest has it.
struct HostdevDriver {
    HostdevDriverName name{};
    std::string model; ///< the kernel's module, "mlx5_vfio_pci"; empty: the best there is
    schema::YesNo iommufd{};
};
void describe(schema::Io& io, HostdevDriver& driver);

/// What the daemon did to a PCI device and undoes when the guest gives it back; of status files.
struct OriginalStates {
    bool unbind = false, remove_slot = false, reprobe = false;
};
void describe(schema::Io& io, OriginalStates& states);

} // namespace yado::model

template <> struct yado::schema::EnumNames<yado::model::HostdevDriverName> {
    static constexpr std::string_view values[] = {"", "kvm", "vfio", "xen"};
};
