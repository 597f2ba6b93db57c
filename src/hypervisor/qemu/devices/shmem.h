// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

namespace yado::qemu {

DeviceParts shmem_parts(const DeviceContext& context, const model::Shmem& shmem);

} // namespace yado::qemu
