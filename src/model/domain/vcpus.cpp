// SPDX-License-Identifier: Apache-2.0
#include "model/domain/vcpus.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Io;

void describe(Io& io, Vcpus& v) {
    io.attribute("placement", v.placement);
    io.attribute("cpuset", v.cpuset);
    io.attribute("current", v.current, live);
    io.text(v.maximum, {.required = true,
                        .guest_abi = true,
                        .missing = "maximum vcpus count must be an integer",
                        .invalid = "maximum vcpus count must be an integer"});
}

void describe(Io& io, Vcpu& v) {
    io.attribute("id", v.id, {.required = true, .key = true});
    io.attribute("enabled", v.enabled, {.required = true, .change = schema::Change::live});
    io.attribute("hotpluggable", v.hotpluggable);
    io.attribute("order", v.order);
}

} // namespace yado::model
