// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/disk.h"

#include "base/error.h"

namespace yado::qemu {

namespace json = boost::json;
using model::DiskBus;
using model::DiskCache;
using model::DiskDevice;

namespace {

std::string node_name(unsigned index, std::string_view layer) { return fmt::format("libvirt-{}-{}", index, layer); }

bool read_only(const model::Disk& disk) { return disk.readonly || disk.device == DiskDevice::cdrom; }

// QEMU's two switches for the five cache modes (QEMU 7.2, -drive cache=); the third, write-cache, is the device's.
void add_cache(json::object& node, DiskCache cache) {
    if (cache == DiskCache::unset || cache == DiskCache::default_) return;
    json::object switches;
    switches["direct"] = cache == DiskCache::none || cache == DiskCache::directsync;
    switches["no-flush"] = cache == DiskCache::unsafe;
    node["cache"] = std::move(switches);
}

void add_write_cache(json::object& device, DiskCache cache) {
    if (cache == DiskCache::unset || cache == DiskCache::default_) return;
    device["write-cache"] = on_off(cache != DiskCache::writethrough && cache != DiskCache::directsync);
}

std::string_view format_driver(const DeviceContext& context, const model::Disk& disk) {
    using model::ImageFormat;
    switch (disk.driver.type) {
    case ImageFormat::unset:
    case ImageFormat::none:
    case ImageFormat::raw:
    case ImageFormat::iso: return "raw";
    case ImageFormat::qcow2: return "qcow2";
    case ImageFormat::qcow: return "qcow";
    case ImageFormat::qed: return "qed";
    case ImageFormat::vmdk: return "vmdk";
    case ImageFormat::vdi: return "vdi";
    case ImageFormat::vpc:
    case ImageFormat::vhd: return "vpc";
    default: unsupported(context, fmt::format("disk format '{}'", schema::word(disk.driver.type)));
    }
}

void add_error_policy(json::object& device, const model::Disk& disk) {
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
    if (!write.empty()) device["werror"] = write;
    if (read.empty() && write != "enospc") read = write; // QEMU knows enospc for writes only
    if (!read.empty()) device["rerror"] = read;
}

void add_drive_address(json::object& device, const DeviceContext& context, const model::Disk& disk) {
    const auto* drive = std::get_if<model::DriveAddress>(&disk.info.address);
    if (drive == nullptr) {
        add_address(device, context, disk.info);
        return;
    }
    const auto bus = [&](model::ControllerType type, std::string fallback, std::uint32_t number) {
        return fmt::format("{}.{}", controller_alias(context, type, drive->controller, std::move(fallback)), number);
    };
    switch (disk.target.bus) {
    case DiskBus::ide:
        device["bus"] = bus(model::ControllerType::ide, "ide", drive->bus);
        device["unit"] = drive->unit;
        break;
    case DiskBus::sata: device["bus"] = bus(model::ControllerType::sata, "ide", drive->unit); break;
    case DiskBus::scsi:
        device["bus"] = bus(model::ControllerType::scsi, fmt::format("scsi{}", drive->controller), 0);
        if (drive->target != 0 || drive->bus != 0) device["channel"] = drive->bus;
        device["scsi-id"] = drive->target;
        device["lun"] = drive->unit;
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

std::vector<json::object> disk_nodes(const DeviceContext& context, const model::Disk& disk, unsigned index) {
    if (const auto* other = std::get_if<model::OtherSource>(&disk.source)) {
        unsupported(context, fmt::format("disk source type '{}'", other->word));
    }
    for (const char* element : {"encryption", "iotune", "auth", "mirror"}) {
        if (!disk.rest.element(element).empty()) unsupported(context, fmt::format("<{}> of disk '{}'", element, disk.target.dev));
    }
    if (disk.is_empty()) return {};
    json::object storage;
    storage["driver"] = disk.is_block() ? "host_device" : "file";
    storage["filename"] = disk.path();
    if (disk.driver.io == model::DiskIo::native) storage["aio"] = "native";
    if (disk.driver.io == model::DiskIo::threads) storage["aio"] = "threads";
    if (disk.driver.io == model::DiskIo::io_uring) storage["aio"] = "io_uring";
    storage["node-name"] = node_name(index, "storage");
    storage["auto-read-only"] = true;
    storage["discard"] = "unmap";
    add_cache(storage, disk.driver.cache);

    json::object format;
    format["node-name"] = node_name(index, "format");
    format["read-only"] = read_only(disk);
    if (disk.driver.discard == model::DiskDiscard::unmap) format["discard"] = "unmap";
    if (disk.driver.discard == model::DiskDiscard::ignore) format["discard"] = "ignore";
    using model::DetectZeroes;
    if (disk.driver.detect_zeroes == DetectZeroes::on) format["detect-zeroes"] = "on";
    if (disk.driver.detect_zeroes == DetectZeroes::off) format["detect-zeroes"] = "off";
    if (disk.driver.detect_zeroes == DetectZeroes::unmap) format["detect-zeroes"] = "unmap";
    add_cache(format, disk.driver.cache);
    format["driver"] = format_driver(context, disk);
    format["file"] = node_name(index, "storage");
    return {std::move(storage), std::move(format)};
}

json::object disk_device(const DeviceContext& context, const model::Disk& disk, unsigned index, std::uint32_t boot) {
    json::object device = device_object(context, disk_driver(context, disk), disk.info.alias.name);
    add_drive_address(device, context, disk);
    if (!disk.is_empty()) device["drive"] = node_name(index, "format");
    if (boot != 0) device["bootindex"] = boot;
    if (disk.shareable) device["share-rw"] = true;
    if (disk.target.bus == DiskBus::usb) device["removable"] = disk.target.removable == schema::OnOff::on;
    if (!disk.serial.empty()) device["serial"] = disk.serial;
    if (!disk.wwn.empty()) device["wwn"] = "0x" + disk.wwn;
    if (!disk.vendor.empty()) device["vendor"] = disk.vendor;
    if (!disk.product.empty()) device["product"] = disk.product;
    if (disk.target.rotation_rate) device["rotation_rate"] = *disk.target.rotation_rate;
    if (disk.block_io) {
        if (disk.block_io->logical_block_size) device["logical_block_size"] = *disk.block_io->logical_block_size;
        if (disk.block_io->physical_block_size) device["physical_block_size"] = *disk.block_io->physical_block_size;
    }
    if (disk.target.bus == DiskBus::virtio) {
        if (disk.driver.queues) device["num-queues"] = *disk.driver.queues;
        if (disk.driver.queue_size) device["queue-size"] = *disk.driver.queue_size;
        if (disk.driver.iothread) device["iothread"] = fmt::format("iothread{}", *disk.driver.iothread);
        add_switch(device, "ioeventfd", disk.driver.ioeventfd);
        add_switch(device, "event_idx", disk.driver.event_idx);
        add_virtio(device, disk.driver.virtio);
    }
    if (!disk.is_empty() && disk.target.bus != DiskBus::fdc && disk.device != DiskDevice::lun) {
        add_write_cache(device, disk.driver.cache);
    }
    if (disk.device != DiskDevice::cdrom) add_error_policy(device, disk);
    return device;
}

} // namespace yado::qemu
