// SPDX-License-Identifier: Apache-2.0
// The parts of the command line that are about the machine as a whole.
#pragma once

#include "hypervisor/qemu/devices/device.h"

#include <string>
#include <vector>

namespace yado::qemu {

std::string machine_option(const DeviceContext& context);
/// The value of -accel.
std::string accelerator_option(const DeviceContext& context);
std::string rtc_option(const DeviceContext& context);
/// The value of -boot.
std::string boot_option(const DeviceContext& context);
/// Options of the form -global that features ask for.
std::vector<std::string> global_options(const DeviceContext& context);

/// Refuses what a definition asks for and this release does not translate, so that nothing is left out
/// silently; logs what only tunes the guest's use of the host.
void refuse_untranslated(const DeviceContext& context);

} // namespace yado::qemu
