// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

#include <optional>
#include <vector>

namespace yado::qemu {

/// -object
boost::json::object rng_backend(const DeviceContext& context, const model::Rng& rng, unsigned number);
boost::json::object rng_device(const DeviceContext& context, const model::Rng& rng, unsigned number);

} // namespace yado::qemu
