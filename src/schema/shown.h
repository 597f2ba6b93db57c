// SPDX-License-Identifier: Apache-2.0
// Which parts of a value a view has: the same answer for every walker that writes or compares.
#pragma once

#include "schema/io.h"

namespace yado::schema {

inline bool hidden(View view, const Rule& rule) { return rule.read_only_alias || !view.shows(rule.show); }

/// An attribute that readers insist on is written even when it says nothing: name=''.
inline bool insisted_on(Place place, const Rule& rule, const Codec& codec) {
    return place == Place::attribute && rule.required && &codec == &codec_of<Plain, std::string>;
}

/// Whether a leaf is written. In the migratable view, what this host named by itself means nothing to
/// another.
inline bool shown(View view, Place place, const Rule& rule, const Codec& codec, const void* slot) {
    if (hidden(view, rule) || (!codec.present(slot) && !insisted_on(place, rule, codec))) { return false; }
    if (view.migratable && codec.belongs != nullptr && !codec.belongs(slot, View{})) { return false; }
    return !rule.omit_default || !codec.is_default(slot);
}

/// Whether an element is written with nothing in it. One that readers insist on is.
inline bool kept_empty(const Rule& rule) { return rule.keep_empty || rule.required; }

/// What readers forget: a running guest's parts in a definition. Secrets are always read.
inline bool forgotten(View view, const Rule& rule) {
    return (rule.show == Show::live || rule.show == Show::running) && !view.live;
}

/// The word of the selected alternative; empty when the document would have none.
inline std::string_view selected_word(const Union& type, void* slot) {
    const std::string* other = type.other_word(slot);
    return other != nullptr ? std::string_view(*other) : type.words[type.index(slot)];
}

/// Selects the alternative called `word`. False when there is none.
inline bool select_word(const Union& type, void* slot, std::string_view word) {
    for (std::size_t i = 0; i < type.words.size(); ++i) {
        if (type.words[i] == word && !word.empty()) {
            type.select(slot, i);
            return true;
        }
    }
    for (const std::string_view other : type.others) {
        if (other == word) {
            type.select(slot, type.words.size());
            *type.other_word(slot) = other;
            return true;
        }
    }
    return false;
}

} // namespace yado::schema
