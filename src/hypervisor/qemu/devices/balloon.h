// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

#include <optional>
#include <vector>

namespace yado::qemu {

/// Nothing for <memballoon model="none"/>.
std::optional<boost::json::object> balloon_device(const DeviceContext& context,
                                                  const model::Balloon& balloon);

} // namespace yado::qemu
