// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

namespace yado::qemu {

DeviceParts hub_parts(const DeviceContext& context, const model::Hub& hub);

} // namespace yado::qemu
