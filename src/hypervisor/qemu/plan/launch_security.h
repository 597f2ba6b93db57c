// SPDX-License-Identifier: Apache-2.0
// <launchSecurity>: the object that keeps the guest's memory from the host.
#pragma once

#include "hypervisor/qemu/devices/device.h"

#include <optional>

namespace yado::qemu {

/// Its id, which the machine names.
inline constexpr std::string_view launch_security_id = "lsec0";

/// Refuses (config_unsupported) what this QEMU or accelerator has not; a guest without is fine.
void require_launch_security(const model::Domain& domain, const QemuCapabilities& capabilities);

struct LaunchSecurityParts {
    boost::json::object object;
    std::vector<MadeFile> files; ///< that the object names
};
/// Nothing for a guest without. Refuses as require_launch_security does.
std::optional<LaunchSecurityParts> launch_security(const DeviceContext& context);

} // namespace yado::qemu
