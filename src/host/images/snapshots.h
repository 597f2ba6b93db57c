// SPDX-License-Identifier: Apache-2.0
// Snapshots inside qcow2 images.
#pragma once

#include <string>
#include <vector>

namespace yado::host {

/// Their names, in the image's order; of an image of another format none. What lies beyond the first mebibyte
/// of the table is not looked at. Blocks. Throws system_error naming `path`, operation_failed for damaged
/// images.
std::vector<std::string> internal_snapshots(const std::string& path);

} // namespace yado::host
