// SPDX-License-Identifier: Apache-2.0
// Single threads of other processes: where they may run, how they are scheduled, what they have used.
#pragma once

#include "host/processes.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace yado::host {

/// What /proc tells of a thread.
struct ThreadTimes {
    std::uint64_t run_ns = 0;   ///< on a CPU
    std::uint64_t delay_ns = 0; ///< ready to run and waiting for a CPU
    std::uint64_t wait_ns = 0;  ///< waiting for something else, as far as the kernel counts that
    int cpu = -1;               ///< the one it ran on last; -1: the thread has ended
};

class Threads {
  public:
    Threads() = default;
    Threads(const Threads&) = delete;
    Threads& operator=(const Threads&) = delete;
    virtual ~Threads() = default;

    /// All threads of a process; empty when it has ended.
    virtual std::vector<pid_t> of(pid_t process) const = 0;
    /// Throws system_error. `cpus` without those that the host has not got is what counts; one must be there.
    virtual void set_affinity(pid_t thread, const std::vector<unsigned>& cpus) = 0;
    virtual std::vector<unsigned> affinity(pid_t thread) const = 0;
    virtual void set_scheduling(pid_t thread, const Scheduling& scheduling) = 0;
    /// CPUs of this host that are online.
    virtual std::vector<unsigned> online() const = 0;
    virtual ThreadTimes times(pid_t process, pid_t thread) const = 0;
};

/// CPUs of this host that are online.
std::vector<unsigned> online_cpus();

/// The real thing.
std::unique_ptr<Threads> make_threads();

} // namespace yado::host
