// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

namespace yado::qemu {

DeviceParts tpm_parts(const DeviceContext& context, const model::Tpm& tpm);

} // namespace yado::qemu
