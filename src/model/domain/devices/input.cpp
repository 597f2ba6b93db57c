// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/input.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Io;

void describe(Io& io, InputSource& s) {
    io.attribute("evdev", s.evdev);
    io.attribute("dev", s.device);
    io.attribute("grab", s.grab);
    io.attribute("grabToggle", s.grab_toggle);
    io.attribute("repeat", s.repeat);
}

void describe(Io& io, Input& i) {
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
    io.attribute(
        "model", i.model,
        {.guest_abi = true, .code = Code::config_unsupported, .invalid = "unknown input model '{}'"});
    io.child("driver", i.driver, {.drop_empty = true});
    io.child("source", i.source, {.drop_empty = true});
    describe_info(io, i.info);
}

} // namespace yado::model
