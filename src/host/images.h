// SPDX-License-Identifier: Apache-2.0
// What a disk image says of itself, read from its first bytes without running a tool. Images are written by
// guests: nothing in one is believed beyond its own size.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace yado::host {

struct ImageSizes {
    std::uint64_t capacity = 0;   ///< bytes the guest sees
    std::uint64_t allocation = 0; ///< bytes it takes on the host
    std::uint64_t physical = 0;   ///< length of the file or device
};

/// `format`: "raw", "qcow2" …; formats without a reader here count as raw. Blocks. Throws system_error naming
/// `path`.
ImageSizes image_sizes(const std::string& path, std::string_view format);

} // namespace yado::host
