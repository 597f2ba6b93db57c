// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/input.h"

#include "model/domain/rules.h"

namespace yado::model {

void describe(schema::Io& io, Input& i) {
    io.attribute("type", i.type,
                 {.required = true,
                  .guest_abi = true,
                  .code = Code::config_unsupported,
                  .missing_code = Code::internal_error,
                  .missing = "missing input device type",
                  .invalid = "unknown input device type '{}'"});
    io.attribute(
        "bus", i.bus,
        {.guest_abi = true, .code = Code::config_unsupported, .invalid = "unknown input bus type '{}'"});
    io.attribute("model", i.model, abi);
    io.child("driver", i.driver, {.drop_empty = true});
    io.opaque("source", i.rest);
    describe_info(io, i.info);
}

} // namespace yado::model
