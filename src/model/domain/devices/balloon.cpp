// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/balloon.h"

#include "model/domain/rules.h"

namespace yado::model {

void describe(schema::Io& io, Balloon& b) {
    io.attribute("model", b.model, {.required = true, .guest_abi = true});
    io.attribute("autodeflate", b.autodeflate, abi);
    io.attribute("freePageReporting", b.free_page_reporting, abi);
    io.nested<schema::NotNegative>("stats", "period", b.stats_period, live);
    describe_info(io, b.info);
    io.child("driver", b.driver, {.drop_empty = true});
}

} // namespace yado::model
