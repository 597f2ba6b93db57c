// SPDX-License-Identifier: Apache-2.0
// Who needs a file: nothing that is needed is removed or written to by way of somebody else.
#pragma once

#include "guest/power.h"

#include <string>
#include <string_view>

namespace yado::guest {

/// Who does not count.
struct NotCounted {
    const Guest* guest = nullptr;
    std::string snapshot = {}; ///< of the guest; empty: all that is the guest's
    std::string via = {}; ///< whoever reaches the file only through this one, which is to be merged into it
};

/// Who refers to the file, in words for an error ("snapshot 'x' of guest 'y'"); empty: nobody. A guest refers
/// to the images it runs from, that its definition and its snapshots name, and to whatever lies below these
/// by the headers on disk; a snapshot also to the file with its memory.
Task<std::string> user_of(Parts parts, std::string path, NotCounted besides = {});

} // namespace yado::guest
