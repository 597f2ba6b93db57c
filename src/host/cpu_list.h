// SPDX-License-Identifier: Apache-2.0
// The kernel's lists of CPU or memory node numbers: "0-3,8,10-11".
#pragma once

#include <string_view>
#include <vector>

namespace yado::host {

/// Numbers in the order given; stops at what it cannot read. Numbers past 65535 are left out.
std::vector<unsigned> parse_cpu_list(std::string_view text);

} // namespace yado::host
