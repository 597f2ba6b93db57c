// SPDX-License-Identifier: Apache-2.0
// The parts of one device of a domain, found by its alias.
#pragma once

#include "hypervisor/qemu/devices/device.h"

#include <string>
#include <string_view>
#include <vector>

namespace yado::qemu {

/// All that makes the device with this alias; `number` is that of the lowest block node a disk may take.
/// Throws config_unsupported for what cannot be plugged into a running guest.
DeviceParts device_parts(const DeviceContext& context, std::string_view alias, unsigned number = 0);

/// Facts good enough to name what a device's parts are called, not to make them.
LaunchFacts naming_facts(const model::Domain& domain, LaunchFacts facts);

} // namespace yado::qemu
