// SPDX-License-Identifier: Apache-2.0
// Why a user cannot open a file: the first part of its path that stops it, what it is that does, and what to
// do about it. Judged from modes, access lists and mounts, without becoming that user.
#pragma once

#include "host/processes.h"

#include <optional>
#include <string>

namespace yado::host {

struct AccessProblem {
    enum class Layer { missing, not_a_directory, mode, acl, read_only_mount, symbolic_link };
    std::string component; ///< the first part that stops it: "/home/jo"
    Layer layer{};
    std::string why; ///< "mode 0700 of user 1000 lets user 64055 not pass"
    std::string fix; ///< a command, or what to do; may be empty

    /// All of it as one sentence.
    std::string text() const;
};

enum class AccessKind { read, write };

/// Nothing when nothing stops it. Symbolic links are followed. Blocks.
std::optional<AccessProblem> find_access_problem(const std::string& path, const Credentials& user,
                                                 AccessKind kind);

} // namespace yado::host
