// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

#include <optional>
#include <vector>

namespace yado::qemu {

/// Nothing for <model type="none"/>.
std::optional<boost::json::object> video_device(const DeviceContext& context, const model::Video& video,
                                                bool primary);

} // namespace yado::qemu
