// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"
#include "hypervisor/qemu/devices/storage_node.h"

#include <vector>

namespace yado::qemu {

/// Numbers of the disks' nodes, in the disks' order: libvirt counts from the last disk to the first. Images
/// below take the numbers that follow their disk's. Those that have a number (index) keep it.
std::vector<unsigned> disk_numbers(const DeviceContext& context);

/// What is read from images below is kept in the guest's own: a filter above the images.
bool copies_on_read(const model::Disk& disk);

/// The node the guest's device reads: the uppermost filter, or its image.
std::string top_node(const model::Disk& disk);

/// How many numbers a disk takes: the images of its chain and their data files.
unsigned numbers_taken(const model::Disk& disk);

/// The block graph of a disk, lowest node first: "libvirt-NUMBER-storage", a slice where the image is only a
/// part of it, "libvirt-NUMBER-format" for each image of the chain, filters. Without nodes for an empty drive
/// and for what another process serves.
DiskBackend disk_backend(const DeviceContext& context, const model::Disk& disk, unsigned number);

/// The chardev of a disk that another process serves: socket and seconds between tries to connect again.
struct DiskSocket {
    std::string id, path;
    std::optional<std::uint32_t> reconnect;

    /// The value of -chardev.
    std::string option() const;
};
/// Nothing for disks that QEMU serves itself.
std::optional<DiskSocket> disk_socket(const model::Disk& disk);

/// The disk as the guest sees it, on top of node `top`; `boot` is 0 for none.
boost::json::object disk_device(const DeviceContext& context, const model::Disk& disk, const std::string& top,
                                std::uint32_t boot);

/// Where something on a SCSI bus sits; `name` is its own for messages.
void add_scsi_place(boost::json::object& device, const DeviceContext& context,
                    const model::DriveAddress& drive, std::string_view name);

/// The cache mode that counts: a shared disk has none unless it says so.
model::DiskCache cache_of(const model::Disk& disk);

/// -object throttle-group for limits that disks share by name.
boost::json::object throttle_group(const model::IoLimits& limits);

/// Arguments of block_set_io_throttle. As libvirt does, limits are set when the machine is there already:
/// blkdeviotune changes them in the same way later, whoever started the guest.
boost::json::object throttle_arguments(const model::Disk& disk);

} // namespace yado::qemu
