// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

namespace yado::qemu {

DeviceParts crypto_parts(const DeviceContext& context, const model::Crypto& crypto);

} // namespace yado::qemu
