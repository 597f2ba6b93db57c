// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/nvram.h"

namespace yado::model {

void describe(schema::Io& io, NvramDevice& n) { describe_info(io, n.info); }

} // namespace yado::model
