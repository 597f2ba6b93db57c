// SPDX-License-Identifier: Apache-2.0
#include "model/domain/check_devices.h"

#include <algorithm>
#include <map>

#include "model/domain/check_sources.h"
#include "model/domain/placing.h"

namespace yado::model {

using schema::Diagnostics;

namespace {

void check_disk_text(const Disk& disk, std::size_t i, Diagnostics& out) {
    // What QEMU takes as an option value and guests as an identifier.
    if (!only(disk.serial, "-_ .+")) {
        problem(out, driver, Code::internal_error, at("disk", i, "/serial"),
                "driver serial '{}' contains unsafe characters", disk.serial);
    }
    const auto is_hex = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    };
    if (!disk.wwn.empty() && (disk.wwn.size() != 16 || !std::ranges::all_of(disk.wwn, is_hex))) {
        problem(out, ErrorSource::none, Code::internal_error, at("disk", i, "/wwn"), "Malformed wwn: {}",
                disk.wwn);
    }
    const bool plain_bus = disk.target.bus == DiskBus::ide || disk.target.bus == DiskBus::scsi ||
                           disk.target.bus == DiskBus::sata;
    if (!disk.wwn.empty() && !plain_bus) {
        problem(out, driver, Code::config_unsupported, at("disk", i, "/wwn"),
                "Only ide and scsi disk support wwn");
    }
    // The lengths of SCSI's inquiry data.
    const auto check_name = [&](std::string_view which, const std::string& name, std::size_t longest) {
        if (!std::ranges::all_of(name, [](char c) { return c >= 0x20 && c < 0x7f; })) {
            problem(out, domain_conf, Code::xml_error, at("disk", i, fmt::format("/{}", which)),
                    "disk {} is not printable string", which);
        } else if (name.size() > longest) {
            problem(out, domain_conf, Code::config_unsupported, at("disk", i, fmt::format("/{}", which)),
                    "disk {} is more than {} characters", which, longest);
        }
    };
    check_name("vendor", disk.vendor, 8);
    check_name("product", disk.product, 16);
    if ((!disk.vendor.empty() || !disk.product.empty()) && disk.target.bus != DiskBus::scsi) {
        problem(out, driver, Code::config_unsupported, at("disk", i, "/vendor"),
                "Only scsi disk supports vendor and product");
    }
}

void check_disk_address(const Disk& disk, std::size_t i, Diagnostics& out) {
    const bool drive = std::holds_alternative<DriveAddress>(disk.info.address);
    const bool none = std::holds_alternative<std::monostate>(disk.info.address);
    const DiskBus bus = disk.target.bus;
    const bool on_drive_bus = bus == DiskBus::ide || bus == DiskBus::scsi || bus == DiskBus::sata ||
                              bus == DiskBus::fdc || bus == DiskBus::nvme;
    const std::string_view type = schema::UnionTags<Address>::values[disk.info.address.index()];
    if (on_drive_bus && !none && !drive) {
        problem(out, domain_conf, Code::config_unsupported, at("disk", i, "/address"),
                "Invalid address type '{}' for the disk '{}' with the bus type '{}'", type, disk.target.dev,
                schema::word(bus));
    }
    if (bus == DiskBus::virtio && drive) {
        problem(out, driver, Code::config_unsupported, at("disk", i, "/address"),
                "virtio disk cannot have an address of type '{}'", type);
    }
    if (none && on_drive_bus) {
        problem(out, domain_conf, Code::xml_error, at("disk", i, "/target/@dev"),
                "Unknown disk name '{}' and no address specified", disk.target.dev);
    } else if (none && bus != DiskBus::sd && !disk_number(disk.target.dev)) {
        problem(out, domain_conf, Code::xml_error, at("disk", i, "/target/@dev"),
                "Unknown disk name '{}' and no address specified", disk.target.dev);
    } else if (!none && !drive && !disk_number(disk.target.dev)) {
        problem(out, domain_conf, Code::xml_error, at("disk", i, "/target/@dev"),
                "Unknown disk name '{}' and no address specified", disk.target.dev);
    }
}

/// The problems of one disk.
class DiskCheck {
  public:
    DiskCheck(const Domain& domain, const Disk& disk, std::size_t index, Diagnostics& out)
        : domain_(domain), disk_(disk), index_(index), out_(out) {}

    void run() {
        if (disk_.target.dev.empty()) {
            problem(out_, domain_conf, Code::no_target, place("/target"), "{}", disk_.path());
            return;
        }
        if (disk_.is_empty() && !disk_.is_removable()) {
            problem(out_, domain_conf, Code::no_source, place("/source"), "{}", disk_.target.dev);
        }
        sources();
        lun();
        if (std::holds_alternative<VhostUserSource>(disk_.source)) { vhost_user(); }
        bus();
        image();
        driver_options();
        limits();
        check_disk_text(disk_, index_, out_);
        check_disk_address(disk_, index_, out_);
    }

  private:
    std::string place(std::string_view part) const { return at("disk", index_, part); }
    /// 67, from the rules for documents or those of QEMU.
    template <class... Args>
    void refuse(ErrorSource source, std::string_view part, fmt::format_string<Args...> text, Args&&... args) {
        problem(out_, source, Code::config_unsupported, place(part), text, std::forward<Args>(args)...);
    }

    void sources() {
        check_source(disk_.source, place(""), out_);
        if (disk_.auth) {
            check_auth(*disk_.auth, disk_.network(), place("/auth"), out_);
            if (parts_of(disk_.source).auth) {
                refuse(domain_conf, "/auth", "an <auth> definition already found for disk source");
            }
        }
        if (disk_.encryption) {
            check_encryption(*disk_.encryption, disk_.network(), place("/encryption"), out_);
            if (parts_of(disk_.source).encryption) {
                refuse(domain_conf, "/encryption",
                       "an <encryption> definition already found for disk source");
            }
        }
        const StartupPolicy policy = parts_of(disk_.source).startup_policy;
        const bool local = disk_.is_file() || disk_.is_block() ||
                           std::holds_alternative<DirectorySource>(disk_.source) ||
                           std::holds_alternative<VolumeSource>(disk_.source);
        if (policy != StartupPolicy::unset && !local) {
            problem(out_, domain_conf, Code::xml_error, place("/source/@startupPolicy"),
                    "disk startupPolicy '{}' is not allowed for disk of '{}' type", schema::word(policy),
                    schema::UnionTags<StorageSource>::values[disk_.source.index()]);
        } else if (policy == StartupPolicy::requisite && !disk_.is_removable()) {
            problem(out_, domain_conf, Code::xml_error, place("/source/@startupPolicy"),
                    "disk startupPolicy 'requisite' is allowed only for cdrom or floppy");
        }
        std::string path = place("");
        for (const BackingStore* store = disk_.backing ? &*disk_.backing : nullptr;
             store != nullptr && !store->ends_chain(); store = store->backing ? &*store->backing : nullptr) {
            path += "/backingStore";
            backing(*store, path);
        }
    }

    void backing(const BackingStore& store, const std::string& path) {
        if (store.format.type == ImageFormat::unset || store.format.type == ImageFormat::none) {
            problem(out_, domain_conf, Code::xml_error, path, "missing disk backing store format");
        }
        const auto source = source_of(store.source);
        if (source && is_empty(*source)) {
            problem(out_, domain_conf, Code::xml_error, path, "missing disk backing store source");
        }
        if (source) { check_source(*source, path, out_); }
    }

    void lun() {
        if (disk_.device != DiskDevice::lun) {
            if (disk_.rawio != schema::YesNo::unset) {
                refuse(domain_conf, "/@rawio", "rawio can be used only with device='lun'");
            }
            if (disk_.sgio != ScsiCommands::unset) {
                refuse(domain_conf, "/@sgio", "sgio can be used only with device='lun'");
            }
            if (parts_of(disk_.source).reservations) {
                refuse(domain_conf, "/source/reservations", "<reservations/> allowed only for lun devices");
            }
            return;
        }
        const NetworkStorage* network = disk_.network();
        const bool block = disk_.is_block() || std::holds_alternative<VolumeSource>(disk_.source);
        if (network != nullptr && network->protocol != StorageProtocol::iscsi) {
            refuse(domain_conf, "/@device", "disk device='lun' is not supported for protocol='{}'",
                   schema::word(network->protocol));
        } else if (network == nullptr && !block) {
            refuse(domain_conf, "/@device", "disk device='lun' is only valid for block type disk source");
        }
        if (disk_.sgio == ScsiCommands::unfiltered) {
            refuse(domain_conf, "/@sgio", "unfiltered sgio is no longer supported");
        }
        if (disk_.target.bus != DiskBus::scsi && disk_.target.bus != DiskBus::virtio) {
            refuse(driver, "/@device", "disk device='lun' is not supported for bus='{}'",
                   schema::word(disk_.target.bus));
        }
        if (disk_.driver.type != ImageFormat::raw && disk_.driver.type != ImageFormat::unset) {
            refuse(domain_conf, "/driver/@type", "disk device 'lun' must use 'raw' format");
        }
        if (disk_.encryption_used() != nullptr) {
            refuse(domain_conf, "/encryption", "disk device 'lun' doesn't support encryption");
        }
        if (disk_.target.bus == DiskBus::scsi && !disk_.serial.empty()) {
            refuse(driver, "/serial", "scsi-block 'lun' devices do not support the serial property");
        }
        if (!disk_.wwn.empty()) {
            refuse(driver, "/wwn", "Setting wwn is not supported for lun device");
        } else if (!disk_.vendor.empty() || !disk_.product.empty()) {
            refuse(driver, "/vendor", "Setting vendor or product is not supported for lun device");
        }
    }

    /// The process behind the socket decides about all of these.
    void vhost_user() {
        const auto never = [&](bool given, std::string_view what) {
            if (given) { refuse(domain_conf, "", "{} is not supported with vhostuser disk", what); }
        };
        if (!shares_memory(domain_)) { refuse(driver, "", "'vhostuser' requires shared memory"); }
        if (disk_.target.bus != DiskBus::virtio) {
            refuse(domain_conf, "/target/@bus", "vhostuser disk supports only virtio bus");
        }
        if (disk_.snapshot != DiskSnapshot::unset && disk_.snapshot != DiskSnapshot::no) {
            refuse(domain_conf, "/@snapshot", "only snapshot=no is supported with vhostuser disk");
        }
        const DiskDriver& d = disk_.driver;
        never(disk_.readonly, "readonly");
        never(disk_.shareable, "shareable");
        never(disk_.transient.has_value(), "transient");
        never(!disk_.serial.empty(), "serial");
        never(d.cache != DiskCache::unset, "cache");
        never(d.error_policy != DiskErrorPolicy::unset, "error_policy");
        never(d.rerror_policy != DiskErrorPolicy::unset, "rerror_policy");
        never(d.io != DiskIo::unset, "io");
        never(d.ioeventfd != schema::OnOff::unset, "ioeventfd");
        never(d.event_idx != schema::OnOff::unset, "event_idx");
        never(d.copy_on_read != schema::OnOff::unset, "copy_on_read");
        never(d.discard != DiskDiscard::unset, "discard");
        never(d.iothread.has_value(), "iothread");
        never(d.detect_zeroes != DetectZeroes::unset, "detect_zeroes");
        never(disk_.block_io.has_value(), "blockio");
        never(disk_.geometry.has_value(), "geometry");
        never(disk_.limits.has_value(), "iotune");
        never(disk_.encryption_used() != nullptr, "encryption");
    }

    void bus() {
        const DiskBus bus = disk_.target.bus;
        const std::string_view name = schema::word(bus);
        if (disk_.device == DiskDevice::floppy && bus != DiskBus::fdc) {
            problem(out_, domain_conf, Code::internal_error, place("/target/@bus"),
                    "Invalid bus type '{}' for floppy disk", name);
        } else if (disk_.device != DiskDevice::floppy && bus == DiskBus::fdc) {
            problem(out_, domain_conf, Code::internal_error, place("/target/@bus"),
                    "Invalid bus type '{}' for disk", name);
        }
        if (disk_.device == DiskDevice::cdrom && bus == DiskBus::virtio) {
            refuse(driver, "/@device", "disk type of '{}' does not support ejectable media",
                   disk_.target.dev);
        }
        const bool ide = bus == DiskBus::ide || bus == DiskBus::sata;
        if (ide && disk_.device == DiskDevice::disk && disk_.readonly) {
            refuse(driver, "/readonly", "readonly {} disks are not supported", name);
        }
        if (disk_.target.removable != schema::OnOff::unset && bus != DiskBus::usb) {
            problem(out_, domain_conf, Code::xml_error, place("/target/@removable"),
                    "removable is only valid for usb disks");
        }
        if (disk_.target.tray != TrayState::unset && !disk_.is_removable()) {
            refuse(domain_conf, "/target/@tray", "tray is only valid for cdrom and floppy");
        }
        if (disk_.target.rotation_rate != 0 && !ide && bus != DiskBus::scsi) {
            problem(out_, driver, Code::internal_error, place("/target/@rotation_rate"),
                    "rotation rate is only valid for SCSI/IDE/SATA bus");
        }
        const bool usb_model = disk_.model == DiskModel::usb_storage || disk_.model == DiskModel::usb_bot;
        if (disk_.model != DiskModel::unset && bus != (usb_model ? DiskBus::usb : DiskBus::virtio)) {
            refuse(domain_conf, "/@model", "disk model '{}' not supported for bus '{}'",
                   schema::word(disk_.model), name);
        }
        if (!disk_.geometry) { return; }
        if (disk_.geometry->translation != ChsTranslation::unset && bus != DiskBus::ide) {
            refuse(driver, "/geometry/@trans", "CHS translation mode can only be set for 'ide' bus not '{}'",
                   name);
        } else if (!ide && bus != DiskBus::scsi && bus != DiskBus::virtio) {
            refuse(driver, "/geometry", "CHS geometry can not be set for '{}' bus", name);
        }
    }

    void image() {
        const ImageFormat format = disk_.driver.type;
        const bool directory = std::holds_alternative<DirectorySource>(disk_.source);
        if (directory && format != ImageFormat::fat) {
            refuse(driver, "/driver/@type", "storage type 'dir' requires use of storage format 'fat'");
        } else if (directory && !disk_.readonly) {
            refuse(driver, "/readonly", "virtual FAT storage can't be accessed in read-write mode");
        } else if (!directory && format == ImageFormat::fat) {
            refuse(driver, "/driver/@type", "storage format 'fat' is supported only with 'dir' storage type");
        }
        if (format == ImageFormat::iso) {
            refuse(driver, "/driver/@type",
                   "storage format 'iso' is not directly supported by QEMU, use 'raw' instead");
        } else if (format == ImageFormat::dir) {
            refuse(
                driver, "/driver/@type",
                "'directory' storage format is not directly supported by QEMU, use 'dir' disk type instead");
        } else if (format == ImageFormat::cow) {
            refuse(driver, "/driver/@type", "'cow' storage format is not supported");
        }
        if (disk_.encryption_used() != nullptr && format != ImageFormat::raw &&
            format != ImageFormat::qcow2) {
            refuse(driver, "/encryption", "encryption is supported only with 'raw' and 'qcow2' image format");
        }
        if (disk_.driver.metadata_cache_size && format != ImageFormat::qcow2) {
            refuse(driver, "/driver/metadata_cache",
                   "metadata cache max size control is supported only with qcow2 images");
        }
        if (disk_.shareable && format != ImageFormat::raw && format != ImageFormat::unset) {
            refuse(driver, "/shareable",
                   "shared access for disk '{}' requires use of supported storage format", disk_.target.dev);
        }
        if (disk_.transient && disk_.readonly) {
            refuse(driver, "/transient", "transient disk '{}' must not be read-only", disk_.target.dev);
        }
    }

    void driver_options() {
        const DiskDriver& d = disk_.driver;
        const bool virtio = disk_.target.bus == DiskBus::virtio;
        if (!d.name.empty() && d.name != "qemu" &&
            (domain_.type == DomainType::qemu || domain_.type == DomainType::kvm)) {
            refuse(driver, "/driver/@name", "unsupported driver name '{}' for disk '{}'", d.name,
                   disk_.target.dev);
        }
        if (d.queues != 0 && !virtio) {
            refuse(domain_conf, "/driver/@queues",
                   "queues attribute in disk driver element is only supported by virtio-blk");
        }
        if (d.ioeventfd != schema::OnOff::unset && !virtio) {
            refuse(domain_conf, "/driver/@ioeventfd", "disk ioeventfd mode supported only for virtio bus");
        }
        if (d.event_idx != schema::OnOff::unset && !virtio) {
            refuse(domain_conf, "/driver/@event_idx", "disk event_idx mode supported only for virtio bus");
        }
        if (!virtio) { check_no_virtio(d.virtio, place("/driver"), out_); }
        if (d.rerror_policy == DiskErrorPolicy::enospace) {
            refuse(domain_conf, "/driver/@rerror_policy", "Invalid disk read error policy: 'enospace'");
        }
        if (d.copy_on_read == schema::OnOff::on && disk_.readonly) {
            refuse(driver, "/driver/@copy_on_read", "copy_on_read is not compatible with read-only disk '{}'",
                   disk_.target.dev);
        }
        if (d.io == DiskIo::native && d.cache != DiskCache::none && d.cache != DiskCache::directsync) {
            refuse(driver, "/driver/@io", "io='native' needs either no disk cache or directsync cache mode");
        }
        iothread();
    }

    void iothread() {
        if (!disk_.driver.iothread) { return; }
        const std::uint32_t id = *disk_.driver.iothread;
        if (id == 0) {
            problem(out_, ErrorSource::xml, Code::xml_error, place("/driver/@iothread"),
                    "Invalid value for attribute 'iothread' in element 'driver': Zero is not permitted");
        } else if (disk_.target.bus != DiskBus::virtio) {
            refuse(driver, "/driver/@iothread", "IOThreads not available for bus {} target {}",
                   schema::word(disk_.target.bus), disk_.target.dev);
        } else if (!has_iothread(domain_, id)) {
            refuse(driver, "/driver/@iothread", "Disk iothread '{}' not defined in iothreadid", id);
        }
    }

    void limits() {
        if (disk_.limits && !disk_.throttle_filters.empty()) {
            refuse(domain_conf, "/throttlefilters",
                   "block 'throttlefilters' can't be used together with 'iotune' for disk '{}'",
                   disk_.target.dev);
        }
        if (!disk_.limits) { return; }
        const IoLimits& l = *disk_.limits;
        const auto contradiction = [&](const RateLimits& rates, std::string_view name) {
            if (rates.contradicts()) {
                problem(out_, domain_conf, Code::xml_error, place("/iotune"),
                        "total and read/write {} cannot be set at the same time", name);
            }
        };
        contradiction(l.bytes, "bytes_sec");
        contradiction(l.operations, "iops_sec");
        contradiction(l.bytes_burst, "bytes_sec_max");
        contradiction(l.operations_burst, "iops_sec_max");
        constexpr std::uint64_t most = 1'000'000'000'000'000; // QEMU's THROTTLE_VALUE_MAX
        const auto beyond = [](const RateLimits& rates) {
            return rates.total > most || rates.read > most || rates.write > most;
        };
        if (beyond(l.bytes) || beyond(l.operations) || beyond(l.bytes_burst) || beyond(l.operations_burst) ||
            l.operation_size > most) {
            problem(out_, driver, Code::argument_unsupported, place("/iotune"),
                    "block I/O throttle limit must be no more than {} using QEMU", most);
        }
        if (!l.group.empty() && !l.any()) {
            refuse(driver, "/iotune/group_name", "group_name can be configured only together with settings");
        }
    }

    const Domain& domain_;
    const Disk& disk_;
    std::size_t index_;
    Diagnostics& out_;
};

/// Limits of one group are one set.
void check_groups(const std::vector<Disk>& disks, Diagnostics& out) {
    std::map<std::string_view, const Disk*> groups;
    for (std::size_t i = 0; i < disks.size(); ++i) {
        if (!disks[i].limits || disks[i].limits->group.empty()) { continue; }
        const auto [first, fresh] = groups.emplace(disks[i].limits->group, &disks[i]);
        if (!fresh && *first->second->limits != *disks[i].limits) {
            problem(out, driver, Code::config_unsupported, at("disk", i, "/iotune"),
                    "different iotunes for disks {} and {}", first->second->target.dev, disks[i].target.dev);
        }
    }
}

} // namespace

void check_disks(const Domain& domain, Diagnostics& out) {
    const std::vector<Disk>& disks = domain.devices.disks;
    check_groups(disks, out);
    std::map<std::string_view, const Disk*> targets;
    std::map<std::pair<DiskBus, DriveAddress>, const Disk*> places;
    for (std::size_t i = 0; i < disks.size(); ++i) {
        const Disk& disk = disks[i];
        DiskCheck(domain, disk, i, out).run();
        const auto [target, fresh] = targets.emplace(disk.target.dev, &disk);
        if (!fresh && !disk.target.dev.empty()) {
            problem(out, domain_conf, Code::xml_error, at("disk", i, "/target/@dev"),
                    "target '{}' duplicated for disk sources '{}' and '{}'", disk.target.dev,
                    shown(target->second->path()), shown(disk.path()));
            continue;
        }
        if (const auto* drive = std::get_if<DriveAddress>(&disk.info.address)) {
            const auto [place, first] = places.emplace(std::pair(disk.target.bus, *drive), &disk);
            if (!first) {
                problem(
                    out, domain_conf, Code::config_unsupported, at("disk", i, "/address"),
                    "Found duplicate drive address for disk with target name '{}' controller='{}' bus='{}' "
                    "target='{}' unit='{}'",
                    place->second->target.dev, drive->controller, drive->bus, drive->target, drive->unit);
            }
        }
    }
}

} // namespace yado::model
