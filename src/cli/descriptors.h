// SPDX-License-Identifier: Apache-2.0
// Descriptors that the program inherited and passes on to the daemon.
#pragma once

#include "base/unique_fd.h"
#include "cli/arguments.h"

#include <vector>

namespace yado::cli {

/// The numbers that --pass-fds N,M,… names; none when the option was not given. Throws Failure.
std::vector<int> passed_numbers(const Arguments& arguments);
/// Copies of them, to be sent. Throws Error(system_error).
std::vector<UniqueFd> copy_descriptors(const std::vector<int>& numbers);

} // namespace yado::cli
