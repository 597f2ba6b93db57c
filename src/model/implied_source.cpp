// SPDX-License-Identifier: Apache-2.0
#include "model/implied_source.h"

namespace yado::model {

void describe(schema::Io& io, UntypedSource& source) { describe(io, static_cast<FileSource&>(source)); }

std::optional<StorageSource> source_of(const ImpliedSource& source) {
    return std::visit(
        []<class T>(const T& each) -> std::optional<StorageSource> {
            if constexpr (std::is_same_v<T, UntypedSource>) {
                if (each.path.empty()) { return std::nullopt; }
                return static_cast<const FileSource&>(each);
            } else {
                return each;
            }
        },
        source);
}

void complete_type(ImpliedSource& source) {
    if (auto* untyped = std::get_if<UntypedSource>(&source)) {
        FileSource file = std::move(*untyped);
        source = std::move(file);
    }
}

std::string_view type_word(const ImpliedSource& source) {
    return schema::UnionTags<ImpliedSource>::values[source.index()];
}

} // namespace yado::model
