// SPDX-License-Identifier: Apache-2.0
// An image with what it lies on: each image names the next in its header. Names come from guests and
// strangers, so a caller can say which files may be opened, and no file is opened twice.
#pragma once

#include "host/images/backing_name.h"
#include "host/images/image.h"

#include <functional>

namespace yado::host {

struct ChainImage {
    std::string path;
    ImageHeader header;
    ImageSizes sizes;
    /// What the image lies on, taken apart, its path no longer relative; nothing for the lowest one.
    std::optional<BackingName> backing;
};

struct ChainOptions {
    unsigned depth = 200; ///< libvirt 9.0's and QEMU's limit
    /// Asked before a backing file is opened; an empty one allows all.
    std::function<bool(const std::string& path)> allow;
    /// Of the top image; detected when not given.
    std::optional<ImageFormat> format;
    /// An image that does not say the format of what it lies on: only raw is taken for granted then. libvirt
    /// 9.0 refuses the others, because a guest could have written the header.
    bool guess_formats = false;
};

/// From the top image down to the lowest file of this host: where the last one's `backing` is not local, that
/// is where the chain goes on. Blocks. Throws system_error naming the file that cannot be read,
/// operation_invalid where the format of a backing image is not said, internal_error for loops and chains
/// that are too long, access_denied for files that are not allowed, operation_failed for damaged images.
std::vector<ChainImage> read_backing_chain(const std::string& path, const ChainOptions& options = {});

} // namespace yado::host
