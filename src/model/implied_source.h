// SPDX-License-Identifier: Apache-2.0
// Storage named by documents that may leave its type out: then it is a file, or there is none. Snapshots and
// backups write to such.
#pragma once

#include <optional>

#include "model/storage_source.h"

namespace yado::model {

/// What stands where no type is given.
struct UntypedSource : FileSource {};
void describe(schema::Io& io, UntypedSource& source);

using ImpliedSource = SourceKinds<UntypedSource>;

/// With its type said or implied; nothing where no storage is named.
std::optional<StorageSource> source_of(const ImpliedSource& source);
/// A file whose type was not given gets it.
void complete_type(ImpliedSource& source);
/// Its word: "file", "network".
std::string_view type_word(const ImpliedSource& source);

} // namespace yado::model

template <> struct yado::schema::UnionTags<yado::model::ImpliedSource> {
    static constexpr std::string_view values[] = {"",       "file", "block",     "dir",      "network",
                                                  "volume", "nvme", "vhostuser", "vhostvdpa"};
};
