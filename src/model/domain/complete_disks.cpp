// SPDX-License-Identifier: Apache-2.0
// Disks and the drive controllers they imply, as libvirt fills them.
#include "model/domain/complete_devices.h"

#include <algorithm>

#include "base/error.h"
#include "model/domain/machine.h"
#include "model/domain/placing.h"

namespace yado::model {
namespace {

/// libvirt's order: behind the last one of the same bus with a lower name, else before the first higher, else
/// last.
std::vector<std::size_t> disk_order(const std::vector<Disk>& disks) {
    std::vector<std::size_t> order;
    std::vector<std::uint32_t> numbers;
    for (std::size_t next = 0; next < disks.size(); ++next) {
        numbers.push_back(disk_number(disks[next].target.dev).value_or(0));
        std::optional<std::size_t> at;
        for (std::size_t i = order.size(); i-- > 0;) {
            if (disks[order[i]].target.bus != disks[next].target.bus) { continue; }
            if (numbers[order[i]] > numbers[next]) {
                at = i;
            } else if (!at) {
                at = i + 1;
            }
        }
        order.insert(order.begin() + static_cast<std::ptrdiff_t>(at.value_or(order.size())), next);
    }
    return order;
}

DiskBus bus_of(std::string_view target) {
    if (target.starts_with("hd")) { return DiskBus::ide; }
    if (target.starts_with("sd")) { return DiskBus::scsi; }
    if (target.starts_with("vd")) { return DiskBus::virtio; }
    if (target.starts_with("xvd")) { return DiskBus::xen; }
    if (target.starts_with("nvme")) { return DiskBus::nvme; }
    return target.starts_with("ubd") ? DiskBus::uml : DiskBus::ide;
}

} // namespace

void sort_disks(Domain& domain) {
    std::vector<Disk> disks;
    disks.reserve(domain.devices.disks.size());
    for (const std::size_t i : disk_order(domain.devices.disks)) {
        disks.push_back(std::move(domain.devices.disks[i]));
    }
    domain.devices.disks = std::move(disks);
}

namespace {

void complete_backing(BackingStore* store) {
    for (; store != nullptr; store = store->backing ? &*store->backing : nullptr) {
        if (store->ends_chain()) {
            *store = BackingStore(); // whatever else it says
            continue;
        }
        std::visit(
            []<class T>(T& source) {
                if constexpr (!std::is_same_v<T, std::monostate>) {
                    StorageSource whole = std::move(source);
                    complete_source(whole);
                    source = std::get<T>(std::move(whole));
                    source.parts.startup_policy = StartupPolicy::unset; // of the disk only
                }
            },
            store->source);
    }
}

/// A group's limits are given once; the disks behind the first take them over.
void share_limits(std::vector<Disk>& disks) {
    for (auto disk = disks.begin(); disk != disks.end(); ++disk) {
        if (!disk->limits || disk->limits->group.empty() || disk->limits->any()) { continue; }
        const auto giver = std::find_if(disks.begin(), disk, [&](const Disk& each) {
            return each.limits && each.limits->group == disk->limits->group;
        });
        if (giver != disk) { disk->limits = giver->limits; }
    }
}

void complete_driver(Disk& disk) {
    if (disk.driver.name.empty()) { disk.driver.name = "qemu"; }
    const bool unknown = disk.driver.type == ImageFormat::unset || disk.driver.type == ImageFormat::none;
    // What a volume holds is its pool's to say.
    if (unknown && !std::holds_alternative<VolumeSource>(disk.source)) {
        disk.driver.type = ImageFormat::raw;
    }
    if (disk.driver.metadata_cache_size == 0U) { disk.driver.metadata_cache_size.reset(); }
}

} // namespace

void complete_disks(Domain& domain, const CompleteContext& context) {
    for (Disk& disk : domain.devices.disks) {
        if (disk.target.bus == DiskBus::unset && !disk.target.dev.empty()) {
            disk.target.bus = disk.device == DiskDevice::floppy ? DiskBus::fdc : bus_of(disk.target.dev);
        }
        if (disk.device == DiskDevice::cdrom) { disk.readonly = true; }
        if (disk.target.tray == TrayState::closed) { disk.target.tray = TrayState::unset; }
        const bool policed = parts_of(disk.source).startup_policy != StartupPolicy::unset;
        if (disk.is_removable() && disk.is_empty() && !policed) {
            disk.source = FileSource(); // an empty drive is of no kind
        }
        if (context.fill_drivers) { complete_driver(disk); }
        if (std::holds_alternative<VhostUserSource>(disk.source) && disk.snapshot == DiskSnapshot::unset) {
            disk.snapshot = DiskSnapshot::no; // its contents are another process's
        }
        complete_source(disk.source);
        if (disk.encryption) { complete_encryption(*disk.encryption); }
        complete_backing(disk.backing ? &*disk.backing : nullptr);
    }
    share_limits(domain.devices.disks);
}

namespace {

void add_drive_controllers(Domain& domain, ControllerType type, DiskBus bus) {
    std::int64_t highest = -1;
    for (const Disk& disk : domain.devices.disks) {
        if (disk.target.bus != bus) { continue; }
        const auto* given = std::get_if<DriveAddress>(&disk.info.address);
        const auto by_name = given == nullptr ? drive_address(disk) : std::nullopt;
        if (given != nullptr) {
            highest = std::max<std::int64_t>(highest, given->controller);
        } else if (by_name) {
            highest = std::max<std::int64_t>(highest, by_name->controller);
        }
    }
    constexpr std::int64_t most = 255; // a document cannot make us add controllers without end
    for (std::int64_t index = 0; index <= std::min(highest, most); ++index) {
        if (!has_controller(domain, type, static_cast<std::uint16_t>(index))) {
            if (type == ControllerType::ide && index > 0 && board_of(domain) == Board::i440fx) {
                fail(ErrorSource::qemu, Code::internal_error, "Only 1 IDE controller is supported");
            }
            add_controller(domain, type, static_cast<std::uint16_t>(index));
        }
    }
}

} // namespace

void add_disk_controllers(Domain& domain) {
    add_drive_controllers(domain, ControllerType::scsi, DiskBus::scsi);
    add_drive_controllers(domain, ControllerType::fdc, DiskBus::fdc);
    add_drive_controllers(domain, ControllerType::ide, DiskBus::ide);
    add_drive_controllers(domain, ControllerType::sata, DiskBus::sata);
    add_drive_controllers(domain, ControllerType::nvme, DiskBus::nvme);
}

} // namespace yado::model
