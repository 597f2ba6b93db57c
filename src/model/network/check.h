// SPDX-License-Identifier: Apache-2.0
// check() lists what libvirt refuses about a network, with its numbers and words. It judges completed
// documents.
#pragma once

#include "model/network/network.h"
#include "model/network/port.h"
#include "schema/diagnostics.h"

namespace yado::model {

void check(const Network& network, schema::Diagnostics& diagnostics);
void check(const NetworkPort& port, schema::Diagnostics& diagnostics);

} // namespace yado::model
