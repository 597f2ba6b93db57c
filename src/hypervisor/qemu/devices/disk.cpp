// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/disk.h"

#include "base/error.h"
#include "base/text.h"

namespace yado::qemu {

namespace json = boost::json;
using model::DiskBus;
using model::DiskCache;
using model::DiskDevice;

namespace {

void add_write_cache(json::object& device, DiskCache cache) {
    if (cache == DiskCache::unset || cache == DiskCache::default_) return;
    device["write-cache"] = on_off(cache != DiskCache::writethrough && cache != DiskCache::directsync);
}

// QEMU's property is a number, in JSON too.
void add_wwn(json::object& device, const std::string& wwn) {
    const auto number = parse_number<std::uint64_t>(wwn, 16);
    if (!number) fail(ErrorSource::qemu, Code::xml_error, "malformed wwn '{}'", wwn);
    device["wwn"] = *number;
}

// libvirt has always put a backslash before blanks here, and guests name their disks by it.
std::string serial_text(std::string_view serial) {
    std::string text;
    for (const char c : serial) {
        if (c == ' ') text += '\\';
        text += c;
    }
    return text;
}

void add_geometry(json::object& device, const model::Disk& disk) {
    if (!disk.geometry) return;
    device["cyls"] = disk.geometry->cylinders;
    device["heads"] = disk.geometry->heads;
    device["secs"] = disk.geometry->sectors;
    if (!disk.geometry->translation.empty()) device["bios-chs-trans"] = disk.geometry->translation;
}

void add_error_policy(json::object& device, const DeviceContext& context, const model::Disk& disk) {
    using model::DiskErrorPolicy;
    const auto word_of = [](DiskErrorPolicy policy) -> std::string_view {
        switch (policy) {
        case DiskErrorPolicy::stop: return "stop";
        case DiskErrorPolicy::report: return "report";
        case DiskErrorPolicy::ignore: return "ignore";
        case DiskErrorPolicy::enospace: return "enospc";
        default: return {};
        }
    };
    const std::string_view write = word_of(disk.driver.error_policy);
    std::string_view read = word_of(disk.driver.rerror_policy);
    if (disk.target.bus == DiskBus::fdc && !(write.empty() && read.empty())) {
        unsupported(context, fmt::format("an error policy of floppy '{}'", disk.target.dev));
    }
    if (!write.empty()) device["werror"] = write;
    if (read.empty() && write != "enospc") read = write; // QEMU knows enospc for writes only
    if (!read.empty()) device["rerror"] = read;
}

void add_scsi_place(json::object& device, const DeviceContext& context, const model::Disk& disk,
                    const model::DriveAddress& drive) {
    using model::ControllerModel;
    const model::Controller* controller =
        find_controller(context.domain, model::ControllerType::scsi, drive.controller);
    if (controller == nullptr)
        unsupported(context, fmt::format("SCSI disk '{}' without a controller", disk.target.dev));
    device["bus"] = controller->info.alias.name + ".0";
    const bool narrow = controller->model == ControllerModel::unset ||
                        controller->model == ControllerModel::auto_ ||
                        controller->model == ControllerModel::lsilogic;
    if (narrow) { // its bus has targets only
        if (drive.target != 0) {
            fail(ErrorSource::qemu, Code::config_unsupported,
                 "target must be 0 for controller model 'lsilogic'");
        }
        device["scsi-id"] = drive.unit;
    } else {
        device["channel"] = drive.bus;
        device["scsi-id"] = drive.target;
        device["lun"] = drive.unit;
    }
    // What guests see as the unit's identity; without it QEMU would use the node's name, which changes.
    if (disk.device != DiskDevice::lun) {
        device["device_id"] = disk.serial.empty() ? "drive-" + disk.info.alias.name : disk.serial;
    }
}

void add_drive_address(json::object& device, const DeviceContext& context, const model::Disk& disk) {
    const auto* drive = std::get_if<model::DriveAddress>(&disk.info.address);
    if (drive == nullptr) {
        add_address(device, context, disk.info);
        return;
    }
    const auto bus = [&](model::ControllerType type, std::string fallback, std::uint32_t number) {
        return fmt::format("{}.{}", controller_alias(context, type, drive->controller, std::move(fallback)),
                           number);
    };
    switch (disk.target.bus) {
    case DiskBus::ide:
        device["bus"] = bus(model::ControllerType::ide, "ide", drive->bus);
        device["unit"] = drive->unit;
        break;
    case DiskBus::sata: device["bus"] = bus(model::ControllerType::sata, "ide", drive->unit); break;
    case DiskBus::scsi: add_scsi_place(device, context, disk, *drive); break;
    case DiskBus::fdc:
        if (is_q35(context.domain)) device["bus"] = bus(model::ControllerType::fdc, "fdc0", 0);
        device["unit"] = drive->unit;
        break;
    default: break;
    }
}

std::string_view disk_driver(const DeviceContext& context, const model::Disk& disk) {
    const bool cdrom = disk.device == DiskDevice::cdrom;
    switch (disk.target.bus) {
    case DiskBus::virtio:
        if (disk.model == model::DiskModel::virtio_transitional) return "virtio-blk-pci-transitional";
        if (disk.model == model::DiskModel::virtio_non_transitional) return "virtio-blk-pci-non-transitional";
        return "virtio-blk-pci";
    case DiskBus::ide:
    case DiskBus::sata: return cdrom ? "ide-cd" : "ide-hd";
    case DiskBus::scsi: return cdrom ? "scsi-cd" : disk.device == DiskDevice::lun ? "scsi-block" : "scsi-hd";
    case DiskBus::usb: return "usb-storage";
    case DiskBus::fdc: return "floppy";
    default: unsupported(context, fmt::format("disk bus '{}'", schema::word(disk.target.bus)));
    }
}

} // namespace

json::object disk_device(const DeviceContext& context, const model::Disk& disk, unsigned number,
                         std::uint32_t boot) {
    json::object device = device_object(context, disk_driver(context, disk), disk.info.alias.name);
    add_drive_address(device, context, disk);
    if (!disk.is_empty()) device["drive"] = disk_node_name(disk, number);
    if (boot != 0) device["bootindex"] = boot;
    if (disk.shareable) device["share-rw"] = true;
    if (disk.target.bus == DiskBus::usb) device["removable"] = disk.target.removable == schema::OnOff::on;
    if (!disk.serial.empty()) device["serial"] = serial_text(disk.serial);
    if (!disk.wwn.empty()) add_wwn(device, disk.wwn);
    if (!disk.vendor.empty()) device["vendor"] = disk.vendor;
    if (!disk.product.empty()) device["product"] = disk.product;
    if (disk.target.rotation_rate) device["rotation_rate"] = *disk.target.rotation_rate;
    add_geometry(device, disk);
    if (disk.block_io) {
        if (disk.block_io->logical_block_size)
            device["logical_block_size"] = *disk.block_io->logical_block_size;
        if (disk.block_io->physical_block_size)
            device["physical_block_size"] = *disk.block_io->physical_block_size;
    }
    if (disk.target.bus == DiskBus::virtio) {
        if (disk.driver.queues) device["num-queues"] = *disk.driver.queues;
        if (disk.driver.queue_size) device["queue-size"] = *disk.driver.queue_size;
        if (disk.driver.iothread) device["iothread"] = fmt::format("iothread{}", *disk.driver.iothread);
        add_switch(device, "ioeventfd", disk.driver.ioeventfd);
        add_switch(device, "event_idx", disk.driver.event_idx);
        add_virtio(device, disk.driver.virtio);
    }
    if (!disk.is_empty() && disk.device != DiskDevice::lun) { add_write_cache(device, disk.driver.cache); }
    add_error_policy(device, context, disk);
    return device;
}

} // namespace yado::qemu
