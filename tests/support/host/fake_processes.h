// SPDX-License-Identifier: Apache-2.0
// Processes that exist only here: a test sees what was started and decides how it goes on.
#pragma once

#include "host/processes.h"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace yado::test_support {

class FakeProcesses : public host::Processes {
  public:
    /// What is known of one process; shared by its Child objects and the test.
    struct Process {
        pid_t pid = 0;
        std::uint64_t start_time = 0;
        host::ProcessSpec spec; ///< empty for one made by add_running()
        std::vector<int> signals;
        std::optional<host::ExitStatus> ended;
        std::vector<Completion<host::ExitStatus>::Resolver> waiters;

        void exit(int code);
        void die(int signal);
        void end(host::ExitStatus status);
    };
    using Pointer = std::shared_ptr<Process>;

    explicit FakeProcesses(Loop& loop) : loop_(loop) {}

    /// Called inside spawn() before it returns; may throw to fail it, or end the process at once.
    std::function<void(Process&)> on_spawn;
    /// Answers run(). Without it every command succeeds and prints nothing.
    std::function<host::CommandResult(const host::ProcessSpec&, const std::string& input)> on_run;
    /// SIGKILL and SIGTERM end a process by themselves; set to false to do that by hand.
    bool signals_kill = true;

    std::vector<Pointer> spawned; ///< in order
    std::vector<host::ProcessSpec> commands;

    /// A process from before, for adopt().
    Pointer add_running(pid_t pid, std::uint64_t start_time);

    Task<std::unique_ptr<host::Child>> spawn(host::ProcessSpec spec) override;
    std::unique_ptr<host::Child> adopt(pid_t pid, std::uint64_t start_time) override;
    Task<host::CommandResult> run(host::ProcessSpec spec, host::CommandLimits limits = {},
                                  std::string input = {}) override;

  private:
    std::unique_ptr<host::Child> child_of(Pointer process);

    Loop& loop_;
    std::map<pid_t, Pointer> all_;
    pid_t next_pid_ = 10'000;
    std::uint64_t next_start_time_ = 1'000;
};

} // namespace yado::test_support
