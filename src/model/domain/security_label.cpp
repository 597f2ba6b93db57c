// SPDX-License-Identifier: Apache-2.0
#include "model/domain/security_label.h"

#include "model/domain/rules.h"

namespace yado::model {

void describe(schema::Io& io, SecurityLabel& s) {
    io.attribute("type", s.type);
    io.attribute("model", s.model, {.key = true});
    io.attribute("relabel", s.relabel);
    io.value("label", s.label);
    io.value("imagelabel", s.image_label, live_only);
    io.value("baselabel", s.base_label);
}

} // namespace yado::model
