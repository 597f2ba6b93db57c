// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/character.h"

#include "base/error.h"
#include "hypervisor/qemu/devices/chardev.h"

namespace yado::qemu {

namespace json = boost::json;

namespace {

std::string chardev_id(const model::CharDevice& device) { return "char" + device.info.alias.name; }

bool wants_tls(const DeviceContext& context, const model::CharBackend& backend) {
    const auto* tcp = std::get_if<model::TcpChar>(&backend);
    if (tcp == nullptr) return false;
    return tcp->tls == schema::YesNo::unset ? context.facts.characters.tls : tcp->tls == schema::YesNo::yes;
}

json::object tls_credentials(const CharacterFacts& facts, const model::TcpChar& tcp, std::string_view id) {
    json::object credentials;
    credentials["qom-type"] = "tls-creds-x509";
    credentials["id"] = id;
    credentials["dir"] = facts.tls_dir;
    credentials["endpoint"] = tcp.mode == model::SocketMode::bind ? "server" : "client";
    credentials["verify-peer"] = tcp.mode == model::SocketMode::bind ? facts.tls_verify : true;
    return credentials;
}

Stream stream_of(const model::CharDevice& device) {
    return {.backend = device.backend,
            .log = device.log ? &*device.log : nullptr,
            .id = chardev_id(device),
            .parallel = false,
            .spice = "vdagent"};
}

} // namespace

std::string chardev(const DeviceContext& context, const model::CharBackend& backend, std::string id) {
    return make_chardev(
               context,
               {.backend = backend, .log = nullptr, .id = std::move(id), .parallel = false, .spice = {}}, {})
        .option;
}

void add_stream(DeviceParts& parts, const DeviceContext& context, const Stream& stream) {
    std::string credentials;
    if (wants_tls(context, stream.backend)) {
        require_object(context, "tls-creds-x509");
        credentials = fmt::format("obj{}_tls0", stream.id);
        parts.credentials.push_back(
            tls_credentials(context.facts.characters, std::get<model::TcpChar>(stream.backend), credentials));
    }
    parts.chardevs.push_back(make_chardev(context, stream, credentials));
    if (const auto* file = std::get_if<model::FileChar>(&stream.backend))
        parts.log_files.push_back(file->path);
    if (stream.log != nullptr && !stream.log->file.empty()) parts.log_files.push_back(stream.log->file);
    if (const auto* device = std::get_if<model::DeviceChar>(&stream.backend))
        parts.paths.push_back(device->path);
}

DeviceParts serial_parts(const DeviceContext& context, const model::Serial& serial) {
    DeviceParts parts;
    add_stream(parts, context, stream_of(serial));
    std::string_view driver = "isa-serial";
    switch (serial.target) {
    case model::SerialTarget::unset:
    case model::SerialTarget::isa: break;
    case model::SerialTarget::usb: driver = "usb-serial"; break;
    case model::SerialTarget::pci: driver = "pci-serial"; break;
    case model::SerialTarget::isa_debug: driver = "isa-debugcon"; break;
    case model::SerialTarget::spapr_vio: driver = "spapr-vty"; break;
    case model::SerialTarget::sclp: driver = schema::word(serial.model); break;
    case model::SerialTarget::system: // the board has the chip
        if (serial.model == model::SerialModel::unset) unsupported(context, "a serial port of the board");
        parts.options.emplace_back("-serial", "chardev:" + chardev_id(serial));
        return parts;
    }
    json::object device = device_object(context, driver, {});
    device["chardev"] = chardev_id(serial);
    device["id"] = serial.info.alias.name;
    if (driver == "isa-serial") device["index"] = serial.port.value_or(0);
    add_address(device, context, serial.info);
    parts.devices.push_back(std::move(device));
    return parts;
}

DeviceParts parallel_parts(const DeviceContext& context, const model::Parallel& parallel) {
    DeviceParts parts;
    Stream stream = stream_of(parallel);
    stream.parallel = true;
    add_stream(parts, context, stream);
    json::object device = device_object(context, "isa-parallel", {});
    device["chardev"] = chardev_id(parallel);
    device["id"] = parallel.info.alias.name;
    add_address(device, context, parallel.info);
    parts.devices.push_back(std::move(device));
    return parts;
}

DeviceParts console_parts(const DeviceContext& context, const model::Console& console) {
    DeviceParts parts;
    add_stream(parts, context, stream_of(console));
    std::string_view driver = "virtconsole";
    switch (console.target) {
    case model::ConsoleTarget::virtio: break;
    case model::ConsoleTarget::sclp: driver = "sclpconsole"; break;
    case model::ConsoleTarget::sclplm: driver = "sclplmconsole"; break;
    default: unsupported(context, fmt::format("console of type '{}'", schema::word(console.target)));
    }
    json::object device = device_object(context, driver, {});
    device["chardev"] = chardev_id(console);
    device["id"] = console.info.alias.name;
    add_address(device, context, console.info);
    parts.devices.push_back(std::move(device));
    return parts;
}

namespace {

// Connections of the guest to an address of the host's network end in the stream.
json::object guest_forward(const model::Channel& channel) {
    json::object forward;
    forward["str"] =
        fmt::format("tcp:{}:{}-chardev:{}", channel.address, channel.port.value_or(0), chardev_id(channel));
    json::object network;
    network["type"] = "user";
    network["guestfwd"] = json::array{std::move(forward)};
    network["id"] = channel.info.alias.name;
    return network;
}

} // namespace

void place_channel(model::Channel& channel, const std::string& directory) {
    auto* socket = std::get_if<model::UnixChar>(&channel.backend);
    if (socket == nullptr || !socket->path.empty()) return;
    const std::string& name = channel.name.empty() ? channel.info.alias.name : channel.name;
    if (name.find('/') != std::string::npos) { // it would lead out of the directory
        fail(ErrorSource::qemu, Code::config_unsupported, "channel name '{}' cannot be the name of a socket",
             name);
    }
    socket->path = directory + "/" + name;
    socket->mode = model::SocketMode::bind;
}

DeviceParts channel_parts(const DeviceContext& context, const model::Channel& channel) {
    DeviceParts parts;
    model::Channel each = channel;
    place_channel(each, context.facts.channel_dir);
    add_stream(parts, context, stream_of(each));
    switch (each.target) {
    case model::ChannelTarget::guestfwd: parts.netdevs.push_back(guest_forward(each)); return parts;
    case model::ChannelTarget::virtio: break;
    default: unsupported(context, fmt::format("channel of type '{}'", schema::word(each.target)));
    }
    json::object device = device_object(context, "virtserialport", {});
    add_address(device, context, each.info);
    device["chardev"] = chardev_id(each);
    device["id"] = each.info.alias.name;
    if (!each.name.empty()) device["name"] = each.name;
    parts.devices.push_back(std::move(device));
    return parts;
}

} // namespace yado::qemu
