// SPDX-License-Identifier: Apache-2.0
// The CPUs a file speaks of: <cpu> by itself or of a domain, a host's of its capabilities, and what
// host-model means in domain capabilities. A file may hold several documents, one after another.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace yado::cli {

/// The <cpu> elements. `file` is its name in messages. Throws Failure when there is none, Error for malformed
/// text.
std::vector<std::string> cpu_documents(std::string_view text, std::string_view file);

} // namespace yado::cli
