// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

namespace yado::qemu {

DeviceParts panic_parts(const DeviceContext& context, const model::Panic& panic);

} // namespace yado::qemu
