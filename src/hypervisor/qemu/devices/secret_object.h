// SPDX-License-Identifier: Apache-2.0
// Passwords and keys for QEMU: -object secret. Documents name them, LaunchFacts knows them.
#pragma once

#include "hypervisor/qemu/devices/device.h"

#include <string>
#include <string_view>

namespace yado::qemu {

/// An object called `id` with this value.
boost::json::object secret_object(const DeviceContext& context, std::string_view id, std::string_view value);

/// The value that `secret` names. Throws no_secret when there is none.
std::string secret_value(const DeviceContext& context, const model::SecretReference& secret,
                         model::SecretUsage usage);

} // namespace yado::qemu
