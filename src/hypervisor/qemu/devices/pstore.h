// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

namespace yado::qemu {

DeviceParts pstore_parts(const DeviceContext& context, const model::Pstore& pstore);

} // namespace yado::qemu
