// SPDX-License-Identifier: Apache-2.0
// complete() fills in what the documents of pools and volumes leave open, as libvirt does when they are
// defined and created, and forgets what their kind has no use for.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "model/storage/pool.h"
#include "model/storage/volume.h"

namespace yado::model {

struct PoolContext {
    std::function<Uuid()> new_uuid = [] { return Uuid::random(); };
};

/// Applying it again to the result changes nothing.
void complete(StoragePool& pool, const PoolContext& context = {});
/// `pool`: the kind of pool the volume is for. Type, formats and the allocation are filled; path and key come
/// from the pool that makes the volume.
void complete(StorageVolume& volume, PoolType pool);

/// The path with single slashes and without one at its end; two at the start stay, since they may mean
/// another thing there.
std::string clean_path(std::string_view path);

} // namespace yado::model
