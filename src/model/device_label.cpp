// SPDX-License-Identifier: Apache-2.0
#include "model/device_label.h"

namespace yado::model {

void describe(schema::Io& io, DeviceLabel& l) {
    io.attribute("model", l.model);
    io.attribute("labelskip", l.label_skip, {.show = schema::Show::running});
    io.attribute("relabel", l.relabel);
    io.value("label", l.label);
}

} // namespace yado::model
