// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

namespace yado::qemu {

/// Nothing for <memballoon model="none"/>.
DeviceParts balloon_parts(const DeviceContext& context, const model::Balloon& balloon);

} // namespace yado::qemu
