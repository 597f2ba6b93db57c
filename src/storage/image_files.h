// SPDX-License-Identifier: Apache-2.0
// Making, resizing and wiping volumes that are files or block devices: plain ones here, the formats by
// qemu-img.
#pragma once

#include "storage/backend.h"

namespace yado::storage {

/// Makes the volume in `folder`. Until it is whole it lies in a folder of its own below, so that neither a
/// failure nor the daemon's end leaves a part of it under its name.
Task<model::StorageVolume> create_file_volume(Tools& tools, std::string folder, NewVolume wanted);
Task<void> resize_image(Tools& tools, model::StorageVolume volume, std::uint64_t capacity, bool allocate,
                        bool shrink);
/// `algorithm`: of StorageVolWipeAlgorithm.
Task<void> wipe_image(Tools& tools, model::StorageVolume volume, std::uint32_t algorithm);
/// Copies `from` over `to`, keeping what reads as zero a hole where that is possible. Blocking.
void copy_bytes(const std::string& from, int to, const std::string& to_path, bool must_share);

} // namespace yado::storage
