// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

#include <optional>
#include <vector>

namespace yado::qemu {

/// Nothing for one that the board has (iTCO).
std::optional<boost::json::object> watchdog_device(const DeviceContext& context,
                                                   const model::Watchdog& watchdog);
/// The value of -watchdog-action.
std::string_view watchdog_action(const DeviceContext& context, const model::Watchdog& watchdog);

} // namespace yado::qemu
