// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

namespace yado::qemu {

DeviceParts rng_parts(const DeviceContext& context, const model::Rng& rng);

} // namespace yado::qemu
