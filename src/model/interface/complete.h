// SPDX-License-Identifier: Apache-2.0
// complete() drops from the document of a host interface what libvirt does not keep for its kind.
#pragma once

#include "model/interface/interface.h"

namespace yado::model {

/// Applying it again to the result changes nothing.
void complete(HostInterface& interface);

} // namespace yado::model
