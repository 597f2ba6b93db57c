// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/hotplug/device_parts.h"

#include "base/error.h"
#include "hypervisor/qemu/devices/character.h"
#include "hypervisor/qemu/devices/controller.h"
#include "hypervisor/qemu/devices/disk.h"
#include "hypervisor/qemu/devices/filesystem.h"
#include "hypervisor/qemu/devices/hostdev.h"
#include "hypervisor/qemu/devices/input.h"
#include "hypervisor/qemu/devices/interface.h"
#include "hypervisor/qemu/devices/memory_device.h"
#include "hypervisor/qemu/devices/redirdev.h"
#include "hypervisor/qemu/devices/rng.h"
#include "hypervisor/qemu/devices/shmem.h"
#include "hypervisor/qemu/devices/vsock.h"
#include "hypervisor/qemu/devices/watchdog.h"
#include "model/domain/each_device.h"

namespace yado::qemu {

namespace json = boost::json;

namespace {

DeviceParts disk_parts(const DeviceContext& context, const model::Disk& disk, unsigned number) {
    DiskBackend backend = disk_backend(context, disk, number);
    DeviceParts parts;
    if (const auto socket = disk_socket(disk)) {
        model::UnixChar stream;
        stream.mode = model::SocketMode::connect;
        stream.path = socket->path;
        if (socket->reconnect) {
            stream.reconnect.ensure().enabled = schema::YesNo::yes;
            stream.reconnect->timeout = socket->reconnect;
        }
        const model::CharBackend served = std::move(stream);
        add_stream(parts, context, {.backend = served, .id = socket->id});
    }
    parts.credentials = std::move(backend.objects);
    parts.nodes = std::move(backend.nodes);
    parts.paths = std::move(backend.paths);
    parts.helpers = std::move(backend.helpers);
    parts.devices.push_back(
        disk_device(context, disk, backend.top, boot_index(context, disk.info, {}, false)));
    return parts;
}

/// virtiofs; what is inside QEMU has no command that makes it.
DeviceParts shared_directory(const DeviceContext& context, const model::Filesystem& filesystem) {
    FilesystemParts made = filesystem_parts(context, filesystem);
    if (made.chardev.empty()) unsupported(context, "plugging in such a file system");
    model::UnixChar stream;
    stream.mode = model::SocketMode::connect;
    stream.path = made.helper ? made.helper->socket : filesystem.mount()->socket;
    const model::CharBackend served = std::move(stream);
    DeviceParts parts;
    add_stream(parts, context, {.backend = served, .id = "chr-vu-" + filesystem.info.alias.name});
    if (made.helper) parts.helpers.push_back(std::move(*made.helper));
    parts.devices.push_back(std::move(made.device));
    return parts;
}

class Parts {
  public:
    Parts(const DeviceContext& context, unsigned number) : context_(context), number_(number) {}

    DeviceParts operator()(const model::Disk& disk) const { return disk_parts(context_, disk, number_); }
    DeviceParts operator()(const model::Filesystem& each) const { return shared_directory(context_, each); }
    DeviceParts operator()(const model::Interface& interface) const {
        return interface_parts(context_, interface, interface.info.boot_order.value_or(0));
    }
    DeviceParts operator()(const model::Controller& controller) const {
        DeviceParts parts;
        if (const auto device = controller_device(context_, controller)) parts.devices.push_back(*device);
        return parts;
    }
    DeviceParts operator()(const model::Hostdev& hostdev) const {
        return hostdev_parts(context_, hostdev, hostdev.info.boot_order.value_or(0));
    }
    DeviceParts operator()(const model::Redirdev& each) const { return redirdev_parts(context_, each); }
    DeviceParts operator()(const model::Serial& each) const { return serial_parts(context_, each); }
    DeviceParts operator()(const model::Parallel& each) const { return parallel_parts(context_, each); }
    DeviceParts operator()(const model::Console& each) const { return console_parts(context_, each); }
    DeviceParts operator()(const model::Channel& each) const { return channel_parts(context_, each); }
    DeviceParts operator()(const model::Rng& each) const { return rng_parts(context_, each); }
    DeviceParts operator()(const model::Shmem& each) const { return shmem_parts(context_, each); }
    DeviceParts operator()(const model::Watchdog& each) const { return watchdog_parts(context_, each); }
    DeviceParts operator()(const model::Input& each) const { return input_parts(context_, each); }
    DeviceParts operator()(const model::Vsock& each) const { return vsock_parts(context_, each); }
    DeviceParts operator()(const model::MemoryDevice& each) const {
        return memory_device_parts(context_, each);
    }
    template <class Other> DeviceParts operator()(const Other&) const {
        unsupported(context_, "plugging in such a device");
    }

  private:
    const DeviceContext& context_;
    unsigned number_;
};

} // namespace

DeviceParts device_parts(const DeviceContext& context, std::string_view alias, unsigned number) {
    std::optional<DeviceParts> found;
    const Parts parts(context, number);
    model::each_device(context.domain.devices, [&](std::string_view, const auto& device) {
        // a console that is a serial port comes behind it
        if (!found && device.info.alias.name == alias) found = parts(device);
    });
    if (!found) fail(ErrorSource::qemu, Code::internal_error, "no device found with alias {}", alias);
    return std::move(*found);
}

LaunchFacts naming_facts(const model::Domain& domain, LaunchFacts facts) {
    facts.disks.secret = [](const model::SecretReference&, model::SecretUsage) { return std::string("-"); };
    facts.disks.seal = nullptr;
    for (const model::Interface& each : domain.devices.interfaces)
        facts.network.cards[each.info.alias.name] = {.queues = {"-"}, .vhost = {}};
    for (const model::Hostdev& each : domain.devices.hostdevs) {
        facts.hostdevs.scsi_generic[each.info.alias.name] = "-";
        facts.hostdevs.vhost[each.info.alias.name] = 0;
    }
    if (domain.devices.vsock) facts.hostdevs.vhost[domain.devices.vsock->info.alias.name] = 0;
    return facts;
}

} // namespace yado::qemu
