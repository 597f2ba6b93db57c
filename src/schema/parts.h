// SPDX-License-Identifier: Apache-2.0
// A document taken apart: every leaf, kept part and element that is there, in order, each with a path that
// names it among its like. Comparing, listing and the test that every field is exercised work on this list.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "schema/io.h"

namespace yado::schema {

struct Part {
    /// "/domain/devices/disk[target/@dev='vda']/target/@bus". One of several elements is told by its keys
    /// (Rule::key) and a number when they are not alone with these, else by its number, from 1.
    std::string path;
    std::string value; ///< of a leaf, as the document spells it
    bool guest_abi = false;
    Change change = Change::next_boot;

    // Of an element that need not be there; its leaves follow in the list.
    std::string_view name; ///< empty for a leaf
    Body body = nullptr;
    const void* slot = nullptr; ///< lives as long as the document
    bool by_position = false;   ///< one of several, without keys
    std::size_t end = 0;        ///< index behind all that is in it (behind itself for a leaf)

    bool is_leaf() const { return body == nullptr; }
};

/// `view` decides about secrets and live parts.
std::vector<Part> parts(std::string_view root, const void* value, Body body, View view);

/// The path without what tells elements from their like: "/domain/devices/disk/target/@bus".
std::string without_keys(std::string_view path);

} // namespace yado::schema
