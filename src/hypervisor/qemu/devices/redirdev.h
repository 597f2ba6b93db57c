// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

namespace yado::qemu {

/// A redirected USB device, with the domain's filter.
DeviceParts redirdev_parts(const DeviceContext& context, const model::Redirdev& redirdev);

} // namespace yado::qemu
