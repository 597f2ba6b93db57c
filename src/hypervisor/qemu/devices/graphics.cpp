// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/graphics.h"

#include "base/error.h"

namespace yado::qemu {

std::string vnc_display(const DeviceContext& context, const model::Vnc& vnc) {
    constexpr int first_port = 5900; // display 0, RFC 6143
    std::string text;
    const model::GraphicsListen* listen = vnc.listens.empty() ? nullptr : &vnc.listens.front();
    const std::string socket =
        !vnc.socket.empty() ? vnc.socket
        : listen != nullptr && listen->type == model::ListenType::socket
            ? (listen->socket.empty() ? context.facts.domain_dir + "/vnc.sock" : listen->socket)
            : std::string();
    if (!socket.empty()) {
        text = "unix:" + escaped(socket);
    } else if (listen != nullptr && listen->type == model::ListenType::none) {
        text = "none";
    } else {
        std::string address = vnc.listen;
        if (address.empty() && listen != nullptr) address = listen->address;
        if (address.empty()) address = context.facts.vnc_listen;
        const bool ipv6 = address.find(':') != std::string::npos;
        const std::int32_t port = vnc.port.value_or(-1) < 0 ? first_port : *vnc.port;
        if (port < first_port) {
            fail(ErrorSource::qemu, Code::config_unsupported, "vnc port must be in range [{},65535]",
                 first_port);
        }
        text = ipv6 ? fmt::format("[{}]:{}", address, port - first_port)
                    : fmt::format("{}:{}", escaped(address), port - first_port);
        if (vnc.websocket && *vnc.websocket > 0) text += fmt::format(",websocket={}", *vnc.websocket);
    }
    if (!vnc.password.empty()) text += ",password=on";
    if (vnc.share_policy != model::VncSharePolicy::unset) {
        text += fmt::format(",share={}", schema::word(vnc.share_policy));
    }
    if (vnc.power_control == schema::YesNo::yes) text += ",power-control=on";
    if (!context.domain.devices.audios.empty()) {
        text += fmt::format(",audiodev=audio{}", context.domain.devices.audios.front().id);
    }
    return text;
}

} // namespace yado::qemu
