// SPDX-License-Identifier: Apache-2.0
// Screens: where they listen and on which port.
#include "model/domain/complete_devices.h"

#include <map>

namespace yado::model {
namespace {

using schema::YesNo;

/// "no" is what it is anyway.
void drop_no(YesNo& value) {
    if (value == YesNo::no) { value = YesNo::unset; }
}

/// What is said of a password belongs to one.
void complete_password(GraphicsPassword& password) {
    if (password.text.empty()) { password = {}; }
}

/// The first listen is repeated as attributes of the screen, for old readers; either brings the other.
void complete_listens(std::vector<GraphicsListen>& listens, std::string& address, std::string* socket) {
    if (listens.empty()) {
        GraphicsListen& listen = listens.emplace_back();
        if (socket != nullptr && !socket->empty()) {
            listen.type = ListenType::socket;
            listen.socket = *socket;
        } else {
            listen.address = address;
        }
    }
    for (GraphicsListen& listen : listens) {
        if (listen.type != ListenType::address) { listen.address.clear(); }
    }
    const GraphicsListen& first = listens.front();
    if (first.type == ListenType::address && address.empty()) { address = first.address; }
    if (first.type == ListenType::socket && socket != nullptr && socket->empty()) { *socket = first.socket; }
}

bool has_port(const std::vector<GraphicsListen>& listens) {
    const ListenType first = listens.front().type;
    return first == ListenType::address || first == ListenType::network;
}

struct Completer {
    void operator()(Vnc& vnc) const {
        complete_password(vnc.password);
        complete_listens(vnc.listens, vnc.listen, &vnc.socket);
        if (!has_port(vnc.listens)) {
            vnc.port.reset();
            vnc.autoport = YesNo::unset;
            return;
        }
        // No port, -1, or a port beside autoport='yes': all mean "any". Port 0 means none.
        const bool any =
            vnc.autoport == YesNo::yes || vnc.port == -1 || (!vnc.port && vnc.autoport != YesNo::no);
        if (any) {
            vnc.port = -1;
        } else if (vnc.port == 0) {
            vnc.port.reset();
        }
        vnc.autoport = schema::yes_no(any);
    }

    void operator()(Spice& spice) const {
        complete_password(spice.password);
        complete_channels(spice.channels);
        complete_listens(spice.listens, spice.listen, nullptr);
        if (spice.port == 0) { spice.port.reset(); }
        if (spice.tls_port == 0) { spice.tls_port.reset(); }
        const bool any = spice.autoport == YesNo::yes || (spice.port == -1 && spice.tls_port == -1);
        const bool none = !any && !spice.port && !spice.tls_port;
        if (none && has_port(spice.listens)) {
            // Nobody can connect but through a descriptor that the daemon is asked for.
            spice.listens.front() = {.type = ListenType::none, .address = {}, .network = {}, .socket = {}};
            spice.listen.clear();
        }
        if (any || !has_port(spice.listens)) {
            spice.port.reset();
            spice.tls_port.reset();
        }
        spice.autoport = has_port(spice.listens) ? schema::yes_no(any) : YesNo::unset;
    }

    void operator()(Sdl& sdl) const { drop_no(sdl.fullscreen); }
    void operator()(Desktop& desktop) const { drop_no(desktop.fullscreen); }
    void operator()(EglHeadless&) const {}
    void operator()(DbusDisplay& dbus) const { drop_no(dbus.p2p); }

    void operator()(Rdp& rdp) const {
        drop_no(rdp.replace_user);
        drop_no(rdp.multi_user);
        complete_password(rdp.password);
        complete_listens(rdp.listens, rdp.listen, nullptr);
        const bool any = rdp.autoport == YesNo::yes || rdp.port.value_or(-1) <= 0;
        if (any) { rdp.port = 0; }
        rdp.autoport = any ? YesNo::yes : YesNo::unset;
    }

  private:
    /// In the protocol's order; of two for the same channel the later one counts, "any" says nothing.
    static void complete_channels(std::vector<SpiceChannel>& channels) {
        std::map<SpiceChannelName, SpiceMode> modes;
        for (const SpiceChannel& channel : channels) { modes[channel.name] = channel.mode; }
        channels.clear();
        for (const auto& [name, mode] : modes) {
            if (mode != SpiceMode::any) { channels.push_back({name, mode}); }
        }
    }
};

} // namespace

void complete_graphics(Domain& domain) {
    for (Graphics& graphics : domain.devices.graphics) { std::visit(Completer(), graphics.kind); }
}

} // namespace yado::model
