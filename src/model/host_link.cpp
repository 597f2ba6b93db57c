// SPDX-License-Identifier: Apache-2.0
#include "model/host_link.h"

namespace yado::model {

void describe(schema::Io& io, HostLink& l) {
    io.attribute("speed", l.speed, {.omit_default = true});
    io.attribute("state", l.state);
}

} // namespace yado::model
