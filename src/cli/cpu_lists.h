// SPDX-License-Identifier: Apache-2.0
// Sets of host CPUs as commands take and show them.
#pragma once

#include "cli/session.h"

#include <cstdint>
#include <string>
#include <vector>

namespace yado::cli {

/// How many CPUs the host has, online or not.
unsigned host_cpus(Session& session);
/// "0-3,7", "^2", or "r" for all: a bit map as calls carry it. Throws Failure in virsh's words.
std::vector<std::uint8_t> cpu_map(const std::string& list, unsigned host_cpus);

} // namespace yado::cli
