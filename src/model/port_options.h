// SPDX-License-Identifier: Apache-2.0
// <port isolated='…'/>: what a bridge port may do, of interfaces, networks, port groups and network ports.
#pragma once

#include "schema/io.h"

namespace yado::model {

struct PortOptions {
    schema::YesNo isolated{}; ///< isolated ports of one bridge do not reach each other
};
void describe(schema::Io& io, PortOptions& options);

} // namespace yado::model
