// SPDX-License-Identifier: Apache-2.0
// The command line, libvirtd's plus --root.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace yado::daemon {

struct Options {
    bool daemonize = false;
    bool listen = false; ///< also TCP and TLS
    bool verbose = false;
    bool help = false;
    bool version = false;
    std::optional<std::string> config_file;
    std::optional<std::string> pid_file;
    std::optional<unsigned> timeout; ///< seconds without clients and guests after which to end
    std::optional<std::string> root;
};

/// Throws Error(invalid_arg) with a line for the user. `arguments` begins with the program's name.
Options parse_options(std::span<char* const> arguments);
std::string help_text(std::string_view program);
std::string version_text();

} // namespace yado::daemon
