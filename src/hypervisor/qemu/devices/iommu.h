// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

namespace yado::qemu {

DeviceParts iommu_parts(const DeviceContext& context, const model::Iommu& iommu);

} // namespace yado::qemu
