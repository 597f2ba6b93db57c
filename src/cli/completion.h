// SPDX-License-Identifier: Apache-2.0
// What can stand at the end of a line: for the program's own shell and, through scripts, for bash and zsh.
#pragma once

#include "cli/session.h"

#include <string>
#include <string_view>
#include <vector>

namespace yado::cli {

/// Offers that begin with `prefix` after the words of the present command. Asks the daemon only over a
/// connection that is there, or one made without questions; without one there are just no names.
std::vector<std::string> completions(Session& session, const std::vector<std::string>& words,
                                     std::string_view prefix);

/// The script for "bash" or "zsh".
std::string completion_script(std::string_view shell);

} // namespace yado::cli
