// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

namespace yado::qemu {

DeviceParts memory_device_parts(const DeviceContext& context, const model::MemoryDevice& memory);

} // namespace yado::qemu
