// SPDX-License-Identifier: Apache-2.0
// What differs between two definitions of one domain, and what it takes to get from one to the other while a
// guest runs. Update of a device, edit and revert ask here.
#pragma once

#include <vector>

#include "model/domain/domain.h"
#include "schema/compare.h"

namespace yado::model {

/// Both have to be completed. Each difference says whether it can be applied to the running guest (live: a
/// setter or a device to plug or unplug), only at its next start, or never (it would be another domain).
/// Names that running guests have (aliases) do not count. Paths name disks by their target, controllers by
/// type and index, network cards by their MAC address.
std::vector<schema::Difference> changes(const Domain& before, const Domain& after);

} // namespace yado::model
