// SPDX-License-Identifier: Apache-2.0
// Calls and documents name a disk by its target in the guest or by its source: one rule for all of them.
#pragma once

#include <string_view>

#include "model/domain/domain.h"

namespace yado::model {

/// The disk with this target ("vda") or source (an absolute path); null when there is none.
const Disk* named_disk(const Domain& domain, std::string_view name);

} // namespace yado::model
