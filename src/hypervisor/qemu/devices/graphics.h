// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

#include <optional>
#include <vector>

namespace yado::qemu {

/// The value of -vnc.
std::string vnc_display(const DeviceContext& context, const model::Vnc& vnc);

} // namespace yado::qemu
