// SPDX-License-Identifier: Apache-2.0
#include "model/domain/check_sources.h"

#include <arpa/inet.h>

#include <algorithm>

#include "model/domain/complete_devices.h"
#include "model/domain/machine.h"

namespace yado::model {

using schema::Diagnostics;

namespace {

std::string_view type_of(const CharBackend& backend) {
    return schema::UnionTags<CharBackend>::values[backend.index()];
}

/// What a back end lacks, in libvirt's words and with its numbers.
struct BackendCheck {
    std::string path;
    bool daemon_chooses; ///< a socket's path
    Diagnostics& out;

    void missing(std::string_view what) const {
        problem(out, domain_conf, Code::internal_error, path, "Missing source {} attribute for char device",
                what);
    }
    void need_channel(const std::string& channel) const {
        if (channel.empty()) {
            problem(out, domain_conf, Code::config_unsupported, path,
                    "Missing source channel attribute for char device");
        }
    }
    void need_path(const std::string& file, const std::vector<DeviceLabel>& labels) const {
        if (file.empty()) { missing("path"); }
        check_labels(labels, path + "/seclabel", out);
    }
    void check_reconnect(SocketMode mode, const schema::Rare<Reconnect>& reconnect) const {
        if (!reconnect) { return; }
        if (reconnect->enabled == schema::YesNo::yes && !reconnect->timeout) {
            problem(out, ErrorSource::xml, Code::xml_error, path + "/reconnect",
                    "Missing required attribute 'timeout' in element 'reconnect'");
        }
        if (mode == SocketMode::bind) {
            problem(out, domain_conf, Code::internal_error, path + "/reconnect",
                    "chardev reconnect is possible only for connect mode");
        }
    }

    void operator()(const PtyChar& pty) const { check_labels(pty.labels, path + "/seclabel", out); }
    void operator()(const DeviceChar& device) const { need_path(device.path, device.labels); }
    void operator()(const FileChar& file) const { need_path(file.path, file.labels); }
    void operator()(const PipeChar& pipe) const { need_path(pipe.path, pipe.labels); }
    void operator()(const UnixChar& socket) const {
        if (socket.path.empty() && !daemon_chooses) { missing("path"); }
        check_labels(socket.labels, path + "/seclabel", out);
        check_reconnect(socket.mode, socket.reconnect);
    }
    void operator()(const TcpChar& tcp) const {
        if (tcp.host.empty()) {
            missing("host");
        } else if (tcp.service.empty()) {
            missing("service");
        }
        check_reconnect(tcp.mode, tcp.reconnect);
    }
    void operator()(const UdpChar& udp) const {
        if (udp.endpoints.size() > 2) {
            problem(out, domain_conf, Code::xml_error, path,
                    "only two source elements are allowed for character device");
        } else if (std::ranges::all_of(udp.endpoints,
                                       [](const UdpEndpoint& end) { return end.service.empty(); })) {
            missing("service");
        }
    }
    void operator()(const SpicePortChar& port) const { need_channel(port.channel); }
    void operator()(const DbusChar& dbus) const { need_channel(dbus.channel); }
    void operator()(const NmdmChar& nmdm) const {
        if (nmdm.master.empty() || nmdm.slave.empty()) {
            problem(out, domain_conf, Code::internal_error, path,
                    "Should define both master and slave path attributes for nmdm device");
        }
    }
    template <class Other> void operator()(const Other&) const {}
};

void check_backend(const Domain& domain, const CharBackend& backend, std::string path, bool daemon_chooses,
                   Diagnostics& out) {
    const bool spice =
        std::holds_alternative<SpiceVmcChar>(backend) || std::holds_alternative<SpicePortChar>(backend);
    if (spice && is_qemu(domain) && !has_graphics<Spice>(domain.devices)) {
        problem(out, driver, Code::config_unsupported, path,
                "chardev '{}' not supported without spice graphics", type_of(backend));
    }
    std::visit(BackendCheck{std::move(path), daemon_chooses, out}, backend);
}

void check_port(const Domain& domain, const CharDevice& device, std::string_view element, std::size_t i,
                Diagnostics& out) {
    check_backend(domain, device.backend, at(element, i, "/source"), false, out);
    if (std::holds_alternative<SpiceVmcChar>(device.backend)) {
        problem(out, domain_conf, Code::config_unsupported, at(element, i, "/@type"),
                "spicevmc device type only supports virtio");
    }
}

/// The type of port that a model of chip belongs to.
SerialTarget target_of(SerialModel model) {
    switch (model) {
    case SerialModel::unset: break;
    case SerialModel::isa_serial: return SerialTarget::isa;
    case SerialModel::usb_serial: return SerialTarget::usb;
    case SerialModel::pci_serial: return SerialTarget::pci;
    case SerialModel::spapr_vty: return SerialTarget::spapr_vio;
    case SerialModel::pl011:
    case SerialModel::model_16550a: return SerialTarget::system;
    case SerialModel::sclpconsole:
    case SerialModel::sclplmconsole: return SerialTarget::sclp;
    case SerialModel::isa_debugcon: return SerialTarget::isa_debug;
    }
    return SerialTarget::unset;
}

/// The address a type of port has; an empty name for none in particular.
std::string_view address_of(SerialTarget target) {
    switch (target) {
    case SerialTarget::isa:
    case SerialTarget::isa_debug: return "isa";
    case SerialTarget::usb: return "usb";
    case SerialTarget::pci: return "pci";
    case SerialTarget::spapr_vio: return "spapr-vio";
    default: return {};
    }
}

bool fits_machine(const Domain& domain, SerialModel model) {
    const std::string_view arch = domain.os.type.arch;
    const bool virt = board_of(domain) == Board::virt;
    switch (model) {
    case SerialModel::pl011: return is_arm(arch) && virt;
    case SerialModel::model_16550a: return is_riscv(arch) && virt;
    case SerialModel::spapr_vty: return arch.starts_with("ppc64");
    case SerialModel::sclpconsole:
    case SerialModel::sclplmconsole: return arch.starts_with("s390");
    case SerialModel::isa_serial:
    case SerialModel::isa_debugcon: return is_x86(arch) || arch == "ppc64" || arch == "alpha";
    default: return true;
    }
}

void check_serial(const Domain& domain, const Serial& serial, std::size_t i, Diagnostics& out) {
    check_port(domain, serial, "serial", i, out);
    if (!is_qemu(domain)) { return; }
    const std::string_view wanted = address_of(serial.target);
    const std::string_view type = schema::UnionTags<Address>::values[serial.info.address.index()];
    if (!type.empty() && !wanted.empty() && type != wanted) {
        if (serial.target == SerialTarget::usb) {
            problem(out, domain_conf, Code::config_unsupported, at("serial", i, "/address"),
                    "usb-serial requires address of usb type");
        } else {
            problem(out, driver, Code::config_unsupported, at("serial", i, "/address"),
                    "Target type '{}' requires address type '{}'", schema::word(serial.target), wanted);
        }
    }
    const SerialTarget target = target_of(serial.model);
    if (target != SerialTarget::unset && target != serial.target) {
        problem(out, driver, Code::config_unsupported, at("serial", i, "/target/model/@name"),
                "Target model '{}' requires target type '{}'", schema::word(serial.model),
                schema::word(target));
    } else if (!fits_machine(domain, serial.model)) {
        problem(out, driver, Code::config_unsupported, at("serial", i, "/target"),
                "Serial device with target type '{}' and target model '{}' not compatible with guest "
                "architecture or machine type",
                schema::word(serial.target), schema::word(serial.model));
    }
}

void check_console(const Domain& domain, const Console& console, std::size_t i, Diagnostics& out) {
    check_port(domain, console, "console", i, out);
    const bool serial = console.target == ConsoleTarget::serial || console.target == ConsoleTarget::unset;
    if (serial && i > 0) {
        problem(out, domain_conf, Code::config_unsupported, at("console", i, "/target/@type"),
                "Only the first console can be a serial port");
    }
    const bool sclp = console.target == ConsoleTarget::sclp || console.target == ConsoleTarget::sclplm;
    if (!is_qemu(domain) || serial || console.target == ConsoleTarget::virtio) { return; }
    if (!sclp) {
        problem(out, driver, Code::config_unsupported, at("console", i, "/target/@type"),
                "unsupported console target type {}", schema::word(console.target));
    } else if (!domain.os.type.arch.starts_with("s390")) {
        problem(out, driver, Code::config_unsupported, at("console", i, "/target/@type"),
                "{}console is not supported in this QEMU binary", schema::word(console.target));
    }
}

void check_guest_forward(const Channel& channel, std::size_t i, Diagnostics& out) {
    if (channel.address.empty()) {
        problem(out, domain_conf, Code::xml_error, at("channel", i, "/target/@address"),
                "guestfwd channel does not define a target address");
        return;
    }
    in_addr ipv4{};
    in6_addr ipv6{};
    if (::inet_pton(AF_INET6, channel.address.c_str(), &ipv6) == 1) {
        problem(out, domain_conf, Code::config_unsupported, at("channel", i, "/target/@address"),
                "guestfwd channel only supports IPv4 addresses");
    } else if (::inet_pton(AF_INET, channel.address.c_str(), &ipv4) != 1) {
        problem(out, ErrorSource::none, Code::system_error, at("channel", i, "/target/@address"),
                "Cannot parse socket address '{}': Name or service not known", channel.address);
    }
    if (!channel.port) {
        problem(out, ErrorSource::xml, Code::xml_error, at("channel", i, "/target/@port"),
                "Missing required attribute 'port' in element 'target'");
    }
}

} // namespace

void check_characters(const Domain& domain, Diagnostics& out) {
    const Devices& d = domain.devices;
    for (std::size_t i = 0; i < d.serials.size(); ++i) { check_serial(domain, d.serials[i], i, out); }
    for (std::size_t i = 0; i < d.parallels.size(); ++i) {
        check_port(domain, d.parallels[i], "parallel", i, out);
    }
    for (std::size_t i = 0; i < d.consoles.size(); ++i) { check_console(domain, d.consoles[i], i, out); }
    for (std::size_t i = 0; i < d.channels.size(); ++i) {
        const Channel& channel = d.channels[i];
        check_backend(domain, channel.backend, at("channel", i, "/source"),
                      channel.target == ChannelTarget::virtio, out);
        if (channel.target == ChannelTarget::guestfwd) { check_guest_forward(channel, i, out); }
    }
    for (std::size_t i = 0; i < d.smartcards.size(); ++i) {
        if (const auto* passed = std::get_if<PassedCard>(&d.smartcards[i].mode)) {
            check_backend(domain, passed->backend, at("smartcard", i, "/source"), false, out);
        }
    }
    for (std::size_t i = 0; i < d.rngs.size(); ++i) {
        if (const auto* egd = std::get_if<EgdSource>(&d.rngs[i].backend)) {
            check_backend(domain, egd->backend, at("rng", i, "/backend"), false, out);
        }
    }
    for (std::size_t i = 0; i < d.redirdevs.size(); ++i) {
        check_backend(domain, d.redirdevs[i].backend, at("redirdev", i, "/source"), false, out);
    }
}

} // namespace yado::model
