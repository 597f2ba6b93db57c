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
    std::span<const std::string_view> others; ///< further words of a union, for what it only carries along
    Rule rule;
    bool repeated = false;
    bool group = false;                 ///< an element without a type of its own
    std::string preset;                 ///< what a leaf is that is not given; empty: not there, or nothing
    std::vector<std::string_view> when; ///< the words of the union's alternatives that have it; none: all
};

/// Every alternative of every union is visited; a type inside itself is followed once.
std::vector<OutlineEntry> outline(std::string_view root, void* blank, Body body);

template <class T> std::vector<OutlineEntry> outline(std::string_view root) {
    T blank{};
    return outline(root, &blank, detail::body_of<T>);
}

} // namespace yado::schema
