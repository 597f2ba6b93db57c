// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

namespace yado::qemu {

/// No device for one that the board has (iTCO).
DeviceParts watchdog_parts(const DeviceContext& context, const model::Watchdog& watchdog);
/// QEMU's word for what a watchdog does, the same for all of a machine: -watchdog-action, set-action.
std::string_view watchdog_action(const model::Watchdog& watchdog);

} // namespace yado::qemu
