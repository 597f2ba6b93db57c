// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

namespace yado::qemu {

/// Nothing for <model type="none"/>.
DeviceParts video_parts(const DeviceContext& context, const model::Video& video, bool primary);

} // namespace yado::qemu
