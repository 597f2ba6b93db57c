// SPDX-License-Identifier: Apache-2.0
// Help texts made from the rows of commands, in virsh's layout.
#pragma once

#include "cli/command.h"
#include "cli/value.h"

#include <string>

namespace yado::cli {

/// All commands by group.
std::string all_help();
std::string group_help(const GroupInfo& group);
std::string command_help(const Command& command);
/// The same for `--output json`.
Value all_help_value();
Value group_help_value(const GroupInfo& group);
Value command_help_value(const Command& command);
/// `yado --help`
std::string usage();

/// Null when there is no such keyword. "virsh" names the program's own group, too.
const GroupInfo* find_group(std::string_view keyword);

} // namespace yado::cli
