// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

#include <vector>

namespace yado::qemu {

/// The nodes of a disk's block graph, lowest first: "libvirt-INDEX-storage", "libvirt-INDEX-format". Empty for an
/// empty drive.
std::vector<boost::json::object> disk_nodes(const DeviceContext& context, const model::Disk& disk, unsigned index);

/// The disk as the guest sees it; `boot` is 0 for none.
boost::json::object disk_device(const DeviceContext& context, const model::Disk& disk, unsigned index, std::uint32_t boot);

} // namespace yado::qemu
