// SPDX-License-Identifier: Apache-2.0
// Files of the host that a plugged device opens. All blocks.
#pragma once

#include "hypervisor/qemu/devices/device.h"
#include "hypervisor/qemu/settings.h"

namespace yado::qemu {

/// Files are there and QEMU's user may open them; logs are made. Throws system_error naming the file, with
/// everything given back.
void lend_files(const DeviceParts& parts, const Settings& settings);
void return_files(const std::vector<std::string>& paths, const Settings& settings) noexcept;

/// The images of a disk that QEMU has let go of.
void return_images(const model::Disk& disk, const Settings& settings) noexcept;

} // namespace yado::qemu
