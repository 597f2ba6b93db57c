// SPDX-License-Identifier: Apache-2.0
// The shape of a document without a document: every described part with its type. Reference pages, generated
// types and the test that every field is exercised come from here.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/io.h"

namespace yado::schema {

struct OutlineEntry {
    std::string path; ///< "/domain/devices/disk/target/@bus"; no indices
    std::string type; ///< "word", "string", "element", "kept", …
    std::span<const std::string_view> words;
    Rule rule;
    bool repeated = false;
};

/// Every alternative of every union is visited; a type inside itself is followed once.
std::vector<OutlineEntry> outline(std::string_view root, void* blank, Body body);

template <class T> std::vector<OutlineEntry> outline(std::string_view root) {
    T blank{};
    return outline(root, &blank, detail::body_of<T>);
}

} // namespace yado::schema
