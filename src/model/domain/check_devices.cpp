// SPDX-License-Identifier: Apache-2.0
#include "model/domain/check_devices.h"

#include <algorithm>
#include <map>
#include <set>

#include "model/domain/machine.h"
#include "model/domain/placing.h"
#include "schema/compact.h"

namespace yado::model {
namespace {

using schema::Diagnostics;

constexpr auto domain_conf = ErrorSource::domain;
constexpr auto driver = ErrorSource::qemu;

std::string at(std::string_view device, std::size_t index, std::string_view part = {}) {
    return fmt::format("/domain/devices/{}[{}]{}", device, index + 1, part);
}

bool only(std::string_view text, std::string_view others) {
    return std::ranges::all_of(text, [others](char c) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        return plain || others.find(c) != std::string_view::npos;
    });
}

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
    if ((!disk.vendor.empty() || !disk.product.empty()) && disk.target.bus != DiskBus::scsi) {
        problem(out, driver, Code::config_unsupported, at("disk", i, "/vendor"),
                "Only scsi disk supports vendor and product");
    }
}

void check_disk_address(const Disk& disk, std::size_t i, Diagnostics& out) {
    const bool drive = std::holds_alternative<DriveAddress>(disk.info.address);
    const bool none = std::holds_alternative<std::monostate>(disk.info.address);
    const DiskBus bus = disk.target.bus;
    const bool on_drive_bus =
        bus == DiskBus::ide || bus == DiskBus::scsi || bus == DiskBus::sata || bus == DiskBus::fdc;
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

std::string_view shown(const std::string& path) { return path.empty() ? std::string_view("(null)") : path; }

void check_disk(const Domain& domain, const Disk& disk, std::size_t i, Diagnostics& out) {
    const bool removable = disk.device == DiskDevice::cdrom || disk.device == DiskDevice::floppy;
    if (disk.target.dev.empty()) {
        problem(out, domain_conf, Code::no_target, at("disk", i, "/target"), "{}", disk.path());
        return;
    }
    if (disk.is_empty() && !removable) {
        problem(out, domain_conf, Code::no_source, at("disk", i, "/source"), "{}", disk.target.dev);
    }
    if (disk.device == DiskDevice::lun && disk.is_file()) {
        problem(out, domain_conf, Code::config_unsupported, at("disk", i, "/@device"),
                "disk device='lun' is only valid for block type disk source");
    }
    if (disk.rawio != schema::YesNo::unset && disk.device != DiskDevice::lun) {
        problem(out, domain_conf, Code::config_unsupported, at("disk", i, "/@rawio"),
                "rawio can be used only with device='lun'");
    }
    if (disk.target.removable != schema::OnOff::unset && disk.target.bus != DiskBus::usb) {
        problem(out, domain_conf, Code::xml_error, at("disk", i, "/target/@removable"),
                "removable is only valid for usb disks");
    }
    if (disk.model != DiskModel::unset && disk.target.bus != DiskBus::virtio) {
        problem(out, domain_conf, Code::config_unsupported, at("disk", i, "/@model"),
                "disk model '{}' not supported for bus '{}'", schema::word(disk.model),
                schema::word(disk.target.bus));
    }
    if (!disk.driver.name.empty() && disk.driver.name != "qemu" &&
        (domain.type == DomainType::qemu || domain.type == DomainType::kvm)) {
        problem(out, driver, Code::config_unsupported, at("disk", i, "/driver/@name"),
                "unsupported driver name '{}' for disk '{}'", disk.driver.name, disk.target.dev);
    }
    if (disk.driver.iothread && domain.rest.element("iothreadids").empty() &&
        (*disk.driver.iothread == 0 || *disk.driver.iothread > domain.iothreads.value_or(0))) {
        problem(out, driver, Code::config_unsupported, at("disk", i, "/driver/@iothread"),
                "Disk iothread '{}' not defined in iothreadid", *disk.driver.iothread);
    }
    check_disk_text(disk, i, out);
    check_disk_address(disk, i, out);
}

void check_disks(const Domain& domain, Diagnostics& out) {
    const std::vector<Disk>& disks = domain.devices.disks;
    std::map<std::string_view, const Disk*> targets;
    std::map<std::pair<DiskBus, DriveAddress>, const Disk*> places;
    for (std::size_t i = 0; i < disks.size(); ++i) {
        const Disk& disk = disks[i];
        check_disk(domain, disk, i, out);
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

void check_interfaces(const Domain& domain, Diagnostics& out) {
    const std::vector<Interface>& interfaces = domain.devices.interfaces;
    for (std::size_t i = 0; i < interfaces.size(); ++i) {
        const Interface& nic = interfaces[i];
        if (nic.mac.is_multicast()) {
            problem(out, domain_conf, Code::xml_error, at("interface", i, "/mac/@address"),
                    "expected unicast mac address, found multicast '{}'", nic.mac.text());
        }
        const auto* network = std::get_if<NetworkNet>(&nic.kind);
        const auto* bridge = std::get_if<BridgeNet>(&nic.kind);
        const auto* direct = std::get_if<DirectNet>(&nic.kind);
        const bool sourceless = (network != nullptr && network->network.empty()) ||
                                (bridge != nullptr && bridge->bridge.empty()) ||
                                (direct != nullptr && direct->device.empty());
        if (sourceless) {
            problem(out, domain_conf, Code::xml_error, at("interface", i, "/source"),
                    "interface type='{}' requires a 'source' element",
                    schema::UnionTags<NetKind>::values[nic.kind.index()]);
        }
        if (!only(nic.model, "-_")) {
            problem(out, domain_conf, Code::invalid_arg, at("interface", i, "/model/@type"),
                    "Model name contains invalid characters");
        }
        constexpr std::size_t longest = 15; // IFNAMSIZ without its end
        if (nic.target.device.size() > longest) {
            problem(out, domain_conf, Code::xml_error, at("interface", i, "/target/@dev"),
                    "interface name '{}' is longer than {} characters", nic.target.device, longest);
        }
    }
}

void check_backend(const CharBackend& backend, std::string path, bool daemon_chooses, Diagnostics& out) {
    const auto missing = [&](std::string_view what) {
        problem(out, domain_conf, Code::internal_error, std::move(path),
                "Missing source {} attribute for char device", what);
    };
    const auto* file = std::get_if<FileChar>(&backend);
    const auto* device = std::get_if<DeviceChar>(&backend);
    const auto* pipe = std::get_if<PipeChar>(&backend);
    const auto* socket = std::get_if<UnixChar>(&backend);
    const auto* tcp = std::get_if<TcpChar>(&backend);
    const auto* udp = std::get_if<UdpChar>(&backend);
    if ((file != nullptr && file->path.empty()) || (device != nullptr && device->path.empty()) ||
        (pipe != nullptr && pipe->path.empty())) {
        missing("path");
    } else if (socket != nullptr && socket->path.empty() && !daemon_chooses) {
        missing("path");
    } else if (tcp != nullptr && tcp->host.empty()) {
        missing("host");
    } else if (tcp != nullptr && tcp->service.empty()) {
        missing("service");
    } else if (udp != nullptr && udp->endpoints.size() > 2) {
        problem(out, domain_conf, Code::xml_error, std::move(path),
                "only two source elements are allowed for char device of type 'udp'");
    }
    const auto bound = [](SocketMode mode, const schema::Rare<Reconnect>& reconnect) {
        return mode == SocketMode::bind && reconnect.has_value();
    };
    if ((socket != nullptr && bound(socket->mode, socket->reconnect)) ||
        (tcp != nullptr && bound(tcp->mode, tcp->reconnect))) {
        problem(out, domain_conf, Code::internal_error, {},
                "chardev reconnect is possible only for connect mode");
    }
}

void check_characters(const Domain& domain, Diagnostics& out) {
    const Devices& d = domain.devices;
    for (std::size_t i = 0; i < d.serials.size(); ++i) {
        check_backend(d.serials[i].backend, at("serial", i, "/source"), false, out);
        if (std::holds_alternative<SpiceVmcChar>(d.serials[i].backend)) {
            problem(out, domain_conf, Code::config_unsupported, at("serial", i, "/@type"),
                    "spicevmc device type only supports virtio");
        }
    }
    for (std::size_t i = 0; i < d.parallels.size(); ++i) {
        check_backend(d.parallels[i].backend, at("parallel", i, "/source"), false, out);
    }
    for (std::size_t i = 0; i < d.consoles.size(); ++i) {
        check_backend(d.consoles[i].backend, at("console", i, "/source"), false, out);
    }
    for (std::size_t i = 0; i < d.channels.size(); ++i) {
        check_backend(d.channels[i].backend, at("channel", i, "/source"),
                      d.channels[i].target == ChannelTarget::virtio, out);
    }
}

void check_controllers(const Domain& domain, Diagnostics& out) {
    const std::vector<Controller>& controllers = domain.devices.controllers;
    const Board board = board_of(domain);
    std::set<std::pair<ControllerType, std::uint16_t>> seen;
    const bool no_usb = std::ranges::any_of(controllers, [](const Controller& c) {
        return c.type == ControllerType::usb && c.model == ControllerModel::none;
    });
    for (std::size_t i = 0; i < controllers.size(); ++i) {
        const Controller& c = controllers[i];
        const bool companion =
            c.type == ControllerType::usb &&
            (c.model == ControllerModel::ich9_ehci1 || c.model == ControllerModel::ich9_uhci1 ||
             c.model == ControllerModel::ich9_uhci2 || c.model == ControllerModel::ich9_uhci3);
        if (!companion && !seen.emplace(c.type, c.index.value_or(0)).second && !no_usb) {
            problem(out, domain_conf, Code::xml_error, at("controller", i, "/@index"),
                    "Multiple '{}' controllers with index '{}'", schema::word(c.type), c.index.value_or(0));
        }
        if (no_usb && c.type == ControllerType::usb && c.model != ControllerModel::none) {
            problem(out, domain_conf, Code::xml_detail, at("controller", i),
                    "Can't add another USB controller: USB is disabled for this domain");
        }
        if (c.type == ControllerType::ide && board == Board::q35) {
            problem(out, driver, Code::config_unsupported, at("controller", i),
                    "IDE controllers are unsupported for this QEMU binary or machine type");
        }
        if (c.type == ControllerType::ide && board == Board::i440fx && c.index.value_or(0) > 0) {
            problem(out, driver, Code::internal_error, at("controller", i),
                    "Only 1 IDE controller is supported");
        }
        constexpr unsigned last_bus = 255;
        if (c.type == ControllerType::pci && c.index.value_or(0) > last_bus) {
            problem(out, domain_conf, Code::xml_error, at("controller", i, "/@index"),
                    "PCI controller index {} too high, maximum is {}", *c.index, last_bus);
        }
        const PciAddress* place = c.info.pci();
        if (c.type == ControllerType::sata && c.index == 0 && board == Board::q35 && place != nullptr &&
            (place->bus != 0 || place->slot != 0x1f || place->function != 2)) {
            problem(out, driver, Code::internal_error, at("controller", i, "/address"),
                    "Primary SATA controller must have PCI address 0:0:1f.2");
        }
    }
    if (no_usb && std::ranges::any_of(domain.devices.inputs,
                                      [](const Input& input) { return input.bus == InputBus::usb; })) {
        problem(out, domain_conf, Code::xml_error, "/domain/devices/input",
                "Device configuration is not compatible: Domain has USB bus disabled but a USB device is "
                "configured");
    }
}

void check_screens(const Domain& domain, Diagnostics& out) {
    const Devices& d = domain.devices;
    for (std::size_t i = 0; i < d.inputs.size(); ++i) {
        const Input& input = d.inputs[i];
        if (input.bus == InputBus::ps2 && input.type != InputType::mouse &&
            input.type != InputType::keyboard) {
            problem(out, domain_conf, Code::internal_error, at("input", i, "/@bus"),
                    "ps2 bus does not support {} input device", schema::word(input.type));
        }
    }
    for (std::size_t i = 0; i < d.graphics.size(); ++i) {
        const Vnc* vnc = d.graphics[i].vnc();
        if (vnc == nullptr) { continue; }
        constexpr std::size_t longest = 8; // of the VNC protocol's challenge
        if (vnc->password.size() > longest) {
            problem(out, driver, Code::config_unsupported, at("graphics", i, "/@passwd"),
                    "VNC password is {} characters long, only {} permitted", vnc->password.size(), longest);
        }
        if (!vnc->listen.empty() && !vnc->listens.empty() &&
            vnc->listens.front().type == ListenType::address && vnc->listens.front().address != vnc->listen) {
            problem(out, domain_conf, Code::config_unsupported, at("graphics", i, "/@listen"),
                    "graphics 'listen' attribute '{}' must match 'address' attribute of first listen element "
                    "(found "
                    "'{}')",
                    vnc->listen, shown(vnc->listens.front().address));
        }
    }
    if (d.watchdogs.size() > 1) {
        problem(out, domain_conf, Code::internal_error, at("watchdog", 1),
                "only a single watchdog device is supported");
    }
    for (std::size_t i = 0; i < d.videos.size(); ++i) {
        const VideoModel& model = d.videos[i].model;
        const bool secondary = model.type == VideoType::qxl || model.type == VideoType::virtio ||
                               model.type == VideoType::gop || model.type == VideoType::parallels;
        if (i > 0 && !secondary) {
            problem(out, driver, Code::config_unsupported, at("video", i, "/model/@type"),
                    "video type '{}' is only valid as primary video device", schema::word(model.type));
        }
        if (model.heads.value_or(1) > 1 && model.type != VideoType::qxl && model.type != VideoType::virtio) {
            problem(out, driver, Code::config_unsupported, at("video", i, "/model/@heads"),
                    "video type '{}' doesn't support multiple 'heads'", schema::word(model.type));
        }
    }
}

/// Everything all devices share: names, boot order, PCI numbers.
class InfoCheck {
  public:
    InfoCheck(const Domain& domain, Diagnostics& out) : out_(out) {
        const Devices& d = domain.devices;
        all("disk", d.disks);
        all("controller", d.controllers);
        all("interface", d.interfaces);
        all("serial", d.serials);
        all("parallel", d.parallels);
        all("channel", d.channels);
        all("input", d.inputs);
        all("sound", d.sounds);
        all("video", d.videos);
        all("watchdog", d.watchdogs);
        all("rng", d.rngs);
        if (d.balloon) { one("memballoon", 0, d.balloon->info); }
        if (!orders_.empty() && !domain.os.boot.empty()) {
            problem(out_, domain_conf, Code::config_unsupported, "/domain/os/boot",
                    "per-device boot elements cannot be used together with os/boot elements");
        }
    }

  private:
    template <class T> void all(std::string_view name, const std::vector<T>& devices) {
        for (std::size_t i = 0; i < devices.size(); ++i) { one(name, i, devices[i].info); }
    }

    void one(std::string_view name, std::size_t i, const DeviceInfo& info) {
        if (!info.alias.name.empty() && !aliases_.insert(info.alias.name).second) {
            problem(out_, domain_conf, Code::config_unsupported, at(name, i, "/alias/@name"),
                    "non unique alias detected: {}", info.alias.name);
        }
        if (info.boot_order == 0U) {
            problem(out_, ErrorSource::xml, Code::xml_error, at(name, i, "/boot/@order"),
                    "Invalid value for attribute 'order' in element 'boot': Zero is not permitted");
        } else if (info.boot_order && !orders_.insert(*info.boot_order).second) {
            problem(out_, domain_conf, Code::config_unsupported, at(name, i, "/boot/@order"),
                    "boot order '{}' used for more than one device", *info.boot_order);
        }
    }

    Diagnostics& out_;
    std::set<std::string_view> aliases_;
    std::set<std::uint32_t> orders_;
};

} // namespace

void check_devices(const Domain& domain, Diagnostics& out) {
    check_controllers(domain, out);
    check_disks(domain, out);
    check_interfaces(domain, out);
    check_characters(domain, out);
    check_screens(domain, out);
    InfoCheck(domain, out);
}

} // namespace yado::model
