// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

#include <optional>
#include <vector>

namespace yado::qemu {

/// -netdev
boost::json::object network_backend(const DeviceContext& context, const model::Interface& interface);
boost::json::object interface_device(const DeviceContext& context, const model::Interface& interface,
                                     std::uint32_t boot);

} // namespace yado::qemu
