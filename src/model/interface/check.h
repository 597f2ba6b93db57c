// SPDX-License-Identifier: Apache-2.0
// check() lists what libvirt refuses about a host interface, with its numbers and words.
#pragma once

#include "model/interface/interface.h"
#include "schema/diagnostics.h"

namespace yado::model {

void check(const HostInterface& interface, schema::Diagnostics& diagnostics);

} // namespace yado::model
