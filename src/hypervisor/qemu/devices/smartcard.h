// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

namespace yado::qemu {

DeviceParts smartcard_parts(const DeviceContext& context, const model::Smartcard& smartcard);

} // namespace yado::qemu
