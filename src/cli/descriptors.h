// SPDX-License-Identifier: Apache-2.0
// Descriptors that the program inherited and passes on to the daemon.
#pragma once

#include "base/unique_fd.h"
#include "cli/arguments.h"

#include <vector>

namespace yado::cli {

/// Copies of the descriptors that --pass-fds N,M,… names; none when the option was not given. Throws Failure.
std::vector<UniqueFd> passed_descriptors(const Arguments& arguments);

} // namespace yado::cli
