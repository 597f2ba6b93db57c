// SPDX-License-Identifier: Apache-2.0
// Device names inside a running guest, libvirt's: they are what events, errors and the status file speak of.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "model/domain/complete.h"
#include "model/domain/each_device.h"
#include "model/domain/machine.h"
#include "model/domain/placing.h"

namespace yado::model {
namespace {

std::string disk_alias(const Domain& domain, const Disk& disk) {
    const auto* drive = std::get_if<DriveAddress>(&disk.info.address);
    if (drive != nullptr && disk.target.bus == DiskBus::scsi) {
        const auto controller = std::ranges::find_if(domain.devices.controllers, [&](const Controller& each) {
            return each.type == ControllerType::scsi && each.index.value_or(0) == drive->controller;
        });
        // LSI's bus has targets only, so that libvirt leaves them out of its names.
        const bool narrow =
            controller == domain.devices.controllers.end() || controller->model == ControllerModel::unset ||
            controller->model == ControllerModel::auto_ || controller->model == ControllerModel::lsilogic;
        return narrow ? fmt::format("scsi{}-{}-{}", drive->controller, drive->bus, drive->unit)
                      : fmt::format("scsi{}-{}-{}-{}", drive->controller, drive->bus, drive->target,
                                    drive->unit);
    }
    if (drive != nullptr) {
        return fmt::format("{}{}-{}-{}", schema::word(disk.target.bus), drive->controller, drive->bus,
                           drive->unit);
    }
    return fmt::format("{}-disk{}", schema::word(disk.target.bus), disk_number(disk.target.dev).value_or(0));
}

std::string controller_alias(const Domain& domain, const Controller& controller) {
    const unsigned index = controller.index.value_or(0);
    switch (controller.type) {
    case ControllerType::pci:
        return index == 0 && controller.model == ControllerModel::pcie_root ? "pcie.0"
                                                                            : fmt::format("pci.{}", index);
    case ControllerType::usb: return index == 0 ? "usb" : fmt::format("usb{}", index);
    case ControllerType::ide:
        // The board's own is QEMU's "ide".
        return index == 0 && board_of(domain) == Board::i440fx ? "ide" : fmt::format("ide{}", index);
    case ControllerType::sata:
        return index == 0 && board_of(domain) == Board::q35 ? "ide" : fmt::format("sata{}", index);
    default: return fmt::format("{}{}", schema::word(controller.type), index);
    }
}

class Namer {
  public:
    /// User names count as taken whatever the order of devices.
    void note(const Alias& alias) {
        if (!alias.name.empty() && alias.by_user() && !taken_.insert(alias.name).second) {
            fail(ErrorSource::domain, Code::config_unsupported, "non unique alias detected: {}", alias.name);
        }
    }
    void name(Alias& alias, std::string name) {
        if (alias.name.empty() || !alias.by_user()) { alias.name = std::move(name); }
    }
    template <class T> void number(std::vector<T>& devices, std::string_view stem) {
        unsigned number = 0;
        for (T& device : devices) { name(device.info.alias, fmt::format("{}{}", stem, number++)); }
    }
    /// Some kinds do not count devices that the user has named.
    template <class T> void number_unnamed(std::vector<T>& devices, std::string_view stem) {
        unsigned number = 0;
        for (T& device : devices) {
            if (!device.info.alias.by_user()) {
                device.info.alias.name = fmt::format("{}{}", stem, number++);
            }
        }
    }

  private:
    std::set<std::string> taken_;
};

/// Assigned network cards are host devices, which count them before the others.
void name_interfaces_and_hostdevs(Devices& d, Namer& namer) {
    unsigned net = 0, hostdev = 0;
    for (Interface& i : d.interfaces) {
        namer.name(i.info.alias,
                   i.is_hostdev() ? fmt::format("hostdev{}", hostdev++) : fmt::format("net{}", net));
        ++net;
    }
    for (Hostdev& h : d.hostdevs) { namer.name(h.info.alias, fmt::format("hostdev{}", hostdev++)); }
}

std::string_view stem_of(MemoryModel model) {
    switch (model) {
    case MemoryModel::dimm: return "dimm";
    case MemoryModel::nvdimm: return "nvdimm";
    case MemoryModel::virtio_pmem: return "virtiopmem";
    case MemoryModel::virtio_mem: return "virtiomem";
    case MemoryModel::sgx_epc: return "epc";
    }
    return "memory";
}

/// Modules in a slot have its number, the others count within their kind.
void name_memories(Devices& d, Namer& namer) {
    std::array<unsigned, 5> numbers{};
    for (MemoryDevice& m : d.memories) {
        const auto* slot = std::get_if<DimmAddress>(&m.info.address);
        unsigned& next = numbers[static_cast<std::size_t>(m.model)];
        const unsigned number = m.is_dimm() && slot != nullptr ? slot->slot : next++;
        namer.name(m.info.alias, fmt::format("{}{}", stem_of(m.model), number));
    }
}

} // namespace

void assign_aliases(Domain& domain) {
    Devices& d = domain.devices;
    Namer namer;
    const auto note_all = [&namer](const auto& devices) {
        for (const auto& device : devices) { namer.note(device.info.alias); }
    };
    note_all(d.disks);
    note_all(d.controllers);
    note_all(d.filesystems);
    note_all(d.interfaces);
    note_all(d.hostdevs);
    note_all(d.redirdevs);
    note_all(d.serials);
    note_all(d.parallels);
    note_all(d.channels);
    note_all(d.inputs);
    note_all(d.sounds);
    note_all(d.videos);
    note_all(d.watchdogs);
    note_all(d.rngs);
    note_all(d.smartcards);
    note_all(d.tpms);
    note_all(d.hubs);
    note_all(d.panics);
    note_all(d.shmems);
    note_all(d.memories);
    note_all(d.cryptos);
    for (Disk& disk : d.disks) { namer.name(disk.info.alias, disk_alias(domain, disk)); }
    for (Controller& controller : d.controllers) {
        namer.name(controller.info.alias, controller_alias(domain, controller));
    }
    namer.number_unnamed(d.filesystems, "fs");
    name_interfaces_and_hostdevs(d, namer);
    namer.number(d.redirdevs, "redir");
    if (d.vsock) { namer.name(d.vsock->info.alias, "vsock0"); }
    namer.number(d.serials, "serial");
    namer.number(d.parallels, "parallel");
    namer.number(d.consoles, "console");
    if (!d.consoles.empty() && !d.serials.empty() && d.consoles.front().target == ConsoleTarget::serial) {
        d.consoles.front().info.alias = d.serials.front().info.alias;
    }
    namer.number(d.channels, "channel");
    namer.number(d.inputs, "input");
    namer.number(d.sounds, "sound");
    namer.number(d.videos, "video");
    namer.number(d.watchdogs, "watchdog");
    namer.number_unnamed(d.rngs, "rng");
    namer.number(d.smartcards, "smartcard");
    namer.number(d.tpms, "tpm");
    namer.number(d.hubs, "hub");
    namer.number(d.panics, "panic");
    namer.number(d.shmems, "shmem");
    name_memories(d, namer);
    namer.number(d.cryptos, "crypto");
    if (d.iommu) { namer.name(d.iommu->info.alias, "iommu0"); }
    if (d.nvram) { namer.name(d.nvram->info.alias, "nvram"); }
    if (d.pstore) { namer.name(d.pstore->info.alias, "pstore0"); }
    if (d.balloon && d.balloon->model != BalloonModel::none) {
        namer.name(d.balloon->info.alias, "balloon0");
    }
}

namespace {

/// "net7" of stem "net": 7; nothing for other names.
std::optional<unsigned> number_behind(std::string_view alias, std::string_view stem) {
    if (!alias.starts_with(stem)) { return std::nullopt; }
    return parse_number<unsigned>(alias.substr(stem.size()));
}

std::string_view plain_stem(std::string_view kind) {
    if (kind == "filesystem") { return "fs"; }
    if (kind == "redirdev") { return "redir"; }
    if (kind == "memballoon") { return "balloon"; }
    return kind;
}

/// The name of a device that is plugged in, when it does not follow from its place.
template <class Device> std::string_view stem_of_device(std::string_view kind, const Device& device) {
    if constexpr (std::is_same_v<Device, Interface>) {
        return device.is_hostdev() ? "hostdev" : "net";
    } else if constexpr (std::is_same_v<Device, MemoryDevice>) {
        return stem_of(device.model);
    } else {
        return plain_stem(kind);
    }
}

template <class Device> std::string fixed_alias(const Domain& domain, const Device& device) {
    if constexpr (std::is_same_v<Device, Disk>) {
        return disk_alias(domain, device);
    } else if constexpr (std::is_same_v<Device, Controller>) {
        return controller_alias(domain, device);
    } else if constexpr (std::is_same_v<Device, MemoryDevice>) {
        const auto* slot = std::get_if<DimmAddress>(&device.info.address);
        if (device.is_dimm() && slot != nullptr) {
            return fmt::format("{}{}", stem_of(device.model), slot->slot);
        }
    }
    return {};
}

} // namespace

void assign_missing_aliases(Domain& domain) {
    std::set<std::string> taken;
    const auto note = [&taken](std::string_view kind, const auto& device) {
        const Alias& alias = device.info.alias;
        // the first console may be the first serial port
        if (!alias.name.empty() && !taken.insert(alias.name).second && kind != "console") {
            fail(ErrorSource::domain, Code::config_unsupported, "non unique alias detected: {}", alias.name);
        }
    };
    each_device(domain.devices, note);
    each_device(domain.devices, [&](std::string_view kind, auto& device) {
        std::string& name = device.info.alias.name;
        if (!name.empty()) { return; }
        name = fixed_alias(domain, device);
        if (name.empty()) {
            const std::string_view stem = stem_of_device(kind, device);
            unsigned next = 0; // behind the highest there is, as libvirt
            for (const std::string& each : taken) {
                if (const auto number = number_behind(each, stem)) { next = std::max(next, *number + 1); }
            }
            name = fmt::format("{}{}", stem, next);
        }
        taken.insert(name);
    });
}

} // namespace yado::model
