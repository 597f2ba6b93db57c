// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

#include <vector>

namespace yado::qemu {

/// Numbers of the disks' nodes, in the disks' order: libvirt counts from the last disk to the first. An
/// explicit <backingStore> chain takes the numbers that follow its disk's.
std::vector<unsigned> disk_numbers(const DeviceContext& context);

/// The nodes of a disk's block graph, lowest first: "libvirt-NUMBER-storage", "libvirt-NUMBER-format" for
/// each image of the chain, and a copy-on-read filter. Empty for an empty drive.
std::vector<boost::json::object> disk_nodes(const DeviceContext& context, const model::Disk& disk,
                                            unsigned number);

/// The node the guest's device reads: that of the format or of the copy-on-read filter.
std::string disk_node_name(const model::Disk& disk, unsigned number);

/// Images below the disk's own that the document names.
std::vector<std::string> backing_paths(const DeviceContext& context, const model::Disk& disk);

/// The disk as the guest sees it; `boot` is 0 for none.
boost::json::object disk_device(const DeviceContext& context, const model::Disk& disk, unsigned number,
                                std::uint32_t boot);

} // namespace yado::qemu
