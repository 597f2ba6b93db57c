// SPDX-License-Identifier: Apache-2.0
// complete() fills in what the document of a network filter leaves open, as libvirt does when it is defined.
#pragma once

#include <functional>

#include "model/nwfilter/binding.h"
#include "model/nwfilter/filter.h"

namespace yado::model {

/// Applying it again to the result changes nothing.
void complete(NetworkFilter& filter, const std::function<Uuid()>& new_uuid);
void complete(FilterBinding& binding);

} // namespace yado::model
