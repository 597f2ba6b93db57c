// SPDX-License-Identifier: Apache-2.0
// Two documents side by side: what differs, and what it takes to make one into the other. Elements are
// matched by their keys (see parts.h), those without by what is in them, then by position.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema/parts.h"

namespace yado::schema {

struct Difference {
    enum class Kind : std::uint8_t { changed, added, removed };

    std::string path; ///< in the document that has it; of a changed one, in the later
    std::string before;
    std::string after; ///< of an element that is only in one of them: its XML
    Kind kind = Kind::changed;
    Change change = Change::next_boot; ///< how it can be applied to what runs
    bool guest_abi = false;            ///< the guest sees it, or something in it
    bool element = false;              ///< a whole element, added or removed
};

/// `view` decides about secrets, which otherwise show in `before` and `after`, and about live parts. In the
/// order of the later document, what is gone at the end of the element that had it.
std::vector<Difference> compare(std::string_view root, const void* before, const void* after, Body body,
                                View view);

template <class T>
std::vector<Difference> compare(const T& before, const T& after, std::string_view root,
                                View view = definition_view) {
    return compare(root, &before, &after, detail::body_of<T>, view);
}

} // namespace yado::schema
