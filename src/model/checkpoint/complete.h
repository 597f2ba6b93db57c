// SPDX-License-Identifier: Apache-2.0
// complete() fills in what a checkpoint's document leaves open, as libvirt does when one is made or defined
// again: its name and every disk of the domain.
#pragma once

#include <cstdint>

#include "model/checkpoint/checkpoint.h"
#include "schema/diagnostics.h"

namespace yado::model {

struct CheckpointContext {
    const Domain* domain = nullptr; ///< to be taken; of a redefinition, where the document has none
    std::uint64_t now = 0;          ///< seconds since 1970
    bool redefine = false;          ///< of one that was there: the time is the document's
};

/// Adds what does not fit the domain ("no disk named 'vdz'") to `problems`. Applying it again to the result
/// changes nothing.
void complete(Checkpoint& checkpoint, const CheckpointContext& context, schema::Diagnostics& problems);

} // namespace yado::model
