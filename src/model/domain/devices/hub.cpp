// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/hub.h"

#include "model/domain/rules.h"

namespace yado::model {

void describe(schema::Io& io, Hub& h) {
    io.attribute("type", h.type,
                 {.required = true,
                  .guest_abi = true,
                  .code = Code::config_unsupported,
                  .missing_code = Code::internal_error,
                  .missing = "missing hub device type",
                  .invalid = "unknown hub device type '{}'"});
    describe_info(io, h.info);
}

} // namespace yado::model
