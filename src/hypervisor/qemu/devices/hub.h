// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

namespace yado::qemu {

/// A <hub> as the model carries it along, a compact element; `number` counts the domain's hubs from 0. Throws
/// config_unsupported for kinds other than USB and for malformed addresses.
boost::json::object hub_device(const DeviceContext& context, std::string_view element, unsigned number);

} // namespace yado::qemu
