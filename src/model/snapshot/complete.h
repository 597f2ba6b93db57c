// SPDX-License-Identifier: Apache-2.0
// complete() fills in what a snapshot's document leaves open, as libvirt does when one is made or defined
// again: its name, what happens to the memory, and every disk of the domain.
#pragma once

#include <cstdint>

#include "model/snapshot/snapshot.h"
#include "schema/diagnostics.h"

namespace yado::model {

struct SnapshotContext {
    const Domain* domain = nullptr; ///< to be taken; of a redefinition, where the document has none
    SnapshotState state = SnapshotState::shutoff; ///< of the domain now
    std::int64_t now = 0;                         ///< seconds since 1970
    bool redefine = false; ///< of one that was there: time, state and domain are the document's
    bool disk_only = false;

    bool active() const { return state != SnapshotState::shutoff; }
};

/// Adds what does not fit the domain ("no disk named 'vdz'") to `problems`. Applying it again to the result
/// changes nothing.
void complete(Snapshot& snapshot, const SnapshotContext& context, schema::Diagnostics& problems);

} // namespace yado::model
