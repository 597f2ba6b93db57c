// SPDX-License-Identifier: Apache-2.0
#include "support/host/fake_processes.h"

#include <csignal>
#include <utility>

namespace yado::test_support {
namespace {

class FakeChild : public host::Child {
  public:
    FakeChild(Loop& loop, FakeProcesses::Pointer process, const bool& signals_kill)
        : loop_(loop), process_(std::move(process)), signals_kill_(signals_kill) {}

    pid_t pid() const override { return process_->pid; }
    std::uint64_t start_time() const override { return process_->start_time; }
    std::optional<host::ExitStatus> ended() const override { return process_->ended; }
    void signal(int number) override {
        if (process_->ended) return;
        process_->signals.push_back(number);
        if (signals_kill_ && (number == SIGKILL || number == SIGTERM)) process_->die(number);
    }
    Task<host::ExitStatus> wait() override { return wait_for(loop_, process_); }

  private:
    static Task<host::ExitStatus> wait_for(Loop& loop, FakeProcesses::Pointer process) {
        if (process->ended) co_return *process->ended;
        Completion<host::ExitStatus> end(loop);
        process->waiters.push_back(end.resolver());
        co_return co_await end;
    }

    Loop& loop_;
    FakeProcesses::Pointer process_;
    const bool& signals_kill_;
};

} // namespace

void FakeProcesses::Process::exit(int code) { end({.known = true, .code = code}); }

void FakeProcesses::Process::die(int signal) { end({.known = true, .code = 0, .signal = signal}); }

void FakeProcesses::Process::end(host::ExitStatus status) {
    if (ended) return;
    ended = status;
    for (auto& waiter : std::exchange(waiters, {})) waiter.set(status);
}

FakeProcesses::Pointer FakeProcesses::add_running(pid_t pid, std::uint64_t start_time) {
    auto process = std::make_shared<Process>();
    process->pid = pid;
    process->start_time = start_time;
    all_[pid] = process;
    return process;
}

Task<std::unique_ptr<host::Child>> FakeProcesses::spawn(host::ProcessSpec spec) {
    Pointer process = add_running(next_pid_++, next_start_time_++);
    process->spec = std::move(spec);
    spawned.push_back(process);
    if (on_spawn) on_spawn(*process);
    co_return child_of(std::move(process));
}

std::unique_ptr<host::Child> FakeProcesses::adopt(pid_t pid, std::uint64_t start_time) {
    const auto found = all_.find(pid);
    if (found == all_.end() || found->second->ended || found->second->start_time != start_time)
        return nullptr;
    return child_of(found->second);
}

Task<host::CommandResult> FakeProcesses::run(host::ProcessSpec spec, host::CommandLimits, std::string input) {
    commands.push_back(spec);
    if (on_run) co_return on_run(spec, input);
    host::CommandResult result;
    result.status.known = true;
    co_return result;
}

std::unique_ptr<host::Child> FakeProcesses::child_of(Pointer process) {
    return std::make_unique<FakeChild>(loop_, std::move(process), signals_kill);
}

} // namespace yado::test_support
