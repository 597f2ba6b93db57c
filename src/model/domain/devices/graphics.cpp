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

void describe(Io& io, Vnc& v) {
    io.attribute("socket", v.socket);
    io.attribute("port", v.port, internal("cannot parse vnc port {}"));
    io.attribute("autoport", v.autoport);
    io.attribute("websocket", v.websocket, internal("cannot parse vnc WebSocket port {}"));
    io.attribute("listen", v.listen);
    io.attribute("keymap", v.keymap);
    io.attribute("sharePolicy", v.share_policy);
    io.attribute("powerControl", v.power_control);
    io.attribute("passwd", v.password, {.show = schema::Show::secure});
    io.attribute("passwdValidTo", v.password_valid_to, {.show = schema::Show::secure});
    io.attribute("connected", v.connected, {.show = schema::Show::secure});
    io.child("listen", v.listens);
}
void describe(Io& io, OtherGraphics& g) {
    io.attribute("passwd", g.password, {.show = schema::Show::secure});
    io.attribute("passwdValidTo", g.password_valid_to, {.show = schema::Show::secure});
    io.rest(g.rest);
}

void describe(Io& io, Graphics& g) { io.choice("type", g.kind, required); }

} // namespace yado::model
