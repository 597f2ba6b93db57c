// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/panic.h"

#include "model/domain/rules.h"

namespace yado::model {

void describe(schema::Io& io, Panic& p) {
    io.attribute(
        "model", p.model,
        {.guest_abi = true, .code = Code::config_unsupported, .invalid = "unknown panic model '{}'"});
    describe_info(io, p.info);
}

} // namespace yado::model
