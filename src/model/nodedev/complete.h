// SPDX-License-Identifier: Apache-2.0
// complete() prepares the document of a device that is to be made: what its parent, its driver and the kernel
// say about it later is forgotten.
#pragma once

#include "model/nodedev/device.h"

namespace yado::model {

inline constexpr const char* new_device_name = "new device";

void complete(NodeDevice& device);

} // namespace yado::model
