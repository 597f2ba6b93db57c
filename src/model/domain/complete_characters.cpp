// SPDX-License-Identifier: Apache-2.0
// Byte streams: defaults of their back ends, ports and models; the first console is the first serial port.
#include "model/domain/complete_devices.h"

#include <algorithm>

#include "model/domain/machine.h"
#include "model/domain/placing.h"

namespace yado::model {
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

/// Ports not given count on from `highest`, and from those before them.
template <class T> void number_ports(std::vector<T>& devices, std::int64_t highest = -1) {
    for (T& device : devices) {
        if (!device.port) { device.port = static_cast<std::uint32_t>(highest + 1); }
        highest = std::max<std::int64_t>(highest, *device.port);
    }
}

/// Of the ports that are given; -1 when none is.
std::int64_t highest_port(const std::vector<Serial>& serials) {
    std::int64_t highest = -1;
    for (const Serial& serial : serials) {
        if (serial.port) { highest = std::max<std::int64_t>(highest, *serial.port); }
    }
    return highest;
}

SerialModel model_of(SerialTarget target, std::string_view arch) {
    switch (target) {
    case SerialTarget::isa: return SerialModel::isa_serial;
    case SerialTarget::usb: return SerialModel::usb_serial;
    case SerialTarget::pci: return SerialModel::pci_serial;
    case SerialTarget::spapr_vio: return SerialModel::spapr_vty;
    case SerialTarget::isa_debug: return SerialModel::isa_debugcon;
    case SerialTarget::system:
        if (is_arm(arch)) { return SerialModel::pl011; }
        return is_riscv(arch) ? SerialModel::model_16550a : SerialModel::unset;
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
    number_ports(d.serials, highest_port(d.serials));
    for (Parallel& parallel : d.parallels) { complete_backend(parallel.backend); }
    number_ports(d.parallels);
    std::uint32_t position = 0;
    for (Console& console : d.consoles) {
        complete_backend(console.backend);
        if (console.target == ConsoleTarget::unset) { console.target = ConsoleTarget::serial; }
        console.port = position++;
    }
    for (Channel& channel : d.channels) { complete_backend(channel.backend); }
    for (Redirdev& redirdev : d.redirdevs) { complete_backend(redirdev.backend); }
    for (Rng& rng : d.rngs) {
        if (auto* egd = std::get_if<EgdSource>(&rng.backend)) { complete_backend(egd->backend); }
    }
    for (Smartcard& card : d.smartcards) {
        if (auto* passed = std::get_if<PassedCard>(&card.mode)) { complete_backend(passed->backend); }
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

} // namespace

void add_character_devices(Domain& domain) {
    Devices& d = domain.devices;
    add_console(d);
    complete_characters(domain);
    if (!d.consoles.empty() && !d.serials.empty() && d.consoles.front().target == ConsoleTarget::serial) {
        d.consoles.front().port = d.serials.front().port;
    }
}

void add_virtio_serial_controllers(Domain& domain) {
    const auto need = [&domain](const DeviceInfo& info) {
        const auto* given = std::get_if<VirtioSerialAddress>(&info.address);
        constexpr std::uint32_t most = 255; // place_virtio_serial refuses more
        const std::uint32_t index = given == nullptr ? 0 : given->controller;
        if (index <= most &&
            !has_controller(domain, ControllerType::virtio_serial, static_cast<std::uint16_t>(index))) {
            add_controller(domain, ControllerType::virtio_serial, static_cast<std::uint16_t>(index));
        }
    };
    for (const Channel& channel : domain.devices.channels) {
        if (channel.target == ChannelTarget::virtio) { need(channel.info); }
    }
    for (const Console& console : domain.devices.consoles) {
        if (console.target == ConsoleTarget::virtio) { need(console.info); }
    }
}

void add_smartcard_readers(Domain& domain) {
    std::int64_t last = -1; // slot of the first reader
    for (const Smartcard& card : domain.devices.smartcards) {
        const auto* place = std::get_if<CcidAddress>(&card.info.address);
        if (place != nullptr && place->controller == 0) { last = std::max<std::int64_t>(last, place->slot); }
    }
    for (Smartcard& card : domain.devices.smartcards) {
        if (std::holds_alternative<std::monostate>(card.info.address)) {
            card.info.address = CcidAddress{.controller = 0, .slot = static_cast<std::uint32_t>(++last)};
        }
        const auto* place = std::get_if<CcidAddress>(&card.info.address);
        constexpr std::uint32_t most = 255;
        if (place != nullptr && place->controller <= most &&
            !has_controller(domain, ControllerType::ccid, static_cast<std::uint16_t>(place->controller))) {
            add_controller(domain, ControllerType::ccid, static_cast<std::uint16_t>(place->controller));
        }
    }
}

} // namespace yado::model
