// SPDX-License-Identifier: Apache-2.0
// Things that have parents, drawn as virsh does.
#pragma once

#include "cli/value.h"

#include <span>
#include <string>

namespace yado::cli {

struct TreeItem {
    std::string name;
    std::string parent; ///< empty, or not among the items: a root
};

/// The roots in their order, each with all that is below it. Items whose parents go in a circle are left out.
std::string tree_text(std::span<const TreeItem> items);
/// A list of roots: `name`, and `children` likewise.
Value tree_value(std::span<const TreeItem> items);

} // namespace yado::cli
