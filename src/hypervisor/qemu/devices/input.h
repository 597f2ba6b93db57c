// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

#include <optional>
#include <vector>

namespace yado::qemu {

/// Nothing for what the board has (PS/2).
std::optional<boost::json::object> input_device(const DeviceContext& context, const model::Input& input);

} // namespace yado::qemu
