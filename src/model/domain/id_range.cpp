// SPDX-License-Identifier: Apache-2.0
#include "model/domain/id_range.h"

#include "model/domain/rules.h"

namespace yado::model {

void describe(schema::Io& io, IdRange& r) {
    io.attribute("start", r.start, required);
    io.attribute("target", r.target, required);
    io.attribute("count", r.count, required);
}

} // namespace yado::model
