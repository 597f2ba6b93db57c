// SPDX-License-Identifier: Apache-2.0
// Device names inside a running guest, libvirt's: they are what events, errors and the status file speak of.
#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "base/error.h"
#include "model/domain/complete.h"
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

  private:
    std::set<std::string> taken_;
};

} // namespace

void assign_aliases(Domain& domain) {
    Devices& d = domain.devices;
    Namer namer;
    const auto note_all = [&namer](const auto& devices) {
        for (const auto& device : devices) { namer.note(device.info.alias); }
    };
    note_all(d.disks);
    note_all(d.controllers);
    note_all(d.interfaces);
    note_all(d.serials);
    note_all(d.parallels);
    note_all(d.channels);
    note_all(d.inputs);
    note_all(d.sounds);
    note_all(d.videos);
    note_all(d.watchdogs);
    note_all(d.rngs);
    for (Disk& disk : d.disks) { namer.name(disk.info.alias, disk_alias(domain, disk)); }
    for (Controller& controller : d.controllers) {
        namer.name(controller.info.alias, controller_alias(domain, controller));
    }
    namer.number(d.interfaces, "net");
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
    namer.number(d.rngs, "rng");
    if (d.balloon && d.balloon->model != BalloonModel::none) {
        namer.name(d.balloon->info.alias, "balloon0");
    }
}

} // namespace yado::model
