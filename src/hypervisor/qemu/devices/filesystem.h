// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hypervisor/qemu/devices/device.h"

#include <optional>
#include <string>

namespace yado::qemu {

/// What makes a shared directory: for 9p a back end inside QEMU, for virtiofs a process and its socket.
struct FilesystemParts {
    std::string fsdev;   ///< value of -fsdev; it has no JSON form. Empty: none
    std::string chardev; ///< value of -chardev; empty: none
    boost::json::object device;
    std::optional<HelperProcess> helper;
};

FilesystemParts filesystem_parts(const DeviceContext& context, const model::Filesystem& filesystem);

} // namespace yado::qemu
