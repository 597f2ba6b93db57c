// SPDX-License-Identifier: Apache-2.0
// Asks a QEMU binary what it can do: one start without a machine, one batch of questions.
#pragma once

#include "base/async/loop.h"
#include "host/processes.h"
#include "hypervisor/qemu/capabilities/capabilities.h"

#include <chrono>
#include <optional>
#include <string>

namespace yado::qemu {

struct ProbeOptions {
    Accelerator accelerator = Accelerator::tcg;   ///< judges which CPU models are usable
    std::optional<host::Credentials> credentials; ///< who runs it; ours when unset
    std::chrono::milliseconds limit{20'000};      ///< for each step: greeting, then all the answers
};

/// Runs `binary` (a path) and returns its answers; the process is gone then. Throws system_error when it
/// cannot be started, operation_timeout when it does not answer, internal_error with the last line it wrote
/// to stderr when it ends early or does not answer as QEMU does. `loop` and `processes` must outlive the
/// task.
Task<QemuCapabilities> probe(Loop& loop, host::Processes& processes, std::string binary,
                             ProbeOptions options = {});

} // namespace yado::qemu
