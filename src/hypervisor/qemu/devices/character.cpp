// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/character.h"

#include "base/error.h"

namespace yado::qemu {

namespace json = boost::json;

namespace {

std::string socket_mode(model::SocketMode mode) {
    return mode == model::SocketMode::connect ? "" : ",server=on,wait=off";
}

std::string reconnect(const schema::Rare<model::Reconnect>& setting) {
    if (!setting || setting->enabled != schema::YesNo::yes) return {};
    return fmt::format(",reconnect={}", setting->timeout.value_or(0));
}

struct BackendText {
    const DeviceContext& context;
    std::string id;
    std::string_view device_kind = "serial"; // of a host device

    std::string operator()(const model::NullChar&) const { return "null,id=" + id; }
    std::string operator()(const model::VirtualConsoleChar&) const { return "vc,id=" + id; }
    std::string operator()(const model::PtyChar&) const { return "pty,id=" + id; }
    std::string operator()(const model::StdioChar&) const { return "stdio,id=" + id; }
    std::string operator()(const model::DeviceChar& device) const {
        return fmt::format("{},id={},path={}", device_kind, id, escaped(device.path));
    }
    std::string operator()(const model::FileChar& file) const {
        std::string text = fmt::format("file,id={},path={}", id, escaped(file.path));
        if (file.append != schema::OnOff::unset)
            text += fmt::format(",append={}", on_off(file.append == schema::OnOff::on));
        return text;
    }
    std::string operator()(const model::PipeChar& pipe) const {
        return fmt::format("pipe,id={},path={}", id, escaped(pipe.path));
    }
    std::string operator()(const model::UdpChar& udp) const {
        std::string text = "udp,id=" + id;
        for (const model::UdpEndpoint& end : udp.endpoints) {
            const bool local = end.mode == model::SocketMode::bind;
            if (!end.host.empty())
                text += fmt::format(",{}={}", local ? "localaddr" : "host", escaped(end.host));
            if (!end.service.empty())
                text += fmt::format(",{}={}", local ? "localport" : "port", escaped(end.service));
        }
        return text;
    }
    std::string operator()(const model::TcpChar& tcp) const {
        if (tcp.tls == schema::YesNo::yes) unsupported(context, "TLS of a character device");
        std::string text =
            fmt::format("socket,id={},host={},port={}", id, escaped(tcp.host), escaped(tcp.service));
        if (tcp.protocol == model::TcpProtocol::telnet) text += ",telnet=on";
        return text + socket_mode(tcp.mode) + reconnect(tcp.reconnect);
    }
    std::string operator()(const model::UnixChar& socket) const {
        return fmt::format("socket,id={},path={}", id, escaped(socket.path)) + socket_mode(socket.mode) +
               reconnect(socket.reconnect);
    }
    std::string operator()(const model::SpiceVmcChar&) const {
        unsupported(context, "character device type 'spicevmc'");
    }
    std::string operator()(const model::OtherChar& other) const {
        unsupported(context, fmt::format("character device type '{}'", other.word));
    }
};

std::string chardev_id(const model::CharDevice& device) { return "char" + device.info.alias.name; }

} // namespace

std::string chardev(const DeviceContext& context, const model::CharBackend& backend, std::string id) {
    return std::visit(BackendText{context, std::move(id)}, backend);
}

std::string chardev(const DeviceContext& context, const model::CharDevice& device, bool parallel) {
    const BackendText writer{context, chardev_id(device), parallel ? "parallel" : "serial"};
    std::string text = std::visit(writer, device.backend);
    if (device.log && !device.log->file.empty()) {
        text += fmt::format(",logfile={},logappend={}", escaped(device.log->file),
                            on_off(device.log->append == schema::OnOff::on));
    }
    return text;
}

json::object serial_device(const DeviceContext& context, const model::Serial& serial) {
    std::string_view driver = "isa-serial";
    switch (serial.target) {
    case model::SerialTarget::unset:
    case model::SerialTarget::isa: break;
    case model::SerialTarget::usb: driver = "usb-serial"; break;
    case model::SerialTarget::pci: driver = "pci-serial"; break;
    case model::SerialTarget::isa_debug: driver = "isa-debugcon"; break;
    default: unsupported(context, fmt::format("serial port type '{}'", schema::word(serial.target)));
    }
    json::object device = device_object(context, driver, serial.info.alias.name);
    device["chardev"] = chardev_id(serial);
    if (driver == "isa-serial") device["index"] = serial.port.value_or(0);
    add_address(device, context, serial.info);
    return device;
}

json::object parallel_device(const DeviceContext& context, const model::Parallel& parallel) {
    json::object device = device_object(context, "isa-parallel", parallel.info.alias.name);
    device["chardev"] = chardev_id(parallel);
    return device;
}

json::object console_device(const DeviceContext& context, const model::Console& console) {
    if (console.target != model::ConsoleTarget::virtio) {
        unsupported(context, fmt::format("console of type '{}'", schema::word(console.target)));
    }
    json::object device = device_object(context, "virtconsole", console.info.alias.name);
    device["chardev"] = chardev_id(console);
    add_address(device, context, console.info);
    return device;
}

json::object channel_device(const DeviceContext& context, const model::Channel& channel) {
    if (channel.target != model::ChannelTarget::virtio) {
        unsupported(context, fmt::format("channel of type '{}'", schema::word(channel.target)));
    }
    json::object device = device_object(context, "virtserialport", channel.info.alias.name);
    add_address(device, context, channel.info);
    device["chardev"] = chardev_id(channel);
    if (!channel.name.empty()) device["name"] = channel.name;
    return device;
}

} // namespace yado::qemu
