// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/sound.h"

#include "model/domain/rules.h"

namespace yado::model {

void describe(schema::Io& io, Sound& s) {
    io.attribute("model", s.model, {.required = true, .guest_abi = true});
    io.opaque("codec", s.rest);
    io.opaque("audio", s.rest);
    describe_info(io, s.info);
}

void describe(schema::Io& io, Audio& a) {
    io.attribute("id", a.id, required);
    io.attribute("type", a.type, required);
    io.rest(a.rest);
}

} // namespace yado::model
