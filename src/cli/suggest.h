// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace yado::cli {

/// The command whose name is nearest to a mistyped one; empty when none is near.
std::string_view closest_command(std::string_view name);

} // namespace yado::cli
