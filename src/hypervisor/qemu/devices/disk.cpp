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
    const model::ChsTranslation translation = disk.geometry->translation;
    if (translation != model::ChsTranslation::unset && translation != model::ChsTranslation::default_)
        device["bios-chs-trans"] = schema::word(translation);
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

} // namespace

void add_scsi_place(json::object& device, const DeviceContext& context, const model::DriveAddress& drive,
                    std::string_view name) {
    using model::ControllerModel;
    const model::Controller* controller =
        find_controller(context.domain, model::ControllerType::scsi, drive.controller);
    if (controller == nullptr)
        unsupported(context, fmt::format("SCSI device '{}' without a controller", name));
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
}

namespace {

void add_scsi_disk_place(json::object& device, const DeviceContext& context, const model::Disk& disk,
                         const model::DriveAddress& drive) {
    add_scsi_place(device, context, drive, disk.target.dev);
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
    case DiskBus::scsi: add_scsi_disk_place(device, context, disk, *drive); break;
    case DiskBus::nvme:
        device["bus"] = controller_alias(context, model::ControllerType::nvme, drive->controller, "nvme0");
        device["nsid"] = drive->unit + 1;
        break;
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
    case DiskBus::virtio: {
        const bool outside = std::holds_alternative<model::VhostUserSource>(disk.source);
        switch (disk.model) {
        case model::DiskModel::virtio_transitional:
            return outside ? "vhost-user-blk-pci-transitional" : "virtio-blk-pci-transitional";
        case model::DiskModel::virtio_non_transitional:
            return outside ? "vhost-user-blk-pci-non-transitional" : "virtio-blk-pci-non-transitional";
        default: return outside ? "vhost-user-blk-pci" : "virtio-blk-pci";
        }
    }
    case DiskBus::ide:
    case DiskBus::sata: return cdrom ? "ide-cd" : "ide-hd";
    case DiskBus::scsi: return cdrom ? "scsi-cd" : disk.device == DiskDevice::lun ? "scsi-block" : "scsi-hd";
    case DiskBus::usb:
        if (disk.model == model::DiskModel::usb_bot) unsupported(context, "disk model 'usb-bot'");
        return "usb-storage";
    case DiskBus::nvme: return "nvme-ns";
    case DiskBus::fdc: return "floppy";
    default: unsupported(context, fmt::format("disk bus '{}'", schema::word(disk.target.bus)));
    }
}

} // namespace

namespace {

void add_block_sizes(json::object& device, const model::Disk& disk) {
    if (!disk.block_io) return;
    const model::DiskBlockIo& sizes = *disk.block_io;
    if (sizes.logical_block_size != 0) device["logical_block_size"] = sizes.logical_block_size;
    if (sizes.physical_block_size != 0) device["physical_block_size"] = sizes.physical_block_size;
    if (sizes.discard_granularity) device["discard_granularity"] = *sizes.discard_granularity;
}

void add_virtio_options(json::object& device, const model::Disk& disk) {
    const model::DiskDriver& driver = disk.driver;
    if (driver.queues != 0) device["num-queues"] = driver.queues;
    if (driver.queue_size != 0) device["queue-size"] = driver.queue_size;
    if (driver.iothread) device["iothread"] = fmt::format("iothread{}", *driver.iothread);
    add_switch(device, "ioeventfd", driver.ioeventfd);
    add_switch(device, "event_idx", driver.event_idx);
    add_virtio(device, driver.virtio);
}

} // namespace

std::optional<DiskSocket> disk_socket(const model::Disk& disk) {
    const auto* source = std::get_if<model::VhostUserSource>(&disk.source);
    if (source == nullptr) return std::nullopt;
    DiskSocket socket{.id = "chr-vu-" + disk.info.alias.name, .path = source->path, .reconnect = {}};
    if (source->reconnect)
        socket.reconnect =
            source->reconnect->enabled == schema::YesNo::no ? 0 : source->reconnect->timeout.value_or(0);
    return socket;
}

std::string DiskSocket::option() const {
    std::string text = fmt::format("socket,id={},path={}", id, escaped(path));
    if (reconnect) text += fmt::format(",reconnect={}", *reconnect);
    return text;
}

json::object disk_device(const DeviceContext& context, const model::Disk& disk, const std::string& top,
                         std::uint32_t boot) {
    json::object device = device_object(context, disk_driver(context, disk), disk.info.alias.name);
    add_drive_address(device, context, disk);
    if (!top.empty()) device["drive"] = top;
    if (const auto socket = disk_socket(disk)) device["chardev"] = socket->id;
    if (boot != 0) device["bootindex"] = boot;
    if (disk.shareable) device["share-rw"] = true;
    if (disk.target.bus == DiskBus::usb) device["removable"] = disk.target.removable == schema::OnOff::on;
    if (!disk.serial.empty()) device["serial"] = serial_text(disk.serial);
    if (!disk.wwn.empty()) add_wwn(device, disk.wwn);
    if (!disk.vendor.empty()) device["vendor"] = disk.vendor;
    if (!disk.product.empty()) device["product"] = disk.product;
    if (disk.target.rotation_rate != 0) device["rotation_rate"] = disk.target.rotation_rate;
    if (disk.target.bus == DiskBus::scsi) add_switch(device, "dpofua", disk.target.dpofua);
    add_geometry(device, disk);
    add_block_sizes(device, disk);
    if (disk.target.bus == DiskBus::virtio) add_virtio_options(device, disk);
    if (!top.empty() && disk.device != DiskDevice::lun) add_write_cache(device, cache_of(disk));
    add_error_policy(device, context, disk);
    return device;
}

json::object throttle_arguments(const model::Disk& disk) {
    static const model::IoLimits none;
    const model::IoLimits& limits = disk.limits ? *disk.limits : none;
    json::object arguments;
    // A virtio disk's queue is a part of its own.
    arguments["id"] = disk.target.bus == DiskBus::virtio
                          ? fmt::format("/machine/peripheral/{}/virtio-backend", disk.info.alias.name)
                          : disk.info.alias.name;
    const auto add = [&](std::string_view name, const model::RateLimits& rates, std::string_view end) {
        arguments[fmt::format("{}{}", name, end)] = rates.total;
        arguments[fmt::format("{}_rd{}", name, end)] = rates.read;
        arguments[fmt::format("{}_wr{}", name, end)] = rates.write;
    };
    add("bps", limits.bytes, "");
    add("iops", limits.operations, "");
    const auto add_optional = [&](std::string_view name, const model::RateLimits& rates,
                                  std::string_view end) {
        if (rates.total != 0) arguments[fmt::format("{}{}", name, end)] = rates.total;
        if (rates.read != 0) arguments[fmt::format("{}_rd{}", name, end)] = rates.read;
        if (rates.write != 0) arguments[fmt::format("{}_wr{}", name, end)] = rates.write;
    };
    add_optional("bps", limits.bytes_burst, "_max");
    add_optional("iops", limits.operations_burst, "_max");
    add_optional("bps", limits.bytes_burst_seconds, "_max_length");
    add_optional("iops", limits.operations_burst_seconds, "_max_length");
    if (limits.operation_size != 0) arguments["iops_size"] = limits.operation_size;
    if (!limits.group.empty()) arguments["group"] = limits.group;
    return arguments;
}

json::object throttle_group(const model::IoLimits& limits) {
    json::object rates;
    const auto add = [&rates](std::string_view name, const model::RateLimits& of, std::string_view end) {
        const auto one = [&](std::uint64_t value, std::string_view direction) {
            if (value != 0) rates[fmt::format("{}-{}{}", name, direction, end)] = value;
        };
        one(of.total, "total");
        one(of.read, "read");
        one(of.write, "write");
    };
    add("bps", limits.bytes, "");
    add("iops", limits.operations, "");
    add("bps", limits.bytes_burst, "-max");
    add("iops", limits.operations_burst, "-max");
    add("bps", limits.bytes_burst_seconds, "-max-length");
    add("iops", limits.operations_burst_seconds, "-max-length");
    if (limits.operation_size != 0) rates["iops-size"] = limits.operation_size;
    json::object group;
    group["qom-type"] = "throttle-group";
    group["id"] = "throttle-" + limits.group;
    group["limits"] = std::move(rates);
    return group;
}

} // namespace yado::qemu
