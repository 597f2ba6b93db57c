// SPDX-License-Identifier: Apache-2.0
#include "model/domain/container_features.h"

namespace yado::model {

void describe(schema::Io& io, ContainerCapabilities& c) {
    io.attribute("policy", c.policy);
    for (std::size_t i = 0; i < capability_names.size(); ++i) {
        io.nested(capability_names[i], "state", c.states[i], {.implied = "on"});
    }
    io.rest(c.unknown);
}

} // namespace yado::model
