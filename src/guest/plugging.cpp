// SPDX-License-Identifier: Apache-2.0
// Devices that come and go while the guest runs. A device is completed in a copy of the running domain, so
// that it gets the address and the controller it would have got from the start; only then is it plugged in
// and put into the domain itself.
#include "guest/changing_service.h"

#include "base/error.h"
#include "model/domain/check.h"
#include "model/domain/complete_devices.h"
#include "model/domain/pci_bus.h"
#include "model/domain/placing.h"

#include <algorithm>
#include <array>
#include <set>

namespace yado::guest {
namespace {

using model::ControllerType;
using model::DevicePlace;

constexpr std::array<std::string_view, 15> pluggable{
    "disk",     "controller", "lease",   "filesystem", "interface", "hostdev", "redirdev", "serial",
    "parallel", "console",    "channel", "rng",        "memory",    "shmem",   "input"};

bool can_be_plugged(std::string_view kind) {
    return std::ranges::find(pluggable, kind) != pluggable.end() || kind == "watchdog" || kind == "vsock";
}

[[noreturn]] void unsupported(std::string text) {
    fail(ErrorSource::qemu, Code::operation_unsupported, "{}", text);
}

/// What QEMU, or libvirt, has no way to plug in.
void require_pluggable(const model::Domain& domain, const model::DeviceDocument& wanted) {
    const model::Devices& devices = wanted.devices;
    if (!can_be_plugged(wanted.kind))
        unsupported(fmt::format("live attach of device '{}' is not supported", wanted.kind));
    for (const model::Disk& disk : devices.disks) {
        if (disk.device == model::DiskDevice::floppy) unsupported("floppy device hotplug isn't supported");
    }
    for (const model::Controller& controller : devices.controllers) {
        if (controller.type != ControllerType::scsi)
            unsupported(fmt::format("'{}' controller cannot be hot plugged.", schema::word(controller.type)));
        if (has_same(domain, wanted))
            fail(ErrorSource::qemu, Code::operation_failed, "target {}:{} already exists",
                 schema::word(controller.type), controller.index.value_or(0));
    }
    for (const model::Input& input : devices.inputs) {
        if (input.bus != model::InputBus::usb && input.bus != model::InputBus::virtio)
            unsupported(
                fmt::format("input device on bus '{}' cannot be hot plugged.", schema::word(input.bus)));
    }
    for (const model::Filesystem& filesystem : devices.filesystems) {
        if (!filesystem.is_virtiofs()) unsupported("only virtiofs filesystems can be hotplugged");
    }
    if (!devices.watchdogs.empty() && !domain.devices.watchdogs.empty())
        fail(ErrorSource::qemu, Code::operation_invalid, "domain already has a watchdog");
    if (devices.vsock && domain.devices.vsock)
        fail(ErrorSource::qemu, Code::operation_invalid, "the domain already has a vsock device");
    const bool character = wanted.kind == "channel" || wanted.kind == "serial" || wanted.kind == "console" ||
                           wanted.kind == "parallel";
    if (character && has_same(domain, wanted))
        fail(ErrorSource::qemu, Code::operation_invalid, "chardev already exists");
}

/// A place on PCI that the user named must be one where something can come and go.
void require_hotplug_place(const model::Domain& domain, const model::DeviceInfo& info) {
    const model::PciAddress* address = info.pci();
    if (address == nullptr || address->wanted()) return;
    const auto bus = std::ranges::find_if(domain.devices.controllers, [&](const model::Controller& each) {
        return each.type == ControllerType::pci && each.index.value_or(0) == address->bus;
    });
    if (bus == domain.devices.controllers.end()) {
        std::uint16_t last = 0;
        for (const model::Controller& each : domain.devices.controllers) {
            if (each.type == ControllerType::pci) last = std::max(last, each.index.value_or(0));
        }
        fail(ErrorSource::domain, Code::xml_error,
             "Invalid PCI address {}. Only PCI buses up to {} are available", address->text(), last);
    }
    const bool hotplug = (model::make_bus(bus->model).offers & model::pci_connect::hotplug) != 0 &&
                         bus->target.hotplug != schema::OnOff::off;
    if (hotplug) return;
    fail(ErrorSource::domain, Code::xml_error,
         "The device at PCI address {} requires hotplug capability, but the PCI controller with index='{}' "
         "doesn't support hotplug",
         address->text(), address->bus);
}

/// The SCSI controllers a disk needs are like those that are there, as libvirt has it.
void add_scsi_controllers(model::Domain& with, const model::Devices& added) {
    if (added.disks.empty() || added.disks.front().target.bus != model::DiskBus::scsi) return;
    const model::Disk& disk = added.disks.front();
    const auto* given = std::get_if<model::DriveAddress>(&disk.info.address);
    const std::uint32_t last = given != nullptr
                                   ? given->controller
                                   : model::drive_address(disk).value_or(model::DriveAddress()).controller;
    const auto like =
        std::ranges::find(with.devices.controllers, ControllerType::scsi, &model::Controller::type);
    if (like == with.devices.controllers.end()) return;
    const model::ControllerModel kind = like->model;
    constexpr std::uint32_t most = 255;
    for (std::uint32_t index = 0; index <= std::min(last, most); ++index) {
        if (!model::has_controller(with, ControllerType::scsi, static_cast<std::uint16_t>(index)))
            model::add_controller(with, ControllerType::scsi, static_cast<std::uint16_t>(index), kind);
    }
}

/// Controllers that complete() has added. Buses cannot be plugged in: nothing may need one of them.
std::vector<std::string> added_controllers(model::Domain& with, const std::set<std::string>& before) {
    std::set<unsigned> new_buses;
    for (const model::Controller& each : with.devices.controllers) {
        if (each.type == ControllerType::pci && !before.contains(each.info.alias.name))
            new_buses.insert(each.index.value_or(0));
    }
    std::erase_if(with.devices.controllers, [&](const model::Controller& each) {
        return each.type == ControllerType::pci && !before.contains(each.info.alias.name);
    });
    std::vector<std::string> added;
    for (const model::Controller& each : with.devices.controllers) {
        if (before.contains(each.info.alias.name) || each.type == ControllerType::scsi ||
            each.type == ControllerType::virtio_serial)
            continue;
        fail(ErrorSource::domain, Code::internal_error,
             "Could not find {} controller with index {} required for device", schema::word(each.type),
             each.index.value_or(0));
    }
    model::each_device(with.devices, [&](std::string_view kind, const auto& device) {
        if (before.contains(device.info.alias.name)) return;
        if (const model::PciAddress* pci = device.info.pci(); pci != nullptr && new_buses.contains(pci->bus))
            fail(ErrorSource::domain, Code::internal_error, "No more available PCI slots");
        if (kind == "controller") added.push_back(device.info.alias.name);
    });
    return added;
}

/// With what it needs the device is the last of its kind that has come; its alias.
std::string alias_of_new(const model::Domain& with, std::string_view kind,
                         const std::set<std::string>& before) {
    std::string found;
    model::each_device(with.devices, [&](std::string_view each_kind, const auto& device) {
        if (each_kind == kind && !before.contains(device.info.alias.name)) found = device.info.alias.name;
    });
    return found;
}

bool is_present_drive(const model::Domain& domain, const model::DeviceDocument& document) {
    return std::ranges::any_of(document.devices.disks, [&](const model::Disk& given) {
        return given.is_removable() &&
               std::ranges::any_of(domain.devices.disks, [&](const model::Disk& each) {
                   return each.is_removable() && each.target.dev == given.target.dev;
               });
    });
}

std::set<std::string> aliases_of(const model::Devices& devices) {
    std::set<std::string> aliases;
    model::each_device(devices, [&aliases](std::string_view, const auto& device) {
        if (!device.info.alias.name.empty()) aliases.insert(device.info.alias.name);
    });
    return aliases;
}

} // namespace

void require_unpluggable(const model::Domain& domain, const model::DeviceDocument& wanted) {
    const model::Devices& devices = wanted.devices;
    if (!can_be_plugged(wanted.kind))
        unsupported(fmt::format("live detach of device '{}' is not supported", wanted.kind));
    for (const model::Disk& given : devices.disks) {
        const auto disk = std::ranges::find(domain.devices.disks, given.target.dev,
                                            [](const model::Disk& each) { return each.target.dev; });
        if (disk == domain.devices.disks.end()) continue; // reported as missing
        const bool scsi_or_usb =
            disk->target.bus == model::DiskBus::scsi || disk->target.bus == model::DiskBus::usb;
        if (disk->is_removable() && !(disk->device == model::DiskDevice::cdrom && scsi_or_usb))
            unsupported(fmt::format("disk device type '{}' cannot be detached", schema::word(disk->device)));
        if (disk->target.bus != model::DiskBus::virtio && !scsi_or_usb)
            unsupported(fmt::format("This type of device cannot be hot unplugged: bus '{}'",
                                    schema::word(disk->target.bus)));
    }
    for (const model::Controller& controller : devices.controllers) {
        if (controller.type != ControllerType::scsi)
            unsupported(
                fmt::format("'{}' controller cannot be hot unplugged.", schema::word(controller.type)));
        const auto in_use = [&](const model::DeviceInfo& info) {
            const auto* drive = std::get_if<model::DriveAddress>(&info.address);
            return drive != nullptr && drive->controller == controller.index.value_or(0);
        };
        const bool used =
            std::ranges::any_of(domain.devices.disks,
                                [&](const model::Disk& each) {
                                    return each.target.bus == model::DiskBus::scsi && in_use(each.info);
                                }) ||
            std::ranges::any_of(domain.devices.hostdevs,
                                [&](const model::Hostdev& each) { return in_use(each.info); });
        if (used)
            fail(ErrorSource::qemu, Code::operation_failed, "device cannot be detached: device is busy");
    }
    for (const model::Input& input : devices.inputs) {
        if (input.bus != model::InputBus::usb && input.bus != model::InputBus::virtio)
            unsupported(fmt::format("input device on bus '{}' cannot be detached", schema::word(input.bus)));
    }
    for (const model::Filesystem& given : devices.filesystems) {
        const auto there =
            std::ranges::find(domain.devices.filesystems, given.target, &model::Filesystem::target);
        if (there != domain.devices.filesystems.end() && !there->is_virtiofs())
            unsupported("only virtiofs filesystems can be hotplugged");
    }
}

Task<void> ChangingService::plug(Registry::Pointer guest, model::DeviceDocument document) {
    const std::shared_ptr<Live> live = guest->live;
    const model::CompleteContext& context = parts_.hypervisor.complete_context();
    model::Domain with = live->domain;
    if (is_present_drive(with, document)) { // an older way to change its medium
        co_await update_live(guest, std::move(document), false);
        co_return;
    }
    require_pluggable(with, completed(with, document, context));
    if (document.kind == "lease")
        fail(ErrorSource::qemu, Code::operation_unsupported,
             "leases need a lock manager, which is not there");
    if (const model::DeviceInfo* info = model::info_of(document.devices, document.place()))
        require_hotplug_place(with, *info);
    const std::set<std::string> before = aliases_of(with.devices);
    model::copy_device(document.devices, document.place(), with.devices);
    add_scsi_controllers(with, document.devices);
    model::complete(with, context);
    model::assign_missing_aliases(with);
    const std::vector<std::string> controllers = added_controllers(with, before);
    const std::string alias = alias_of_new(with, document.kind, before);
    schema::Diagnostics problems;
    problems.source = parts_.hypervisor.error_source();
    model::check(with, problems);
    problems.throw_if_any();
    parts_.hypervisor.check(with);
    for (const std::string& controller : controllers) {
        if (controller != alias) co_await plug_one(guest, with, controller);
    }
    co_await plug_one(guest, with, alias);
    power_.publish(*guest, DeviceAdded{alias});
}

Task<void> ChangingService::plug_one(Registry::Pointer guest, model::Domain& with, std::string alias) {
    const std::shared_ptr<Live> live = guest->live;
    co_await guest->require_machine().attach(with, alias);
    if (live->ended) fail(ErrorSource::domain, Code::operation_failed, "domain is not running");
    const auto place = model::find_device(with.devices, alias);
    model::copy_device(with.devices, *place, live->domain.devices);
    if (place->kind == "memory")
        grow_memory(live->domain, with.devices.memories.at(place->index).target.size_kib, true);
    model::sort_disks(live->domain);
    co_await power_.save_status(guest);
}

Task<void> ChangingService::unplug(Registry::Pointer guest, model::DevicePlace place, bool wait) {
    const std::shared_ptr<Live> live = guest->live;
    const std::string alias = model::info_of(live->domain.devices, place)->alias.name;
    live->unplugging.insert(alias);
    std::exception_ptr failure;
    Unplugging result = Unplugging::pending;
    try {
        result = co_await guest->require_machine().detach(alias, wait);
    } catch (...) { failure = std::current_exception(); }
    live->unplugging.erase(alias);
    if (failure) std::rethrow_exception(failure);
    if (result == Unplugging::done && !live->ended) co_await power_.forget_device(guest, live, alias);
}

} // namespace yado::guest
