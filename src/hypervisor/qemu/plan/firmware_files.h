// SPDX-License-Identifier: Apache-2.0
// The descriptions of firmware that are installed on this host.
#pragma once

#include "hypervisor/qemu/plan/firmware.h"

#include <string>
#include <vector>

namespace yado::qemu {

/// Those of distributions and administrators, in the order of their names. A file of the administrator takes
/// the place of one of the same name, an empty one hides it. Files that are not understood are left out with
/// a warning. Blocks. `root` stands before the paths.
std::vector<FirmwareDescriptor> installed_firmware(const std::string& root = {});

} // namespace yado::qemu
