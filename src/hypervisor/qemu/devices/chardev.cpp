// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/chardev.h"

namespace yado::qemu {

namespace json = boost::json;

namespace {

struct Writer {
    const DeviceContext& context;
    const Stream& stream;
    std::string_view credentials;

    /// `more`: options behind the id, each with its comma; `data`: chardev-add's.
    Chardev made(std::string_view kind, const std::string& more, json::object data) const {
        Chardev made{.option = fmt::format("{},id={}{}", kind, stream.id, more), .arguments = {}};
        if (stream.log != nullptr && !stream.log->file.empty()) {
            const bool append = stream.log->append == schema::OnOff::on;
            made.option += fmt::format(",logfile={},logappend={}", escaped(stream.log->file), on_off(append));
            data["logfile"] = stream.log->file;
            data["logappend"] = append;
        }
        json::object backend;
        backend["type"] = kind;
        backend["data"] = std::move(data);
        made.arguments["id"] = stream.id;
        made.arguments["backend"] = std::move(backend);
        return made;
    }
    Chardev with_path(std::string_view kind, std::string_view member, const std::string& path) const {
        json::object data;
        data[member] = path;
        return made(kind, ",path=" + escaped(path), std::move(data));
    }
    Chardev named(std::string_view kind, std::string_view member, std::string_view name) const {
        json::object data;
        data[member] = name;
        return made(kind, ",name=" + escaped(name), std::move(data));
    }

    Chardev operator()(const model::NullChar&) const { return made("null", {}, {}); }
    Chardev operator()(const model::VirtualConsoleChar&) const { return made("vc", {}, {}); }
    Chardev operator()(const model::PtyChar&) const { return made("pty", {}, {}); }
    Chardev operator()(const model::StdioChar&) const { return made("stdio", {}, {}); }
    Chardev operator()(const model::DeviceChar& device) const {
        return with_path(stream.parallel ? "parallel" : "serial", "device", device.path);
    }
    Chardev operator()(const model::FileChar& file) const {
        json::object data;
        data["out"] = file.path;
        std::string more = ",path=" + escaped(file.path);
        if (file.append != schema::OnOff::unset) {
            const bool append = file.append == schema::OnOff::on;
            more += fmt::format(",append={}", on_off(append));
            data["append"] = append;
        }
        return made("file", more, std::move(data));
    }
    Chardev operator()(const model::PipeChar& pipe) const { return with_path("pipe", "device", pipe.path); }

    static json::object inet(const std::string& host, const std::string& port) {
        json::object address;
        address["type"] = "inet";
        address["data"] = json::object{{"host", host}, {"port", port}};
        return address;
    }
    Chardev operator()(const model::UdpChar& udp) const {
        model::UdpEndpoint remote, local;
        for (const model::UdpEndpoint& end : udp.endpoints) {
            (end.mode == model::SocketMode::bind ? local : remote) = end;
        }
        if (local.service.empty()) local.service = "0"; // any
        json::object data;
        data["remote"] = inet(remote.host, remote.service);
        data["local"] = inet(local.host, local.service);
        return made("udp",
                    fmt::format(",host={},port={},localaddr={},localport={}", escaped(remote.host),
                                escaped(remote.service), escaped(local.host), escaped(local.service)),
                    std::move(data));
    }

    /// What sockets of both kinds have behind their address.
    Chardev socket(std::string more, json::object address, model::SocketMode mode,
                   const schema::Rare<model::Reconnect>& reconnect, bool telnet) const {
        json::object data;
        data["addr"] = std::move(address);
        if (telnet) {
            more += ",telnet=on";
            data["telnet"] = true;
        }
        const bool server = mode != model::SocketMode::connect;
        if (server) more += ",server=on,wait=off";
        data["server"] = server;
        if (server) data["wait"] = false;
        if (reconnect && reconnect->enabled != schema::YesNo::unset) {
            const std::uint32_t seconds =
                reconnect->enabled == schema::YesNo::yes ? reconnect->timeout.value_or(0) : 0;
            more += fmt::format(",reconnect={}", seconds);
            data["reconnect"] = seconds;
        }
        if (!credentials.empty()) {
            more += fmt::format(",tls-creds={}", credentials);
            data["tls-creds"] = credentials;
        }
        return made("socket", more, std::move(data));
    }
    Chardev operator()(const model::TcpChar& tcp) const {
        if (tcp.protocol == model::TcpProtocol::telnets || tcp.protocol == model::TcpProtocol::tls)
            unsupported(context,
                        fmt::format("protocol '{}' of a character device", schema::word(tcp.protocol)));
        return socket(fmt::format(",host={},port={}", escaped(tcp.host), escaped(tcp.service)),
                      inet(tcp.host, tcp.service), tcp.mode, tcp.reconnect,
                      tcp.protocol == model::TcpProtocol::telnet);
    }
    Chardev operator()(const model::UnixChar& each) const {
        json::object address;
        address["type"] = "unix";
        address["data"] = json::object{{"path", each.path}};
        return socket(",path=" + escaped(each.path), std::move(address), each.mode, each.reconnect, false);
    }

    void require_spice(std::string_view kind) const {
        if (!context.capabilities.has_command("query-spice"))
            unsupported(context, fmt::format("character device type '{}'", kind));
    }
    Chardev operator()(const model::SpiceVmcChar&) const {
        require_spice("spicevmc");
        return named("spicevmc", "type", stream.spice);
    }
    Chardev operator()(const model::SpicePortChar& port) const {
        require_spice("spiceport");
        return named("spiceport", "fqdn", port.channel);
    }
    Chardev operator()(const model::NmdmChar&) const { unsupported(context, "character device type 'nmdm'"); }
    Chardev operator()(const model::VdAgentChar& agent) const {
        constexpr std::uint64_t first = 6'001'000;
        if (context.capabilities.version < first)
            unsupported(context, "character device type 'qemu-vdagent'");
        std::string more = ",name=vdagent";
        json::object data;
        if (agent.copy_paste != schema::YesNo::unset) {
            const bool on = agent.copy_paste == schema::YesNo::yes;
            more += fmt::format(",clipboard={}", on_off(on));
            data["clipboard"] = on;
        }
        if (agent.mouse != model::MouseMode::unset) {
            const bool on = agent.mouse == model::MouseMode::client;
            more += fmt::format(",mouse={}", on_off(on));
            data["mouse"] = on;
        }
        return made("qemu-vdagent", more, std::move(data));
    }
    Chardev operator()(const model::DbusChar& dbus) const {
        constexpr std::uint64_t first = 7'000'000;
        if (context.capabilities.version < first) unsupported(context, "character device type 'dbus'");
        return named("dbus", "name", dbus.channel);
    }
};

} // namespace

Chardev make_chardev(const DeviceContext& context, const Stream& stream, std::string_view credentials) {
    return std::visit(Writer{context, stream, credentials}, stream.backend);
}

} // namespace yado::qemu
