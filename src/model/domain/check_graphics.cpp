// SPDX-License-Identifier: Apache-2.0
#include "model/domain/check_devices.h"

#include <algorithm>

#include "model/domain/complete_devices.h"

namespace yado::model {

using schema::Diagnostics;

namespace {

/// "2030-01-31T12:00:00", as much of it as libvirt wants.
bool is_date(std::string_view text) {
    constexpr std::string_view shape = "dddd-dd-ddTdd:dd:dd";
    return text.size() == shape.size() && std::ranges::equal(text, shape, [](char c, char wanted) {
               return wanted == 'd' ? c >= '0' && c <= '9' : c == wanted;
           });
}

struct GraphicsCheck {
    const Domain& domain;
    std::size_t index;
    Diagnostics& out;

    std::string here(std::string_view part) const { return at("graphics", index, part); }

    void check_password(const GraphicsPassword& password) const {
        if (!password.valid_until.empty() && !is_date(password.valid_until)) {
            problem(out, domain_conf, Code::internal_error, here("/@passwdValidTo"),
                    "cannot parse password validity time '{}', expect YYYY-MM-DDTHH:MM:SS",
                    password.valid_until);
        }
    }
    void check_listens(const std::vector<GraphicsListen>& listens, const std::string& address,
                       const std::string* socket) const {
        for (const GraphicsListen& listen : listens) {
            if (listen.type == ListenType::network && listen.network.empty()) {
                problem(out, domain_conf, Code::xml_error, here("/listen"),
                        "'network' attribute is required for listen type 'network'");
            }
            if (listen.type != ListenType::network && !listen.network.empty()) {
                problem(out, domain_conf, Code::xml_error, here("/listen"),
                        "'network' attribute is valid only for listen type 'network'");
            }
            if (listen.type != ListenType::socket && !listen.socket.empty()) {
                problem(out, domain_conf, Code::xml_error, here("/listen"),
                        "'socket' attribute is valid only for listen type 'socket'");
            }
        }
        if (listens.empty()) { return; }
        const GraphicsListen& first = listens.front();
        if (!address.empty() && first.type == ListenType::address && first.address != address) {
            problem(out, domain_conf, Code::config_unsupported, here("/@listen"),
                    "graphics 'listen' attribute '{}' must match 'address' attribute of first listen element "
                    "(found '{}')",
                    address, shown(first.address));
        }
        if (socket != nullptr && !socket->empty() && first.type == ListenType::socket &&
            first.socket != *socket) {
            problem(out, domain_conf, Code::config_unsupported, here("/@socket"),
                    "graphics 'socket' attribute '{}' must match 'socket' attribute of first listen element "
                    "(found '{}')",
                    *socket, shown(first.socket));
        }
    }
    void refuse(std::string_view kind) const {
        if (is_qemu(domain)) {
            problem(out, driver, Code::config_unsupported, here("/@type"),
                    "{} graphics are not supported with this QEMU", kind);
        }
    }

    void operator()(const Vnc& vnc) const {
        check_listens(vnc.listens, vnc.listen, &vnc.socket);
        check_password(vnc.password);
        if (vnc.password.connected != PasswordChange::unset &&
            vnc.password.connected != PasswordChange::keep) {
            problem(out, domain_conf, Code::config_unsupported, here("/@connected"),
                    "VNC supports connected='keep' only");
        }
        constexpr std::size_t longest = 8; // of the VNC protocol's challenge
        if (vnc.password.text.size() > longest) {
            problem(out, driver, Code::config_unsupported, here("/@passwd"),
                    "VNC password is {} characters long, only {} permitted", vnc.password.text.size(),
                    longest);
        }
        if (vnc.audio) { check_audio(domain, *vnc.audio, here("/audio/@id"), out); }
    }
    void operator()(const Spice& spice) const {
        check_listens(spice.listens, spice.listen, nullptr);
        check_password(spice.password);
    }
    void operator()(const Rdp& rdp) const {
        check_listens(rdp.listens, rdp.listen, nullptr);
        refuse("rdp");
    }
    void operator()(const Desktop&) const { refuse("desktop"); }
    void operator()(const DbusDisplay& dbus) const {
        if (dbus.p2p == schema::YesNo::yes && !dbus.address.empty()) {
            problem(out, domain_conf, Code::xml_error, here("/@p2p"),
                    "D-Bus p2p with an address is not supported");
        }
        if (dbus.audio) { check_audio(domain, *dbus.audio, here("/audio/@id"), out); }
    }
    void operator()(const Sdl&) const {}
    void operator()(const EglHeadless&) const {}
};

} // namespace

void check_audio(const Domain& domain, std::uint32_t id, std::string path, Diagnostics& out) {
    if (id == 0) {
        problem(out, ErrorSource::xml, Code::xml_error, std::move(path),
                "Invalid value for attribute 'id' in element 'audio': Zero is not permitted");
    } else if (std::ranges::find(domain.devices.audios, id, &Audio::id) == domain.devices.audios.end()) {
        problem(out, domain_conf, Code::xml_error, std::move(path), "no audio device with ID {}", id);
    }
}

void check_graphics(const Domain& domain, Diagnostics& out) {
    const std::vector<Graphics>& screens = domain.devices.graphics;
    for (std::size_t i = 0; i < screens.size(); ++i) {
        std::visit(GraphicsCheck{domain, i, out}, screens[i].kind);
    }
}

} // namespace yado::model
