// SPDX-License-Identifier: Apache-2.0
#include "host/processes.h"

#include "base/error.h"
#include "base/files.h"
#include "base/log.h"
#include "base/text.h"
#include "base/unique_fd.h"
#include "host/launch.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <deque>
#include <fcntl.h>
#include <set>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace yado::host {
namespace {

constexpr std::size_t stat_limit = 4096; // /proc/PID/stat is one line of some 50 numbers

int pidfd_open(pid_t pid) { return static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)); }
int pidfd_send_signal(int fd, int number) {
    return static_cast<int>(::syscall(SYS_pidfd_send_signal, fd, number, nullptr, 0));
}

/// One process, alive as long as someone holds it: its Child, a waiter, or the list of those not yet reaped.
struct Process {
    pid_t pid = 0;
    std::uint64_t start_time = 0;
    bool ours = true; // a child of this process, so its exit status is for us
    UniqueFd pidfd;
    Loop::Watch watch;
    std::optional<ExitStatus> ended;
    std::vector<Completion<ExitStatus>::Resolver> waiters;
};
using ProcessPointer = std::shared_ptr<Process>;

ExitStatus reap(const Process& process) {
    ExitStatus status;
    if (!process.ours) return status;
    siginfo_t info{};
    const auto fd = static_cast<id_t>(process.pidfd.get());
    while (::waitid(P_PIDFD, fd, &info, WEXITED | WNOHANG) < 0)
        if (errno != EINTR) return status; // someone else's wait took it
    if (info.si_pid == 0) return status;
    status.known = true;
    if (info.si_code == CLD_EXITED) {
        status.code = info.si_status;
    } else {
        status.signal = info.si_status;
        status.core_dumped = info.si_code == CLD_DUMPED;
    }
    return status;
}

Task<ExitStatus> wait_for(Loop& loop, ProcessPointer process) {
    if (process->ended) co_return *process->ended;
    Completion<ExitStatus> end(loop);
    process->waiters.push_back(end.resolver());
    co_return co_await end;
}

class LinuxChild : public Child {
  public:
    LinuxChild(Loop& loop, ProcessPointer process) : loop_(loop), process_(std::move(process)) {}

    pid_t pid() const override { return process_->pid; }
    std::uint64_t start_time() const override { return process_->start_time; }
    std::optional<ExitStatus> ended() const override { return process_->ended; }
    void signal(int number) override {
        if (process_->ended || pidfd_send_signal(process_->pidfd.get(), number) == 0 || errno == ESRCH)
            return;
        fail_errno("Failed to send signal {} to process {}", number, process_->pid);
    }
    Task<ExitStatus> wait() override { return wait_for(loop_, process_); }

  private:
    Loop& loop_;
    ProcessPointer process_;
};

/// The reading end of one of the pipes of run().
struct Collector {
    UniqueFd fd;
    Loop::Watch watch;
    std::string data;
    bool truncated = false;

    /// Reads what is there. True at the end of the pipe.
    bool drain(std::size_t limit) {
        std::array<char, 16384> buffer;
        for (;;) {
            const ssize_t got = ::read(fd.get(), buffer.data(), buffer.size());
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) return errno != EAGAIN;
            if (got == 0) return true;
            const std::size_t room = std::min(limit - data.size(), static_cast<std::size_t>(got));
            data.append(buffer.data(), room);
            truncated |= room < static_cast<std::size_t>(got);
        }
    }
};

/// Shared with callbacks that may still be queued when run() is over.
struct Capture {
    Collector output;
    Collector errors;
    bool timed_out = false;
};

struct Pipe {
    UniqueFd read;
    UniqueFd write;
};
Pipe make_pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) < 0) fail_errno("cannot create pipe");
    Pipe pipe{UniqueFd(ends[0]), UniqueFd(ends[1])};
    ::fcntl(ends[0], F_SETFL, O_NONBLOCK); // our end only; programs expect the other to block
    return pipe;
}

/// A file in memory with `input`, read from its start; needs nobody to feed it as a pipe would.
UniqueFd input_file(std::string_view input) {
    UniqueFd fd(::memfd_create("input", MFD_CLOEXEC));
    if (!fd) fail_errno("cannot create a file in memory");
    write_all(fd.get(), input, "input");
    if (::lseek(fd.get(), 0, SEEK_SET) < 0) fail_errno("cannot rewind input");
    return fd;
}

class LinuxProcesses : public Processes {
  public:
    explicit LinuxProcesses(Loop& loop) : loop_(loop) {}
    ~LinuxProcesses() override {
        for (const ProcessPointer& process : running_) process->watch.reset();
    }

    Task<std::unique_ptr<Child>> spawn(ProcessSpec spec) override {
        ProcessPointer process = co_await start(std::move(spec));
        co_return std::make_unique<LinuxChild>(loop_, std::move(process));
    }

    std::unique_ptr<Child> adopt(pid_t pid, std::uint64_t start_time) override {
        if (pid <= 0) return nullptr;
        UniqueFd pidfd(pidfd_open(pid));
        if (!pidfd) {
            if (errno == ESRCH || errno == EINVAL) return nullptr;
            fail_errno("cannot watch process {}", pid);
        }
        // Asked after the descriptor is held: had the pid been given on before that, the times would differ.
        if (process_start_time(pid) != start_time) return nullptr;
        auto process = std::make_shared<Process>();
        process->pid = pid;
        process->start_time = start_time;
        process->pidfd = std::move(pidfd);
        process->ours = false;
        watch(process);
        return std::make_unique<LinuxChild>(loop_, std::move(process));
    }

    Task<CommandResult> run(ProcessSpec spec, CommandLimits limits, std::string input) override {
        auto capture = std::make_shared<Capture>();
        Pipe output = make_pipe();
        Pipe errors = make_pipe();
        UniqueFd in;
        if (!input.empty()) in = input_file(input);
        spec.stdin_fd = in.get();
        spec.stdout_fd = output.write.get();
        spec.stderr_fd = errors.write.get();
        spec.new_session = true; // what it starts itself can then be stopped with it
        const ProcessPointer process = co_await start(std::move(spec));
        output.write.reset();
        errors.write.reset();
        capture->output.fd = std::move(output.read);
        capture->errors.fd = std::move(errors.read);
        collect(capture, &Capture::output, limits.output_bytes);
        collect(capture, &Capture::errors, limits.output_bytes);
        Loop::Timer timer = loop_.after(limits.timeout, [capture, process] {
            if (process->ended) return;
            capture->timed_out = true;
            ::kill(-process->pid, SIGKILL); // not reaped yet, so the number is still its own
        });
        CommandResult result;
        result.status = co_await wait_for(loop_, process);
        timer.reset();
        capture->output.watch.reset();
        capture->errors.watch.reset();
        // A background process it left may hold the pipes open: what is there now is the result.
        capture->output.drain(limits.output_bytes);
        capture->errors.drain(limits.output_bytes);
        result.output = std::move(capture->output.data);
        result.error_output = std::move(capture->errors.data);
        result.truncated = capture->output.truncated || capture->errors.truncated;
        result.timed_out = capture->timed_out;
        co_return result;
    }

  private:
    Task<ProcessPointer> start(ProcessSpec spec) {
        // Not on the state thread: the starting thread is held until the program runs.
        auto work = [&spec] { return launch(spec); };
        Launched launched = co_await blocking(loop_, work);
        auto process = std::make_shared<Process>();
        process->pid = launched.pid;
        process->start_time = launched.start_time;
        process->pidfd = std::move(launched.pidfd);
        watch(process);
        co_return process;
    }

    void watch(const ProcessPointer& process) {
        running_.insert(process);
        process->watch =
            loop_.watch(process->pidfd.get(), {.readable = true}, [this, raw = process.get()](Loop::Ready) {
                const auto found = std::ranges::find(running_, raw, &ProcessPointer::get);
                if (found == running_.end()) return;
                const ProcessPointer held = *found;
                running_.erase(found);
                end(held);
            });
    }

    static void end(const ProcessPointer& process) {
        process->ended = reap(*process);
        for (auto& waiter : std::exchange(process->waiters, {})) waiter.set(*process->ended);
        process->watch.reset(); // last: this runs inside its callback
    }

    void collect(const std::shared_ptr<Capture>& capture, Collector Capture::* which, std::size_t limit) {
        Collector& collector = (*capture).*which;
        collector.watch = loop_.watch(collector.fd.get(), {.readable = true},
                                      [weak = std::weak_ptr(capture), which, limit](Loop::Ready) {
                                          const auto held = weak.lock();
                                          if (!held) return;
                                          Collector& mine = (*held).*which;
                                          if (mine.drain(limit)) mine.watch.reset();
                                      });
    }

    Loop& loop_;
    std::set<ProcessPointer> running_; // keeps those alive that nobody holds, so that they are reaped
};

} // namespace

std::string ExitStatus::text() const {
    if (!known) return "unknown exit status";
    if (signal != 0) return fmt::format("fatal signal {}", signal);
    return fmt::format("exit status {}", code);
}

std::optional<std::uint64_t> process_start_time(pid_t pid) {
    std::optional<std::string> line;
    try {
        line = read_file_if_exists(fmt::format("/proc/{}/stat", pid), stat_limit);
    } catch (const Error&) {
        return std::nullopt; // ESRCH: it ended between open and read
    }
    if (!line) return std::nullopt;
    // The second field is the name in parentheses and may hold anything, also ") "; the numbers follow the
    // last one.
    const auto parenthesis = line->rfind(')');
    if (parenthesis == std::string::npos) return std::nullopt;
    const auto fields = split_words(std::string_view(*line).substr(parenthesis + 1));
    constexpr std::size_t index = 22 - 3; // counted from the field after the name, the third
    return fields.size() > index ? parse_number<std::uint64_t>(fields[index]) : std::nullopt;
}

std::unique_ptr<Processes> make_processes(Loop& loop) { return std::make_unique<LinuxProcesses>(loop); }

} // namespace yado::host
