// SPDX-License-Identifier: Apache-2.0
// The programs that backends use, found when they are needed.
#pragma once

#include "storage/backend.h"

namespace yado::storage {

struct Command {
    std::string program; ///< "qemu-img"
    std::string package; ///< Debian's, named when the program is not there
    std::vector<std::string> arguments;
    std::string secret = {}; ///< readable for the program as /dev/fd/3
    std::chrono::minutes timeout{30};
};

/// What it prints. It runs with low priority, and ends with the daemon. Throws operation_unsupported naming
/// the package when it is not installed, internal_error with its last words when it fails.
Task<std::string> run(Tools& tools, Command command);

} // namespace yado::storage
