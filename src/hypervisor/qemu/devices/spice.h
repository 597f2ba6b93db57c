// SPDX-License-Identifier: Apache-2.0
// SPICE is the screen with the most options; they have a file of their own.
#pragma once

#include "hypervisor/qemu/devices/device.h"

namespace yado::qemu {

void add_spice(DeviceParts& parts, const DeviceContext& context, const model::Spice& spice);

} // namespace yado::qemu
