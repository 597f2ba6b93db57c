// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/graphics.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Io;

void describe(Io& io, GraphicsListen& l) {
    io.attribute("type", l.type, required);
    io.attribute("address", l.address);
    io.attribute("network", l.network);
    io.attribute("socket", l.socket);
}

namespace {

constexpr schema::Rule secret{.show = schema::Show::secure, .change = schema::Change::live};

void describe_password(Io& io, GraphicsPassword& p) {
    io.attribute("passwd", p.text, secret);
    io.attribute("passwdValidTo", p.valid_until, live);
    io.attribute("connected", p.connected,
                 {.change = schema::Change::live,
                  .code = Code::config_unsupported,
                  .invalid = "unknown connected value {}"});
}

} // namespace

void describe(Io& io, HostGl& g) {
    io.attribute("enable", g.enable, required);
    io.attribute("rendernode", g.rendernode);
}

void describe(Io& io, Vnc& v) {
    io.attribute("socket", v.socket);
    io.attribute("port", v.port, internal("cannot parse vnc port {}"));
    io.attribute("autoport", v.autoport);
    io.attribute("websocket", v.websocket);
    io.attribute("listen", v.listen);
    io.attribute("keymap", v.keymap);
    io.attribute("sharePolicy", v.share_policy);
    io.attribute("powerControl", v.power_control);
    io.attribute("wait", v.wait, {.since = "11.6.0"});
    describe_password(io, v.password);
    io.child("listen", v.listens);
    io.nested("audio", "id", v.audio, required);
}

void describe(Io& io, SpiceChannel& c) {
    io.attribute("name", c.name, required);
    io.attribute("mode", c.mode, required);
}

void describe(Io& io, Spice& s) {
    io.attribute("port", s.port);
    io.attribute("tlsPort", s.tls_port);
    io.attribute("autoport", s.autoport);
    io.attribute("listen", s.listen);
    io.attribute("keymap", s.keymap);
    io.attribute("defaultMode", s.default_mode, {.omit_default = true});
    describe_password(io, s.password);
    io.child("listen", s.listens);
    io.child("channel", s.channels);
    io.nested("image", "compression", s.images, required);
    io.nested("jpeg", "compression", s.jpeg, required);
    io.nested("zlib", "compression", s.zlib, required);
    io.nested("playback", "compression", s.playback, required);
    io.nested("streaming", "mode", s.streaming, required);
    io.nested("mouse", "mode", s.mouse, required);
    io.nested("clipboard", "copypaste", s.copy_paste, required);
    io.nested("filetransfer", "enable", s.file_transfer, required);
    io.child("gl", s.gl, {.drop_empty = true});
}

void describe(Io& io, Sdl& s) {
    io.attribute("display", s.display);
    io.attribute("xauth", s.xauth);
    io.attribute("fullscreen", s.fullscreen);
    io.nested("gl", "enable", s.gl, required);
}

void describe(Io& io, Rdp& r) {
    io.attribute("port", r.port, internal("cannot parse rdp port {}"));
    io.attribute("autoport", r.autoport);
    io.attribute("replaceUser", r.replace_user);
    io.attribute("multiUser", r.multi_user);
    io.attribute("listen", r.listen);
    io.attribute("username", r.username, {.since = "11.1.0"});
    describe_password(io, r.password);
    io.child("listen", r.listens);
}

void describe(Io& io, Desktop& d) {
    io.attribute("display", d.display);
    io.attribute("fullscreen", d.fullscreen);
}

void describe(Io& io, EglHeadless& e) { io.nested("gl", "rendernode", e.rendernode); }

void describe(Io& io, DbusDisplay& d) {
    io.attribute("p2p", d.p2p);
    io.attribute("address", d.address);
    io.child("gl", d.gl, {.drop_empty = true});
    io.nested("audio", "id", d.audio, required);
}

void describe(Io& io, Graphics& g) { io.choice("type", g.kind, required); }

} // namespace yado::model
