// SPDX-License-Identifier: Apache-2.0
#include "model/port_options.h"

namespace yado::model {

void describe(schema::Io& io, PortOptions& o) { io.attribute("isolated", o.isolated); }

} // namespace yado::model
