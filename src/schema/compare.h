// SPDX-License-Identifier: Apache-2.0
// Two documents side by side: the list of parts that differ, by path. "What changed", the check that a
// migration keeps what the guest sees, and tests all work on it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema/io.h"

namespace yado::schema {

/// One leaf of a document: "/domain/devices/disk[2]/target/@bus" = "virtio". Indices count from 1 and appear
/// only for parts that may repeat.
struct Field {
    std::string path;
    std::string value;
    bool guest_abi = false;
};

/// Every part of a document that is there, in the order of its description; `secure` decides about secrets,
/// live parts are included in a live view only.
std::vector<Field> fields(std::string_view root, const void* value, Body body, View view);

struct Difference {
    std::string path;
    std::string before; ///< empty: was not there
    std::string after;  ///< empty: is no longer there
    bool guest_abi = false;
};

std::vector<Difference> differences(const std::vector<Field>& before, const std::vector<Field>& after);

template <class T>
std::vector<Difference> compare(const T& before, const T& after, std::string_view root,
                                View view = definition_view) {
    return differences(fields(root, &before, detail::body_of<T>, view),
                       fields(root, &after, detail::body_of<T>, view));
}

} // namespace yado::schema
