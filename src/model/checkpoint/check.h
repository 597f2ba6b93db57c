// SPDX-License-Identifier: Apache-2.0
// check() lists what libvirt refuses about a checkpoint, with its numbers and words. It judges documents that
// complete() has filled.
#pragma once

#include "model/checkpoint/complete.h"
#include "schema/diagnostics.h"

namespace yado::model {

void check(const Checkpoint& checkpoint, const CheckpointContext& context, schema::Diagnostics& diagnostics);

} // namespace yado::model
