// SPDX-License-Identifier: Apache-2.0
// Devices of a definition: added, taken away, replaced. Which kinds can be is libvirt 9.0's choice.
#include "guest/changing_service.h"

#include "base/error.h"

#include <algorithm>
#include <array>

namespace yado::guest {
namespace {

constexpr std::array<std::string_view, 18> changeable{
    "disk",    "interface",  "sound", "hostdev", "lease",    "controller", "serial",   "parallel", "console",
    "channel", "filesystem", "rng",   "memory",  "redirdev", "shmem",      "watchdog", "input",    "vsock"};

[[noreturn]] void taken(std::string_view what) {
    fail(ErrorSource::qemu, Code::operation_invalid, "{}", what);
}

/// Throws when there cannot be another one.
void refuse_second(const model::Domain& domain, const model::DeviceDocument& wanted) {
    const std::string_view kind = wanted.kind;
    if (kind == "vsock") {
        if (domain.devices.vsock) taken("domain already has a vsock device");
        return;
    }
    const bool counts = kind == "disk" || kind == "controller" || kind == "watchdog" || kind == "serial" ||
                        kind == "parallel" || kind == "console" || kind == "channel" || kind == "lease" ||
                        kind == "filesystem" || kind == "hostdev" || kind == "shmem";
    if (!counts || !has_same(domain, wanted)) return;
    if (kind == "disk")
        taken(fmt::format("target {} already exists", wanted.devices.disks.front().target.dev));
    if (kind == "controller")
        taken(fmt::format("controller index='{}' already exists",
                          wanted.devices.controllers.front().index.value_or(0)));
    if (kind == "watchdog") taken("domain already has a watchdog");
    if (kind == "lease") {
        const model::LockspaceLease& lease = wanted.devices.leases.front();
        taken(fmt::format("Lease {} in lockspace {} already exists", lease.key,
                          lease.lockspace.empty() ? "(null)" : lease.lockspace));
    }
    if (kind == "filesystem") taken("Target already exists");
    if (kind == "hostdev" || kind == "shmem") taken("device is already in the domain configuration");
    // A stream that the daemon places is the same one only by its name or port.
    taken("chardev already exists");
}

/// A device that replaces another one stays where that is.
void keep_place(model::DeviceInfo& info, const model::DeviceInfo& before) {
    if (std::holds_alternative<std::monostate>(info.address)) info.address = before.address;
    if (info.alias.name.empty()) info.alias = before.alias;
}

} // namespace

void require_in_definition(std::string_view kind, std::string_view what) {
    if (std::ranges::find(changeable, kind) != changeable.end()) return;
    fail(ErrorSource::qemu, Code::operation_unsupported, "persistent {} of device '{}' is not supported",
         what, kind);
}

void attach_to_definition(model::Domain& domain, const model::DeviceDocument& document) {
    require_in_definition(document.kind, "attach");
    refuse_second(domain, document);
    model::copy_device(document.devices, document.place(), domain.devices);
}

void detach_from_definition(model::Domain& domain, const model::DeviceDocument& wanted,
                            const model::DeviceDocument& given) {
    require_in_definition(wanted.kind, "detach");
    model::erase_device(domain.devices, find_meant(domain, wanted, given, Where::config));
}

void update_definition(model::Domain& domain, const model::DeviceDocument& wanted,
                       const model::DeviceDocument& given) {
    model::Devices& devices = domain.devices;
    if (wanted.kind == "disk") {
        model::Disk disk = wanted.devices.disks.front();
        const auto found = std::ranges::find(devices.disks, disk.target.dev,
                                             [](const model::Disk& each) { return each.target.dev; });
        if (found == devices.disks.end())
            fail(ErrorSource::qemu, Code::invalid_arg, "target {} doesn't exist.", disk.target.dev);
        if (found->target.bus == disk.target.bus) keep_place(disk.info, found->info);
        *found = std::move(disk);
    } else if (wanted.kind == "interface") {
        const model::DevicePlace place = find_meant(domain, wanted, given, Where::config);
        model::Interface interface = wanted.devices.interfaces.front();
        model::Interface& there = devices.interfaces.at(place.index);
        keep_place(interface.info, there.info);
        if (given.devices.interfaces.front().mac.address == model::Mac()) interface.mac = there.mac;
        there = std::move(interface);
    } else if (wanted.kind == "graphics") {
        const model::Graphics& graphics = wanted.devices.graphics.front();
        const auto found = std::ranges::find_if(devices.graphics, [&](const model::Graphics& each) {
            return each.kind.index() == graphics.kind.index();
        });
        if (found == devices.graphics.end())
            fail(ErrorSource::qemu, Code::invalid_arg,
                 "cannot find existing graphics type '{}' device to modify",
                 schema::UnionTags<model::GraphicsKind>::values[graphics.kind.index()]);
        *found = graphics;
    } else if (wanted.kind == "memory") {
        model::MemoryDevice memory = wanted.devices.memories.front();
        const auto found = std::ranges::find_if(devices.memories, [&](const model::MemoryDevice& each) {
            const bool by_alias =
                !memory.info.alias.name.empty() && each.info.alias.name == memory.info.alias.name;
            const model::PciAddress* pci = memory.info.pci();
            const bool by_place =
                pci != nullptr && each.info.pci() != nullptr && each.info.pci()->same_place(*pci);
            const auto* dimm = std::get_if<model::DimmAddress>(&memory.info.address);
            const auto* slot = std::get_if<model::DimmAddress>(&each.info.address);
            return by_alias || by_place || (dimm != nullptr && slot != nullptr && dimm->slot == slot->slot);
        });
        if (found == devices.memories.end()) fail(ErrorSource::qemu, Code::invalid_arg, "memory not found");
        keep_place(memory.info, found->info);
        *found = std::move(memory);
    } else {
        fail(ErrorSource::qemu, Code::operation_unsupported,
             "persistent update of device '{}' is not supported", wanted.kind);
    }
}

} // namespace yado::guest
