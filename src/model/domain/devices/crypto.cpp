// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/crypto.h"

#include "model/domain/rules.h"

namespace yado::model {

void describe(schema::Io& io, Crypto& c) {
    io.attribute("model", c.model, {.required = true, .guest_abi = true, .since = "9.1.0"});
    io.attribute("type", c.type, required);
    io.group(
        "backend",
        [&] {
            io.attribute("model", c.backend, required);
            io.attribute("queues", c.queues, abi);
        },
        required);
    io.child("driver", c.driver, {.drop_empty = true});
    describe_info(io, c.info);
}

} // namespace yado::model
