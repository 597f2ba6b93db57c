// SPDX-License-Identifier: Apache-2.0
// <storagepoolCapabilities>: which kinds of pools there are, and the formats each may have.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/storage/pool_kinds.h"
#include "schema/io.h"

namespace yado::model {

struct PoolFormat {
    std::string name;
};
struct PoolFormatList {
    std::string name; ///< "sourceFormatType" or "targetFormatType"
    std::vector<PoolFormat> words;
};
/// <defaultFormat> and the words that may be given instead.
struct PoolFormatChoice {
    std::string usual;
    PoolFormatList list;
};
struct PoolCapability {
    PoolType type{};
    schema::YesNo supported{};
    std::optional<PoolFormatChoice> source, volume;
};
struct StorageCapabilities {
    std::vector<PoolCapability> pools;
};
void describe(schema::Io& io, StorageCapabilities& capabilities);

/// All kinds, with what is true of them everywhere; `supported`: whether this daemon can run such pools.
StorageCapabilities storage_capabilities(const std::function<bool(PoolType)>& supported);

/// The document in libvirt's format, ending in a line end.
std::string write_storage_capabilities(const StorageCapabilities& capabilities);
StorageCapabilities read_storage_capabilities(std::string_view text);

} // namespace yado::model
