// SPDX-License-Identifier: Apache-2.0
// What <sysinfo> gives the guest: the firmware's tables and the files of fw_cfg.
#pragma once

#include "hypervisor/qemu/devices/device.h"

#include <string>
#include <vector>

namespace yado::qemu {

/// The values of -smbios, by what <smbios mode> says.
std::vector<std::string> smbios_options(const DeviceContext& context);
/// The values of -fw_cfg.
std::vector<std::string> firmware_config_options(const DeviceContext& context);

} // namespace yado::qemu
