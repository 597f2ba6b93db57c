// SPDX-License-Identifier: Apache-2.0
// What lies in a folder, as volumes: sizes, formats and owners from the files themselves. All functions
// block.
#pragma once

#include "storage/backend.h"

#include <functional>

namespace yado::storage {

/// Names that a volume being made has until it is whole; they are never listed.
constexpr std::string_view unfinished_prefix = ".yado-new-";

/// The file `name` of the folder; nothing for what is no volume (sockets, links to nothing) or is gone.
std::optional<model::StorageVolume> scan_volume(const std::string& folder, const std::string& name);
/// All of them, with the file system's sizes and the folder's owner.
Contents scan_folder(const std::string& folder);

/// Sizes, owner and times of what `path` is now go into `volume`; format, capacity of formats and backing
/// files stay. Throws system_error when it is gone.
void measure(model::StorageVolume& volume, const std::string& path);

/// What a former daemon left unfinished goes away.
void remove_unfinished(const std::string& folder);

} // namespace yado::storage
