// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/watchdog.h"

#include "model/domain/rules.h"

namespace yado::model {

void describe(schema::Io& io, Watchdog& w) {
    io.attribute("model", w.model,
                 {.required = true,
                  .guest_abi = true,
                  .code = Code::config_unsupported,
                  .missing_code = Code::internal_error,
                  .missing = "watchdog must contain model name",
                  .invalid = "unknown watchdog model '{}'"});
    io.attribute("action", w.action, unsupported("unknown watchdog action '{}'"));
    describe_info(io, w.info);
}

} // namespace yado::model
