// SPDX-License-Identifier: Apache-2.0
// The program's own command line, before the commands.
#pragma once

#include "cli/session.h"

#include <string>
#include <vector>

namespace yado::cli {

struct Invocation {
    enum class Action { run, help, version, long_version };
    Settings settings;
    Action action = Action::run;
    std::vector<std::string> words;    ///< of the command; a single one is a line of commands
    std::vector<std::string> warnings; ///< to be printed as errors, without ending the program
};
/// Throws Failure in virsh's words.
Invocation read_options(int argc, char** argv);

/// "^]", or a single character's code; throws Failure.
int escape_key(const std::string& text);

} // namespace yado::cli
