// SPDX-License-Identifier: Apache-2.0
// The system call side of starting a program: everything between clone and exec. Inside host/ only.
#pragma once

#include "base/unique_fd.h"
#include "host/processes.h"

namespace yado::host {

struct Launched {
    pid_t pid = 0;
    UniqueFd pidfd;
    std::uint64_t start_time = 0;
};

/// Blocks until the program runs. Throws as Processes::spawn() says. May be called on any thread.
Launched launch(const ProcessSpec& spec);

} // namespace yado::host
