// SPDX-License-Identifier: Apache-2.0
// What a guest's status file says beyond what this project needs itself: with it libvirtd takes a guest over
// that was started here, and can do everything with it that it could with one of its own.
#pragma once

#include "hypervisor/qemu/capabilities/capabilities.h"
#include "model/domain/status.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace yado::qemu {

/// QEMU's abilities by libvirt's names. libvirtd ends a guest whose status file has none, and refuses names
/// it does not know: only those of libvirt 9.0 are given, which newer ones read too.
std::vector<model::StatusFlag> status_flags(const QemuCapabilities& capabilities, bool kvm);

/// The number of a disk's node: "libvirt-7-format" → 7; 0 for other nodes.
unsigned node_number(std::string_view node);

/// `known` with the names of the block nodes as the disks of `domain` have them now, as <privateData> of each
/// image. What else is known of an image that is still in its place stays.
std::vector<model::StatusPrivate> with_block_nodes(std::vector<model::StatusPrivate> known,
                                                   const model::Domain& domain);

/// Of a guest that is started as `domain`, its images numbered up to `last_image`; the machine adds what only
/// the running process tells.
model::MachineStatus first_status(const QemuCapabilities& capabilities, const model::Domain& domain,
                                  std::uint64_t last_image, bool kvm, bool remembers_owners);

} // namespace yado::qemu
