// SPDX-License-Identifier: Apache-2.0
// Block nodes of disks that come and go: which numbers they have, and how to take them away. The numbers
// stand in the status file, in libvirt's form, so that any later daemon finds the nodes again.
#pragma once

#include "hypervisor/qemu/devices/device.h"
#include "hypervisor/qemu/hotplug/steps.h"
#include "model/domain/status.h"

#include <string>
#include <string_view>
#include <vector>

namespace yado::qemu {

/// Gives the images of a disk that is about to be opened their numbers, behind those given out before.
/// Blocks.
void number_new_images(model::MachineStatus& status, model::Disk& disk);

/// Forgets the names of a disk's nodes: it has no medium any more.
void forget_nodes(model::MachineStatus& status, std::string_view alias);

/// Commands that take away the nodes and objects of a disk, the top node first: those whose number stands in
/// the model or in the status file. `all` are QEMU's nodes, `objects` what qom-list says of /objects.
std::vector<QmpCommand> node_removal(const model::MachineStatus& status, const model::Disk& disk,
                                     const boost::json::array& all, const boost::json::array& objects);

/// The process for reservations that the daemon runs for all disks of a guest, and QEMU's object for it.
inline constexpr std::string_view reservations_name = "pr-helper0";
/// Whether the daemon runs a process for the reservations of one of its images.
bool has_reservations(const model::Disk& disk);
/// Whether a disk other than this one uses the process for reservations, which all disks of a guest share.
bool has_reservations_beside(const model::Domain& domain, std::string_view alias);
/// Leaves the process and QEMU's object for it to the other disks.
void drop_reservations(DeviceParts& parts);

} // namespace yado::qemu
