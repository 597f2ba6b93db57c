// SPDX-License-Identifier: Apache-2.0
// Starting, watching and signalling other programs. A process is held by a pidfd, so a recycled pid is never
// hit, and starting one copies no page tables: it costs the same in a daemon with five guests and with five
// thousand.
#pragma once

#include "base/async/loop.h"
#include "base/async/task.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace yado::host {

struct ExitStatus {
    bool known = false; ///< false for an adopted process: only its parent learns how it ended
    int code = 0;       ///< exit code when `signal` is 0
    int signal = 0;     ///< the signal that ended it
    bool core_dumped = false;

    bool success() const { return known && code == 0 && signal == 0; }
    /// As libvirt says it: "exit status 1", "fatal signal 9".
    std::string text() const;
};

/// `source` of the daemon becomes `target` in the program.
struct PassedFd {
    int target = -1;
    int source = -1;
};

struct Credentials {
    uid_t user = 0;
    gid_t group = 0;
    std::vector<gid_t> supplementary;
};

struct ResourceLimit {
    int resource = 0; ///< RLIMIT_NPROC, RLIMIT_NOFILE, RLIMIT_CORE, RLIMIT_MEMLOCK …
    std::uint64_t soft = 0;
    std::uint64_t hard = 0;   ///< RLIM_INFINITY for none
    bool best_effort = false; ///< a refusal by the kernel (no CAP_SYS_RESOURCE) does not stop the start
};

struct Scheduling {
    int policy = 0;   ///< SCHED_OTHER, SCHED_BATCH, SCHED_IDLE, SCHED_FIFO, SCHED_RR
    int priority = 0; ///< 1…99 for the last two, else 0
};

/// Where a process is put before it runs its program; host/cgroups.h makes them.
struct CgroupPlacement {
    std::string unified_directory;        ///< cgroup v2 directory, empty for none
    std::vector<std::string> tasks_files; ///< cgroup v1 "tasks" files

    bool empty() const { return unified_directory.empty() && tasks_files.empty(); }
};

struct ProcessSpec {
    std::string path;                     ///< absolute; no search in PATH
    std::vector<std::string> arguments;   ///< with argv[0]
    std::vector<std::string> environment; ///< "NAME=value", the whole of it

    /// Descriptors stay the caller's and must be open until the start is over. -1 stands for /dev/null.
    /// Whatever is not named here is closed in the program.
    int stdin_fd = -1;
    int stdout_fd = -1;
    int stderr_fd = -1;
    std::vector<PassedFd> fds;

    std::string working_directory = "/";
    std::optional<Credentials> credentials; ///< ours when unset
    std::optional<std::uint64_t>
        keep_capabilities; ///< bounding set and, for another user, what it holds (1 << CAP_…)
    std::vector<ResourceLimit> limits;
    std::optional<Scheduling> scheduling;
    std::optional<int> nice;
    std::vector<unsigned> affinity; ///< CPU numbers, empty for ours
    std::optional<mode_t> umask;
    std::optional<int> oom_score_adj;
    bool new_session = true;
    bool no_new_privileges = false;
    int death_signal =
        0; ///< sent when the thread that started it ends, which is the daemon's end; 0 for none
    CgroupPlacement cgroup;
};

/// A running or ended process. Destroying it neither kills nor waits; our own children are reaped all the
/// same.
class Child {
  public:
    Child() = default;
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    virtual ~Child() = default;

    virtual pid_t pid() const = 0;
    /// Clock ticks since boot, /proc/PID/stat field 22; with the pid it names the process for as long as the
    /// host runs.
    virtual std::uint64_t start_time() const = 0;
    /// Nothing until the state thread has seen the end.
    virtual std::optional<ExitStatus> ended() const = 0;
    /// Nothing happens when it has ended. Throws system_error when not permitted.
    virtual void signal(int number) = 0;
    /// Resumes when the process has ended; any number may wait. The Child may be destroyed meanwhile.
    virtual Task<ExitStatus> wait() = 0;
};

struct CommandLimits {
    std::chrono::milliseconds timeout{30'000}; ///< then SIGKILL to its whole session
    std::size_t output_bytes = 1 << 20;        ///< of stdout and of stderr each; the rest is read and dropped
};

struct CommandResult {
    ExitStatus status;
    std::string output;
    std::string error_output;
    bool timed_out = false;
    bool truncated = false;

    bool success() const { return status.success() && !timed_out; }
};

class Processes {
  public:
    Processes() = default;
    Processes(const Processes&) = delete;
    Processes& operator=(const Processes&) = delete;
    virtual ~Processes() = default;

    /// Resumes when the program runs. Throws system_error naming the step that failed and what it was about,
    /// e.g. "cannot execute binary /usr/bin/x: No such file or directory". Blocks a worker thread, not the
    /// state thread.
    virtual Task<std::unique_ptr<Child>> spawn(ProcessSpec spec) = 0;

    /// A process started by someone else, usually this daemon before its restart. Null when no process has
    /// both this pid and this start time.
    virtual std::unique_ptr<Child> adopt(pid_t pid, std::uint64_t start_time) = 0;

    /// Runs a program to its end with `input` on its stdin and collects what it prints; its stdin, stdout and
    /// stderr in `spec` are ignored. A failing or timed out program is a result, not an exception.
    virtual Task<CommandResult> run(ProcessSpec spec, CommandLimits limits = {}, std::string input = {}) = 0;
};

/// The real thing. `loop` must outlive it, and it the waits.
std::unique_ptr<Processes> make_processes(Loop& loop);

/// Field 22 of /proc/PID/stat; nothing when there is no such process.
std::optional<std::uint64_t> process_start_time(pid_t pid);

} // namespace yado::host
