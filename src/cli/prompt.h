// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace yado::cli {

/// Asks on the terminal the process belongs to, whatever stdin and stdout are; what is typed is shown if `echo`.
/// Nothing without a terminal and at the end of its input.
std::optional<std::string> ask_user(std::string_view question, bool echo);

} // namespace yado::cli
