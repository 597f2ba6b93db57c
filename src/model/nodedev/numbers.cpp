// SPDX-License-Identifier: Apache-2.0
#include "model/nodedev/numbers.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Hex;
using schema::Io;

void describe(Io& io, HardwareId& h) {
    io.attribute<Hex<4>>("id", h.id, required);
    io.text(h.name);
}

void describe(Io& io, ChannelAddress& a) {
    io.value<Hex<1>>("cssid", a.cssid, required);
    io.value<Hex<1>>("ssid", a.ssid, required);
    io.value<Hex<4>>("devno", a.devno, required);
}

void describe(Io& io, MediatedType& t) {
    io.attribute("id", t.id, {.required = true, .key = true});
    io.value("name", t.name);
    io.value("deviceAPI", t.device_api, required);
    io.value("availableInstances", t.available, required);
}

void describe(Io& io, MediatedTypes& t) { io.child("type", t.types); }

} // namespace yado::model
