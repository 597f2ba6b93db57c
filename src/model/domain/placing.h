// SPDX-License-Identifier: Apache-2.0
// Gives every device of a domain its address, with libvirt's results: addresses in the document are taken
// first, the others fill the gaps in libvirt's order, and controllers are added where places run out. One
// function a kind of bus.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/domain/domain.h"

namespace yado::model {

/// The number in a disk's target name: "vda" 0, "sdb" 1, "vdaa" 26; nothing when it is no disk name.
std::optional<std::uint32_t> disk_number(std::string_view target);
/// Where a disk without an address goes on its bus by its name, and which controller that needs.
std::optional<DriveAddress> drive_address(const Disk& disk);

void place_drives(Domain& domain);
void place_virtio_serial(Domain& domain);
void place_pci(Domain& domain);
/// Slots of memory modules.
void place_memories(Domain& domain);
/// After place_pci, since USB controllers may still be added there.
void place_usb(Domain& domain);

/// The lowest index no controller of the type has.
std::uint16_t free_index(const Domain& domain, ControllerType type);
bool has_controller(const Domain& domain, ControllerType type, std::uint16_t index);
Controller& add_controller(Domain& domain, ControllerType type, std::uint16_t index,
                           ControllerModel model = ControllerModel::unset);

} // namespace yado::model
