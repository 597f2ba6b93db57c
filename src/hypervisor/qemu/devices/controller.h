// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

#include <optional>
#include <vector>

namespace yado::qemu {

/// Nothing for a controller that the board has by itself.
std::optional<boost::json::object> controller_device(const DeviceContext& context,
                                                     const model::Controller& controller);

} // namespace yado::qemu
