// SPDX-License-Identifier: Apache-2.0
#include "model/reconnect.h"

namespace yado::model {

void describe(schema::Io& io, Reconnect& r) {
    io.attribute("enabled", r.enabled);
    io.attribute("timeout", r.timeout);
}

} // namespace yado::model
