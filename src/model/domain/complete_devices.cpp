// SPDX-License-Identifier: Apache-2.0
#include "model/domain/complete_devices.h"

#include <algorithm>
#include <bit>

#include "model/domain/machine.h"
#include "model/domain/placing.h"

namespace yado::model {
namespace {

bool has_device(const Domain& domain, const CompleteContext& context, std::string_view device) {
    return !context.has_device || context.has_device(domain, device);
}

bool is_qemu(const Domain& domain) {
    return domain.type == DomainType::qemu || domain.type == DomainType::kvm ||
           domain.type == DomainType::hvf;
}

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

void insert_controller(std::vector<Controller>& controllers, Controller controller) {
    std::optional<std::size_t> at;
    for (std::size_t i = controllers.size(); i-- > 0;) {
        const Controller& other = controllers[i];
        if (other.type != controller.type) { continue; }
        if (!controller.index) {
            at = i + 1;
            break;
        }
        const int other_index = other.index ? *other.index : -1;
        if (other_index > *controller.index) {
            at = i;
        } else if (!controller.master_start_port && other.master_start_port &&
                   other_index == *controller.index) {
            at = i; // a companion stands behind its master
        } else if (!at) {
            at = i + 1;
        }
    }
    controllers.insert(controllers.begin() + static_cast<std::ptrdiff_t>(at.value_or(controllers.size())),
                       std::move(controller));
}

DiskBus bus_of(std::string_view target) {
    if (target.starts_with("hd")) { return DiskBus::ide; }
    if (target.starts_with("sd")) { return DiskBus::scsi; }
    if (target.starts_with("vd")) { return DiskBus::virtio; }
    if (target.starts_with("xvd")) { return DiskBus::xen; }
    return target.starts_with("ubd") ? DiskBus::uml : DiskBus::ide;
}

} // namespace

void sort_devices(Domain& domain) {
    std::vector<Disk> disks;
    disks.reserve(domain.devices.disks.size());
    for (const std::size_t i : disk_order(domain.devices.disks)) {
        disks.push_back(std::move(domain.devices.disks[i]));
    }
    domain.devices.disks = std::move(disks);
    std::vector<Controller> controllers;
    controllers.reserve(domain.devices.controllers.size());
    for (Controller& controller : domain.devices.controllers) {
        insert_controller(controllers, std::move(controller));
    }
    domain.devices.controllers = std::move(controllers);
    for (Controller& controller : domain.devices.controllers) {
        if (!controller.index) { controller.index = free_index(domain, controller.type); }
    }
}

void add_machine_devices(Domain& domain, const CompleteContext& context) {
    if (!context.add_devices) { return; }
    const Board board = board_of(domain);
    const bool x86 = is_x86(domain.os.type.arch);
    const bool no_usb = std::ranges::none_of(
        domain.devices.controllers, [](const Controller& c) { return c.type == ControllerType::usb; });
    if (no_usb && x86 && board != Board::other) {
        const bool xhci = board == Board::q35 && has_device(domain, context, "qemu-xhci");
        add_controller(domain, ControllerType::usb, 0,
                       xhci ? ControllerModel::qemu_xhci : ControllerModel::unset);
    }
    if (board == Board::q35 && !has_controller(domain, ControllerType::sata, 0)) {
        add_controller(domain, ControllerType::sata, 0);
    }
    if (board != Board::other && !has_controller(domain, ControllerType::pci, 0)) {
        add_controller(domain, ControllerType::pci, 0,
                       has_pcie_root(board) ? ControllerModel::pcie_root : ControllerModel::pci_root);
    }
    if (!domain.devices.balloon) {
        domain.devices.balloon.emplace().model =
            board == Board::other ? BalloonModel::none : BalloonModel::virtio;
    }
}

void complete_disks(Domain& domain, const CompleteContext& context) {
    for (Disk& disk : domain.devices.disks) {
        if (disk.target.bus == DiskBus::unset && !disk.target.dev.empty()) {
            disk.target.bus = disk.device == DiskDevice::floppy ? DiskBus::fdc : bus_of(disk.target.dev);
        }
        if (disk.device == DiskDevice::cdrom) { disk.readonly = true; }
        if (disk.target.tray == TrayState::closed) { disk.target.tray = TrayState::unset; }
        if (context.fill_drivers) {
            if (disk.driver.name.empty()) { disk.driver.name = "qemu"; }
            if (disk.driver.type == ImageFormat::unset || disk.driver.type == ImageFormat::none) {
                disk.driver.type = ImageFormat::raw;
            }
        }
        const bool removable = disk.device == DiskDevice::cdrom || disk.device == DiskDevice::floppy;
        const auto* other = std::get_if<OtherSource>(&disk.source);
        if (removable && (disk.is_empty() || (other != nullptr && other->rest.empty()))) {
            disk.source = FileSource(); // an empty drive is of no kind
        }
    }
}

void complete_interfaces(Domain& domain, const CompleteContext& context) {
    for (Interface& interface : domain.devices.interfaces) {
        if (interface.mac.is_null()) { interface.mac = context.new_mac(); }
        if (interface.model.empty() && is_qemu(domain)) {
            interface.model = is_x86(domain.os.type.arch) ? "rtl8139" : "virtio";
        }
        if (!context.tap_prefix.empty() && interface.target.device.starts_with(context.tap_prefix)) {
            interface.target.device.clear();
        }
    }
}

namespace {

void complete_backend(CharBackend& backend) {
    if (auto* tcp = std::get_if<TcpChar>(&backend)) {
        if (tcp->mode == SocketMode::unset) { tcp->mode = SocketMode::connect; }
        if (tcp->protocol == TcpProtocol::unset) { tcp->protocol = TcpProtocol::raw; }
    }
    if (auto* socket = std::get_if<UnixChar>(&backend)) {
        // Without a path the daemon makes the socket, whatever the mode said.
        if (socket->path.empty()) {
            socket->mode = SocketMode::unset;
        } else if (socket->mode == SocketMode::unset) {
            socket->mode = SocketMode::connect;
        }
    }
    if (auto* udp = std::get_if<UdpChar>(&backend)) {
        for (UdpEndpoint& endpoint : udp->endpoints) {
            if (endpoint.mode == SocketMode::unset) { endpoint.mode = SocketMode::connect; }
        }
    }
}

/// Ports not given count on from the highest before them.
template <class T> void number_ports(std::vector<T>& devices) {
    std::int64_t highest = -1;
    for (T& device : devices) {
        if (!device.port) { device.port = static_cast<std::uint32_t>(highest + 1); }
        highest = std::max<std::int64_t>(highest, *device.port);
    }
}

SerialModel model_of(SerialTarget target, std::string_view arch) {
    switch (target) {
    case SerialTarget::isa: return SerialModel::isa_serial;
    case SerialTarget::usb: return SerialModel::usb_serial;
    case SerialTarget::pci: return SerialModel::pci_serial;
    case SerialTarget::spapr_vio: return SerialModel::spapr_vty;
    case SerialTarget::isa_debug: return SerialModel::isa_debugcon;
    case SerialTarget::system: return is_riscv(arch) ? SerialModel::model_16550a : SerialModel::pl011;
    case SerialTarget::sclp: return SerialModel::sclpconsole;
    case SerialTarget::unset: break;
    }
    return SerialModel::unset;
}

} // namespace

void complete_characters(Domain& domain) {
    Devices& d = domain.devices;
    for (Serial& serial : d.serials) {
        complete_backend(serial.backend);
        if (serial.target == SerialTarget::unset && is_qemu(domain)) {
            serial.target = is_x86(domain.os.type.arch) ? SerialTarget::isa : SerialTarget::system;
        }
        if (serial.model == SerialModel::unset) {
            serial.model = model_of(serial.target, domain.os.type.arch);
        }
    }
    number_ports(d.serials);
    for (Parallel& parallel : d.parallels) { complete_backend(parallel.backend); }
    number_ports(d.parallels);
    std::uint32_t position = 0;
    for (Console& console : d.consoles) {
        complete_backend(console.backend);
        if (console.target == ConsoleTarget::unset) { console.target = ConsoleTarget::serial; }
        if (!console.port) { console.port = position; }
        ++position;
    }
    for (Channel& channel : d.channels) { complete_backend(channel.backend); }
    for (Rng& rng : d.rngs) {
        if (auto* egd = std::get_if<EgdSource>(&rng.backend)) { complete_backend(egd->backend); }
    }
}

void complete_controllers(Domain& domain, const CompleteContext& context) {
    for (Controller& controller : domain.devices.controllers) {
        if (controller.model != ControllerModel::unset && controller.model != ControllerModel::auto_) {
            continue;
        }
        if (controller.type == ControllerType::usb && is_qemu(domain)) {
            const bool x86 = is_x86(domain.os.type.arch);
            controller.model = x86 ? ControllerModel::piix3_uhci : ControllerModel::qemu_xhci;
        } else if (controller.type == ControllerType::scsi && is_qemu(domain)) {
            const bool lsi = has_device(domain, context, "lsi53c895a");
            controller.model = lsi ? ControllerModel::lsilogic : ControllerModel::virtio_scsi;
        }
    }
}

void complete_inputs(Domain& domain) {
    for (Input& input : domain.devices.inputs) {
        if (input.bus != InputBus::unset) { continue; }
        const bool pointer = input.type == InputType::tablet;
        const bool passed = input.type == InputType::passthrough;
        const bool ps2 = !pointer && !passed && is_x86(domain.os.type.arch);
        if (input.type == InputType::evdev) { continue; }
        if (passed) {
            input.bus = InputBus::virtio;
        } else {
            input.bus = ps2 ? InputBus::ps2 : InputBus::usb;
        }
    }
}

void complete_graphics(Domain& domain) {
    for (Graphics& graphics : domain.devices.graphics) {
        Vnc* vnc = graphics.vnc();
        if (vnc == nullptr) { continue; }
        if (vnc->listens.empty()) {
            GraphicsListen& listen = vnc->listens.emplace_back();
            if (!vnc->socket.empty()) {
                listen.type = ListenType::socket;
                listen.socket = vnc->socket;
            } else {
                listen.address = vnc->listen;
            }
        }
        const GraphicsListen& first = vnc->listens.front();
        if (first.type == ListenType::address && !first.address.empty() && vnc->listen.empty()) {
            vnc->listen = first.address;
        }
        if (first.type == ListenType::socket && vnc->socket.empty()) { vnc->socket = first.socket; }
        if (first.type == ListenType::socket || first.type == ListenType::none) {
            vnc->port.reset();
            vnc->autoport = schema::YesNo::unset;
            continue;
        }
        // No port, -1, or a port beside autoport='yes': all mean "any". Port 0 means none.
        const bool any = vnc->autoport == schema::YesNo::yes || vnc->port == -1 ||
                         (!vnc->port && vnc->autoport != schema::YesNo::no);
        if (any) {
            vnc->port = -1;
        } else if (vnc->port == 0) {
            vnc->port.reset();
        }
        vnc->autoport = schema::yes_no(any);
    }
}

void complete_videos(Domain& domain, const CompleteContext& context) {
    Devices& d = domain.devices;
    const bool screen = std::ranges::any_of(d.graphics, [](const Graphics& graphics) {
        const auto* other = std::get_if<OtherGraphics>(&graphics.kind);
        return other == nullptr || other->word != "egl-headless";
    });
    if (d.videos.empty() && screen && context.add_devices) { d.videos.emplace_back(); }
    const auto primary = std::ranges::find_if(
        d.videos, [](const Video& video) { return video.model.primary == schema::YesNo::yes; });
    if (primary != d.videos.end()) { std::rotate(d.videos.begin(), primary, primary + 1); }
    for (Video& video : d.videos) {
        VideoModel& model = video.model;
        if (model.type == VideoType::unset && is_qemu(domain)) {
            if (!is_x86(domain.os.type.arch)) {
                model.type = VideoType::virtio;
            } else {
                model.type = has_device(domain, context, "cirrus-vga") ? VideoType::cirrus : VideoType::vga;
            }
        }
        const bool first = &video == &d.videos.front();
        switch (model.type) {
        case VideoType::vga:
        case VideoType::cirrus:
        case VideoType::vmvga:
        case VideoType::bochs:
            if (model.vram.value_or(0) == 0) { model.vram = 16 * 1024; }
            break;
        case VideoType::qxl:
            model.ram = std::bit_ceil(model.ram.value_or(0) == 0 ? 64U * 1024 : *model.ram);
            model.vram = std::bit_ceil(model.vram.value_or(0) == 0 ? 64U * 1024 : *model.vram);
            model.vgamem = std::bit_ceil(model.vgamem.value_or(0) == 0 ? 16U * 1024 : *model.vgamem);
            if (model.vram64 == 0U) { model.vram64.reset(); }
            break;
        default: break;
        }
        if (model.type != VideoType::none && model.type != VideoType::unset) {
            if (!model.heads) { model.heads = 1; }
            if (first && std::ranges::none_of(d.videos, [](const Video& v) {
                    return v.model.primary == schema::YesNo::yes;
                })) {
                model.primary = schema::YesNo::yes;
            }
        }
        if (model.primary == schema::YesNo::no) { model.primary = schema::YesNo::unset; }
    }
}

void complete_others(Domain& domain) {
    for (Rng& rng : domain.devices.rngs) {
        if (auto* random = std::get_if<RandomSource>(&rng.backend);
            random != nullptr && random->path.empty()) {
            random->path = "/dev/random";
        }
        if (rng.rate && rng.rate->bytes == 0) { rng.rate.reset(); }
    }
    for (Watchdog& watchdog : domain.devices.watchdogs) {
        if (watchdog.action == WatchdogAction::unset) { watchdog.action = WatchdogAction::reset; }
    }
    for (SecurityLabel& label : domain.security_labels) {
        if (label.type.empty()) { label.type = "dynamic"; }
        if (label.type == "none") {
            label.model = label.model.empty() ? "none" : label.model;
            label.relabel = schema::YesNo::unset;
        } else if (label.relabel == schema::YesNo::unset) {
            label.relabel = schema::yes_no(label.type == "dynamic");
        }
    }
}

namespace {

bool is_first_console(SerialTarget target) {
    return target != SerialTarget::usb && target != SerialTarget::pci && target != SerialTarget::isa_debug;
}

void add_console(Devices& d) {
    // The first console and the first serial port are one stream; either brings the other.
    if (!d.consoles.empty() && d.consoles.front().target == ConsoleTarget::serial) {
        Console& console = d.consoles.front();
        if (d.serials.empty()) {
            Serial& serial = d.serials.emplace_back();
            serial.backend = std::move(console.backend);
            serial.log = std::move(console.log);
            serial.info = std::move(console.info);
        }
    } else if (!d.serials.empty() && is_first_console(d.serials.front().target)) {
        d.consoles.insert(d.consoles.begin(), Console());
    } else {
        return;
    }
    Console& console = d.consoles.front();
    const Serial& serial = d.serials.front();
    console.backend = serial.backend;
    console.log = serial.log;
    console.info = serial.info;
    console.target = ConsoleTarget::serial;
    console.port = serial.port;
}

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
            add_controller(domain, type, static_cast<std::uint16_t>(index));
        }
    }
}

bool has_input(const Devices& d, InputType type) {
    return std::ranges::any_of(d.inputs,
                               [type](const Input& i) { return i.type == type && i.bus == InputBus::ps2; });
}

} // namespace

void add_implied_devices(Domain& domain, const CompleteContext& context) {
    if (!context.add_devices) { return; }
    Devices& d = domain.devices;
    add_console(d);
    complete_characters(domain);
    if (!d.consoles.empty() && !d.serials.empty() && d.consoles.front().target == ConsoleTarget::serial) {
        d.consoles.front().port = d.serials.front().port;
    }
    add_drive_controllers(domain, ControllerType::scsi, DiskBus::scsi);
    add_drive_controllers(domain, ControllerType::fdc, DiskBus::fdc);
    add_drive_controllers(domain, ControllerType::ide, DiskBus::ide);
    add_drive_controllers(domain, ControllerType::sata, DiskBus::sata);
    std::int64_t virtio_serial = -1;
    for (const Channel& channel : d.channels) {
        if (channel.target == ChannelTarget::virtio) {
            const auto* given = std::get_if<VirtioSerialAddress>(&channel.info.address);
            virtio_serial = std::max<std::int64_t>(virtio_serial, given == nullptr ? 0 : given->controller);
        }
    }
    for (const Console& console : d.consoles) {
        virtio_serial =
            std::max<std::int64_t>(virtio_serial, console.target == ConsoleTarget::virtio ? 0 : -1);
    }
    constexpr std::int64_t most = 255;
    for (std::int64_t index = 0; index <= std::min(virtio_serial, most); ++index) {
        if (!has_controller(domain, ControllerType::virtio_serial, static_cast<std::uint16_t>(index))) {
            add_controller(domain, ControllerType::virtio_serial, static_cast<std::uint16_t>(index));
        }
    }
    const bool smartcard = !d.rest.element("smartcard").empty();
    if (smartcard && !has_controller(domain, ControllerType::ccid, 0)) {
        add_controller(domain, ControllerType::ccid, 0);
    }
    if (is_x86(domain.os.type.arch) && domain.os.type.type == "hvm") {
        for (const InputType type : {InputType::mouse, InputType::keyboard}) {
            if (!has_input(d, type)) {
                Input& input = d.inputs.emplace_back();
                input.type = type;
                input.bus = InputBus::ps2;
            }
        }
    }
    if (d.audios.empty()) {
        Audio& audio = d.audios.emplace_back();
        audio.id = 1;
        audio.type = "none";
        // The last screen decides. SDL finds its own way to the host's sound.
        const auto* other =
            d.graphics.empty() ? nullptr : std::get_if<OtherGraphics>(&d.graphics.back().kind);
        if (other != nullptr && other->word == "spice") {
            audio.type = other->word;
        } else if (other != nullptr && other->word == "sdl") {
            d.audios.clear();
        }
    }
}

} // namespace yado::model
