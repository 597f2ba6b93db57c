// SPDX-License-Identifier: Apache-2.0
// <launchSecurity>: the object that keeps the guest's memory from the host.
#pragma once

#include "hypervisor/qemu/devices/device.h"

#include <optional>

namespace yado::qemu {

/// Its id, which the machine names.
inline constexpr std::string_view launch_security_id = "lsec0";

struct LaunchSecurityParts {
    boost::json::object object;
    std::vector<MadeFile> files; ///< that the object names
};
/// Nothing for a guest without. Throws config_unsupported for what this QEMU or accelerator has not.
std::optional<LaunchSecurityParts> launch_security(const DeviceContext& context);

} // namespace yado::qemu
