// SPDX-License-Identifier: Apache-2.0
// Running what was parsed, with errors, blank lines and times printed as virsh does.
#pragma once

#include "cli/arguments.h"
#include "cli/session.h"

#include <string_view>
#include <vector>

namespace yado::cli {

/// Parses and runs a line of commands. True when the last one succeeded.
bool run_line(Session& session, std::string_view line);
/// Runs commands in turn, a failed one not ending the others. True when the last one succeeded.
bool run_commands(Session& session, const std::vector<Arguments>& commands);
/// Prints what the exception in flight says.
void report(Session& session);

} // namespace yado::cli
