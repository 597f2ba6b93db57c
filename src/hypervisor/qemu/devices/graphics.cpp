// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/graphics.h"

#include "base/error.h"
#include "hypervisor/qemu/devices/spice.h"

namespace yado::qemu {

namespace json = boost::json;
using schema::YesNo;

json::object vnc_credentials(const VncFacts& facts) {
    json::object credentials;
    credentials["qom-type"] = "tls-creds-x509";
    credentials["id"] = "vnc-tls-creds0";
    credentials["dir"] = facts.tls_dir;
    credentials["endpoint"] = "server";
    credentials["verify-peer"] = facts.tls_verify;
    return credentials;
}

std::string audio_id(const DeviceContext& context, std::optional<std::uint32_t> number) {
    const auto& audios = context.domain.devices.audios;
    if (!number && audios.empty()) return {};
    return fmt::format("audio{}", number.value_or(audios.empty() ? 0 : audios.front().id));
}

namespace {

/// Where a VNC server is: a socket, a port, or nowhere.
std::string vnc_place(const DeviceContext& context, const model::Vnc& vnc) {
    constexpr int first_port = 5900; // display 0, RFC 6143
    const model::GraphicsListen* listen = vnc.listens.empty() ? nullptr : &vnc.listens.front();
    const bool own_socket = listen != nullptr && listen->type == model::ListenType::socket;
    std::string socket = vnc.socket;
    if (socket.empty() && own_socket) socket = listen->socket;
    if (socket.empty() && own_socket) socket = context.facts.domain_dir + "/vnc.sock";
    if (!socket.empty()) return "vnc=unix:" + escaped(socket);
    if (listen != nullptr && listen->type == model::ListenType::none) return "none";
    std::string address = vnc.listen;
    if (address.empty() && listen != nullptr) address = listen->address;
    if (address.empty()) address = context.facts.vnc_listen;
    const bool ipv6 = address.find(':') != std::string::npos;
    const std::int32_t port = vnc.port.value_or(-1) < 0 ? first_port : *vnc.port;
    if (port < first_port) {
        fail(ErrorSource::qemu, Code::config_unsupported, "vnc port must be in range [{},65535]", first_port);
    }
    std::string text = ipv6 ? fmt::format("[{}]:{}", address, port - first_port)
                            : fmt::format("{}:{}", escaped(address), port - first_port);
    if (vnc.websocket && *vnc.websocket > 0) text += fmt::format(",websocket={}", *vnc.websocket);
    return text;
}

/// ",gl=on,rendernode=…"
std::string gl_options(const schema::Rare<model::HostGl>& gl) {
    if (!gl) return {};
    std::string text;
    if (gl->enable != YesNo::unset) text += fmt::format(",gl={}", on_off(gl->enable == YesNo::yes));
    if (!gl->rendernode.empty()) text += ",rendernode=" + escaped(gl->rendernode);
    return text;
}

struct GraphicsWriter {
    const DeviceContext& context;
    DeviceParts& parts;

    void keymap(const std::string& name) const {
        if (!name.empty()) parts.options.emplace_back("-k", name);
    }

    void operator()(const model::Vnc& vnc) const {
        const VncFacts& facts = context.facts.vnc;
        if (vnc.wait == YesNo::yes) unsupported(context, "'wait' of a VNC screen");
        std::string text = vnc_place(context, vnc);
        if (vnc.share_policy != model::VncSharePolicy::unset)
            text += fmt::format(",share={}", schema::word(vnc.share_policy));
        if (!vnc.password.text.empty()) text += ",password=on";
        if (!facts.tls_dir.empty()) {
            parts.credentials.push_back(vnc_credentials(facts));
            text += ",tls-creds=vnc-tls-creds0";
        }
        if (facts.sasl) {
            text += ",sasl=on";
            if (!facts.sasl_dir.empty()) parts.environment.emplace_back("SASL_CONF_PATH", facts.sasl_dir);
        }
        if (vnc.power_control != YesNo::unset)
            text += fmt::format(",power-control={}", on_off(vnc.power_control == YesNo::yes));
        if (const std::string audio = audio_id(context, vnc.audio); !audio.empty())
            text += ",audiodev=" + audio;
        keymap(vnc.keymap);
        parts.options.emplace_back("-vnc", text);
    }

    void operator()(const model::Spice& spice) const {
        keymap(spice.keymap);
        add_spice(parts, context, spice);
    }

    void operator()(const model::Sdl& sdl) const {
        if (!sdl.xauth.empty()) parts.environment.emplace_back("XAUTHORITY", sdl.xauth);
        if (!sdl.display.empty()) parts.environment.emplace_back("DISPLAY", sdl.display);
        std::string text = "sdl";
        if (sdl.gl != YesNo::unset) text += fmt::format(",gl={}", on_off(sdl.gl == YesNo::yes));
        if (sdl.fullscreen == YesNo::yes) text += ",full-screen=on";
        parts.options.emplace_back("-display", text);
    }

    void operator()(const model::EglHeadless& egl) const {
        std::string text = "egl-headless";
        if (!egl.rendernode.empty()) text += ",rendernode=" + escaped(egl.rendernode);
        parts.options.emplace_back("-display", text);
    }

    void operator()(const model::DbusDisplay& dbus) const {
        constexpr std::uint64_t first = 7'000'000;
        if (context.capabilities.version < first) unsupported(context, "graphics type 'dbus'");
        std::string text = "dbus";
        if (dbus.p2p == YesNo::yes) {
            text += ",p2p=on";
        } else {
            text += ",addr=" + escaped(dbus.address.empty() ? own_bus() : dbus.address);
        }
        text += gl_options(dbus.gl);
        if (dbus.audio) text += ",audiodev=" + audio_id(context, dbus.audio);
        parts.options.emplace_back("-display", text);
    }

    /// A bus of the guest's own.
    std::string own_bus() const {
        const std::string socket =
            fmt::format("{}/{}-{}-dbus.sock", context.facts.dbus_dir, context.facts.id, context.domain.name);
        HelperProcess bus;
        bus.name = "dbus";
        bus.argv = {"/usr/bin/dbus-daemon", "--session", "--nofork", "--nopidfile",
                    "--address=unix:path=" + socket};
        bus.socket = socket;
        parts.helpers.push_back(std::move(bus));
        return "unix:path=" + socket;
    }

    void operator()(const model::Rdp&) const { unsupported(context, "graphics type 'rdp'"); }
    void operator()(const model::Desktop&) const { unsupported(context, "graphics type 'desktop'"); }
};

} // namespace

DeviceParts graphics_parts(const DeviceContext& context, const model::Graphics& graphics) {
    DeviceParts parts;
    std::visit(GraphicsWriter{context, parts}, graphics.kind);
    return parts;
}

} // namespace yado::qemu
