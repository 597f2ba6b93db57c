// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace yado::cli {

/// Asks on the terminal the process belongs to, whatever stdin and stdout are, without one on stdin and
/// stderr; what is typed is shown if `echo`. Nothing at the end of the input.
std::optional<std::string> ask_user(std::string_view question, bool echo);

} // namespace yado::cli
