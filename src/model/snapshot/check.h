// SPDX-License-Identifier: Apache-2.0
// check() lists what libvirt refuses about a snapshot, with its numbers and words. It judges documents that
// complete() has filled.
#pragma once

#include "model/snapshot/complete.h"
#include "schema/diagnostics.h"

namespace yado::model {

void check(const Snapshot& snapshot, const SnapshotContext& context, schema::Diagnostics& diagnostics);

} // namespace yado::model
