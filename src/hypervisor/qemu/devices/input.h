// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

namespace yado::qemu {

/// Nothing for what the board has (PS/2).
DeviceParts input_parts(const DeviceContext& context, const model::Input& input);

} // namespace yado::qemu
