// SPDX-License-Identifier: Apache-2.0
// Threads in memory, which run where they are told.
#pragma once

#include "base/error.h"
#include "host/threads.h"

#include <algorithm>
#include <cerrno>
#include <map>
#include <vector>

namespace yado::test_support {

class FakeThreads : public host::Threads {
  public:
    std::map<pid_t, std::vector<pid_t>> processes; ///< with their threads
    std::map<pid_t, std::vector<unsigned>> pinned;
    std::map<pid_t, host::Scheduling> scheduled;
    std::map<pid_t, host::ThreadTimes> used;
    int changes = 0; ///< counted from 1
    int failing_change = 0;

    std::vector<pid_t> of(pid_t process) const override {
        const auto found = processes.find(process);
        return found == processes.end() ? std::vector<pid_t>() : found->second;
    }
    void set_affinity(pid_t thread, const std::vector<unsigned>& cpus) override {
        count();
        pinned[thread] = cpus;
    }
    std::vector<unsigned> affinity(pid_t thread) const override {
        const auto found = pinned.find(thread);
        return found == pinned.end() ? online() : found->second;
    }
    void set_scheduling(pid_t thread, const host::Scheduling& scheduling) override {
        count();
        scheduled[thread] = scheduling;
    }
    std::vector<unsigned> online() const override { return {0, 1, 2, 3}; }
    host::ThreadTimes times(pid_t, pid_t thread) const override {
        const auto found = used.find(thread);
        return found == used.end() ? host::ThreadTimes() : found->second;
    }

  private:
    void count() {
        ++changes;
        if (changes == failing_change) throw system_error(EPERM, "cannot change a thread");
    }
};

} // namespace yado::test_support
