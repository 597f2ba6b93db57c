// SPDX-License-Identifier: Apache-2.0
// What a guest's status file says beyond what this project needs itself: with it libvirtd takes a guest over
// that was started here, and can do everything with it that it could with one of its own.
#pragma once

#include "hypervisor/qemu/capabilities/capabilities.h"
#include "hypervisor/qemu/plan/plan.h"
#include "model/domain/status.h"

#include <vector>

namespace yado::qemu {

/// QEMU's abilities by libvirt's names. libvirtd ends a guest whose status file has none, and refuses names
/// it does not know: only those of libvirt 9.0 are given, which newer ones read too.
std::vector<model::StatusFlag> status_flags(const QemuCapabilities& capabilities, bool kvm);

/// Names of the block nodes on a command line, as <privateData> of the disks they belong to.
std::vector<model::StatusPrivate> block_node_parts(const LaunchPlan& plan);

/// Of a guest that is started with `plan`; the machine adds what only the running process tells.
model::MachineStatus first_status(const QemuCapabilities& capabilities, const LaunchPlan& plan, bool kvm,
                                  bool remembers_owners);

} // namespace yado::qemu
