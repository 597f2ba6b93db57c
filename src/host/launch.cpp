// SPDX-License-Identifier: Apache-2.0
// The child runs in the daemon's own memory until it executes the program (CLONE_VM | CLONE_VFORK), on a
// stack of its own, while the thread that started it is held. fork() would copy page tables, longer with
// every guest the daemon knows, and have both sides fault on the shared pages afterwards. The price: the
// child may only make plain system calls. No allocation, no locks, no libc function with state; and libc's
// set*id(), which reach out to all threads, least of all. Failures are written where the parent looks after
// it goes on.
#include "host/launch.h"

#include "base/error.h"
#include "base/files.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <limits>
#include <linux/capability.h>
#include <linux/close_range.h>
#include <linux/sched.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// The child must not run code that sanitizers add: it would change the state of the thread that is held.
#if defined(__clang__)
#define YADO_PLAIN_CODE __attribute__((disable_sanitizer_instrumentation, noinline))
#else
#define YADO_PLAIN_CODE __attribute__((no_sanitize("address", "thread", "undefined"), noinline))
#endif

namespace yado::host {
namespace {

constexpr std::size_t stack_bytes = 64 * 1024;
constexpr int highest_target = 4096; // passed descriptors get numbers a program can reasonably expect

enum class Step {
    none,
    session,
    cgroup,
    oom_score,
    limit,
    scheduling,
    nice,
    affinity,
    directory,
    descriptors,
    capabilities,
    groups,
    group,
    user,
    privileges,
    parent,
    execute
};

/// All that the child needs, prepared by the parent; plain pointers into memory that outlives the start.
struct Order {
    const char* path = nullptr;
    char* const* arguments = nullptr;
    char* const* environment = nullptr;
    const char* directory = nullptr;

    const char* const* tasks_files = nullptr;
    std::size_t tasks_file_count = 0;
    const char* unified_procs = nullptr; // set only when the kernel could not place the child itself

    bool new_session = false;
    bool no_new_privileges = false;
    int death_signal = 0;
    pid_t parent = 0;
    bool set_umask = false;
    mode_t umask = 0;
    const char* oom_score = nullptr;
    std::size_t oom_score_length = 0;

    const ResourceLimit* limits = nullptr;
    std::size_t limit_count = 0;
    bool set_scheduling = false;
    Scheduling scheduling;
    bool set_nice = false;
    int nice = 0;
    const unsigned long* affinity = nullptr;
    std::size_t affinity_bytes = 0;

    PassedFd* fds = nullptr; // sources are overwritten with their high copies
    std::size_t fd_count = 0;
    int first_free_fd = 3;

    bool change_user = false;
    uid_t user = 0;
    gid_t group = 0;
    const gid_t* groups = nullptr;
    std::size_t group_count = 0;
    bool limit_capabilities = false;
    std::uint64_t capabilities = 0;
    int last_capability = 0;

    sigset_t signal_mask{};

    // What the child answers.
    Step failed = Step::none;
    int error = 0;
    std::size_t index = 0;
};

// Raw calls give -1 and errno. The child shares errno with the held thread, which does not look at it
// meanwhile.
template <class... Args> YADO_PLAIN_CODE long call(long number, Args... args) {
    return ::syscall(number, args...);
}

[[noreturn]] YADO_PLAIN_CODE void give_up(Order& order, Step step, std::size_t index = 0) {
    order.error = errno;
    order.failed = step;
    order.index = index;
    for (;;) call(SYS_exit_group, 127);
}

YADO_PLAIN_CODE bool write_file(const char* path, const char* data, std::size_t size) {
    const long fd = call(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CLOEXEC, 0);
    if (fd < 0) return false;
    const bool good = call(SYS_write, fd, data, size) == static_cast<long>(size);
    const int number = errno;
    call(SYS_close, fd);
    errno = number;
    return good;
}

/// Every signal back to its default: exec keeps ignored ones ignored (SIGPIPE in the daemon), and programs
/// such as qemu-img expect the usual.
YADO_PLAIN_CODE void reset_signals(const Order& order) {
    struct KernelAction {
        void* handler = nullptr; // SIG_DFL
        unsigned long flags = 0;
        void* restorer = nullptr;
        unsigned long mask[2] = {0, 0};
    };
    constexpr std::size_t kernel_mask_bytes = 8;
    KernelAction standard;
    for (int number = 1; number <= 64; ++number)
        call(SYS_rt_sigaction, number, &standard, nullptr, kernel_mask_bytes);
    call(SYS_rt_sigprocmask, SIG_SETMASK, &order.signal_mask, nullptr, kernel_mask_bytes);
}

YADO_PLAIN_CODE void place(Order& order) {
    if (order.new_session && call(SYS_setsid) < 0) give_up(order, Step::session);
    // "0" into tasks moves the writer alone; unlike cgroup.procs the kernel does not stop all forks and exits
    // for it.
    for (std::size_t i = 0; i < order.tasks_file_count; ++i)
        if (!write_file(order.tasks_files[i], "0", 1)) give_up(order, Step::cgroup, i);
    if (order.unified_procs && !write_file(order.unified_procs, "0", 1))
        give_up(order, Step::cgroup, order.tasks_file_count);
    if (order.oom_score && !write_file("/proc/self/oom_score_adj", order.oom_score, order.oom_score_length))
        give_up(order, Step::oom_score);
    for (std::size_t i = 0; i < order.limit_count; ++i) {
        const ResourceLimit& limit = order.limits[i];
        const std::uint64_t values[2] = {limit.soft, limit.hard};
        if (call(SYS_prlimit64, 0, limit.resource, values, nullptr) < 0 && !limit.best_effort)
            give_up(order, Step::limit, i);
    }
    if (order.set_scheduling) {
        const sched_param parameters{.sched_priority = order.scheduling.priority};
        if (call(SYS_sched_setscheduler, 0, order.scheduling.policy, &parameters) < 0)
            give_up(order, Step::scheduling);
    }
    if (order.set_nice && call(SYS_setpriority, PRIO_PROCESS, 0, order.nice) < 0) give_up(order, Step::nice);
    if (order.affinity && call(SYS_sched_setaffinity, 0, order.affinity_bytes, order.affinity) < 0)
        give_up(order, Step::affinity);
    if (order.set_umask) call(SYS_umask, order.umask);
    if (call(SYS_chdir, order.directory) < 0) give_up(order, Step::directory);
}

YADO_PLAIN_CODE void pass_descriptors(Order& order) {
    // First copies above every target, so that no target overwrites a source still needed.
    for (std::size_t i = 0; i < order.fd_count; ++i) {
        const long copy = call(SYS_fcntl, order.fds[i].source, F_DUPFD_CLOEXEC, order.first_free_fd);
        if (copy < 0) give_up(order, Step::descriptors, i);
        order.fds[i].source = static_cast<int>(copy);
    }
    if (call(SYS_close_range, 0u, ~0u, CLOSE_RANGE_CLOEXEC) < 0)
        give_up(order, Step::descriptors, order.fd_count);
    for (std::size_t i = 0; i < order.fd_count; ++i)
        if (call(SYS_dup3, order.fds[i].source, order.fds[i].target, 0) < 0)
            give_up(order, Step::descriptors, i);
}

YADO_PLAIN_CODE void change_privileges(Order& order) {
    if (order.limit_capabilities) {
        for (int capability = 0; capability <= order.last_capability; ++capability) {
            if ((order.capabilities >> capability & 1) != 0) continue;
            if (call(SYS_prctl, PR_CAPBSET_READ, capability, 0, 0, 0) == 1 &&
                call(SYS_prctl, PR_CAPBSET_DROP, capability, 0, 0, 0) < 0)
                give_up(order, Step::capabilities);
        }
        if (order.capabilities != 0 && order.change_user && call(SYS_prctl, PR_SET_KEEPCAPS, 1, 0, 0, 0) < 0)
            give_up(order, Step::capabilities);
    }
    if (order.change_user) {
        if (call(SYS_setgroups, order.group_count, order.groups) < 0) give_up(order, Step::groups);
        if (call(SYS_setresgid, order.group, order.group, order.group) < 0) give_up(order, Step::group);
        if (call(SYS_setresuid, order.user, order.user, order.user) < 0) give_up(order, Step::user);
    }
    if (order.limit_capabilities) {
        __user_cap_header_struct header{.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
        __user_cap_data_struct data[2];
        for (int half = 0; half < 2; ++half) {
            const auto bits = static_cast<std::uint32_t>(order.capabilities >> (32 * half));
            data[half].effective = bits;
            data[half].permitted = bits;
            data[half].inheritable = bits;
        }
        if (call(SYS_capset, &header, data) < 0) give_up(order, Step::capabilities);
        // Across exec another user keeps only ambient capabilities.
        for (int capability = 0; order.user != 0 && capability <= order.last_capability; ++capability)
            if ((order.capabilities >> capability & 1) != 0 &&
                call(SYS_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0) < 0)
                give_up(order, Step::capabilities);
    }
    if (order.no_new_privileges && call(SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        give_up(order, Step::privileges);
    if (order.death_signal != 0) { // after the change of user, which clears it
        if (call(SYS_prctl, PR_SET_PDEATHSIG, order.death_signal, 0, 0, 0) < 0) give_up(order, Step::parent);
        if (call(SYS_getppid) != order.parent) {
            errno = ESRCH;
            give_up(order, Step::parent);
        }
    }
}

YADO_PLAIN_CODE int child(void* argument) {
    Order& order = *static_cast<Order*>(argument);
    reset_signals(order);
    place(order);
    pass_descriptors(order);
    change_privileges(order);
    call(SYS_execve, order.path, order.arguments, order.environment);
    give_up(order, Step::execute);
}

/// clone3 with a function to run, which the C library does not offer; only it can start a child inside a v2
/// group. -ENOSYS where this is not written for the processor.
long clone3_call([[maybe_unused]] clone_args& arguments, [[maybe_unused]] Order& order) {
#if defined(__x86_64__)
    long result = SYS_clone3;
    register int (*function)(void*) asm("r12") = child;
    register void* argument asm("r13") = &order;
    asm volatile("syscall\n\t"
                 "test %%rax, %%rax\n\t"
                 "jnz 1f\n\t"
                 "xor %%ebp, %%ebp\n\t"
                 "mov %%r13, %%rdi\n\t"
                 "call *%%r12\n\t"
                 "ud2\n"
                 "1:"
                 : "+a"(result)
                 : "D"(&arguments), "S"(sizeof arguments), "r"(function), "r"(argument)
                 : "rcx", "r11", "memory", "cc");
    return result;
#elif defined(__aarch64__)
    register long result asm("x0") = reinterpret_cast<long>(&arguments);
    register long size asm("x1") = sizeof arguments;
    register long number asm("x8") = SYS_clone3;
    register int (*function)(void*) asm("x9") = child;
    register void* argument asm("x10") = &order;
    asm volatile("svc #0\n\t"
                 "cbnz x0, 1f\n\t"
                 "mov x29, xzr\n\t"
                 "mov x0, x10\n\t"
                 "blr x9\n\t"
                 "brk #1\n"
                 "1:"
                 : "+r"(result)
                 : "r"(size), "r"(number), "r"(function), "r"(argument)
                 : "memory", "cc");
    return result;
#else
    return -ENOSYS;
#endif
}

/// The pid, or a negative errno. `cgroup` is a v2 directory or -1, `cgroup_procs` the file to join it by.
long start(Order& order, std::vector<char>& stack, int cgroup, const std::string& cgroup_procs, int& pidfd) {
    const auto bottom = (reinterpret_cast<std::uintptr_t>(stack.data()) + 15) & ~std::uintptr_t{15};
    constexpr std::size_t usable = stack_bytes - 32;
    clone_args arguments{};
    arguments.flags = CLONE_VM | CLONE_VFORK | CLONE_PIDFD | (cgroup >= 0 ? CLONE_INTO_CGROUP : 0);
    arguments.pidfd = reinterpret_cast<std::uintptr_t>(&pidfd);
    arguments.exit_signal = SIGCHLD;
    arguments.stack = bottom;
    arguments.stack_size = usable & ~std::size_t{15};
    arguments.cgroup = cgroup >= 0 ? static_cast<std::uint64_t>(cgroup) : 0;
    long pid = clone3_call(arguments, order);
    // ENOSYS also comes from container filters that know only the older call.
    if (pid == -ENOSYS || pid == -EPERM) {
        if (cgroup >= 0) order.unified_procs = cgroup_procs.c_str();
        pid = ::clone(child, reinterpret_cast<void*>(bottom + arguments.stack_size),
                      CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD, &order, &pidfd);
        if (pid < 0) pid = -errno;
    }
    return pid;
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
    std::vector<char*> out;
    out.reserve(texts.size() + 1);
    for (const std::string& text : texts)
        out.push_back(const_cast<char*>(text.c_str())); // execve takes them so
    out.push_back(nullptr);
    return out;
}

int last_capability() {
    static const int last = [] {
        int capability = 63;
        while (capability > 0 && ::prctl(PR_CAPBSET_READ, capability, 0, 0, 0) < 0) --capability;
        return capability;
    }();
    return last;
}

std::vector<unsigned long> cpu_mask(const std::vector<unsigned>& cpus) {
    constexpr unsigned most_cpus = 8192; // CONFIG_NR_CPUS at its largest
    constexpr std::size_t bits = std::numeric_limits<unsigned long>::digits;
    std::vector<unsigned long> mask;
    for (const unsigned cpu : cpus) {
        if (cpu >= most_cpus) fail(Code::invalid_arg, "CPU number {} is too large", cpu);
        mask.resize(std::max(mask.size(), std::size_t{cpu / bits + 1}));
        mask[cpu / bits] |= 1UL << cpu % bits;
    }
    return mask;
}

Error failure(const Order& order, const ProcessSpec& spec) {
    const int number = order.error;
    const auto say = [&](std::string_view text) { return system_error(number, text); };
    switch (order.failed) {
    case Step::none: break;
    case Step::session: return say("cannot start a session");
    case Step::cgroup:
        return say(fmt::format("cannot join control group {}", order.index < spec.cgroup.tasks_files.size()
                                                                   ? spec.cgroup.tasks_files[order.index]
                                                                   : spec.cgroup.unified_directory));
    case Step::oom_score: return say(fmt::format("cannot set OOM score to {}", *spec.oom_score_adj));
    case Step::limit: {
        const ResourceLimit& limit = spec.limits[order.index];
        return say(fmt::format("cannot limit resource {} to {}", limit.resource, limit.soft));
    }
    case Step::scheduling: return say("cannot set scheduler");
    case Step::nice: return say(fmt::format("cannot set nice level {}", *spec.nice));
    case Step::affinity: return say("cannot set CPU affinity");
    case Step::directory: return say(fmt::format("cannot change to '{}'", spec.working_directory));
    case Step::descriptors:
        return say(order.index < order.fd_count
                       ? fmt::format("cannot pass file descriptor {}", order.fds[order.index].target)
                       : std::string("cannot mark file descriptors"));
    case Step::capabilities: return say("cannot apply process capabilities");
    case Step::groups: return say("cannot set supplemental groups");
    case Step::group: return say(fmt::format("cannot change to '{}' group", order.group));
    case Step::user: return say(fmt::format("cannot change to uid to '{}'", order.user));
    case Step::privileges: return say("cannot refuse new privileges");
    case Step::parent: return say("cannot tie the process to its parent");
    case Step::execute: return say(fmt::format("cannot execute binary {}", spec.path));
    }
    return Error(Code::internal_error, "the program did not start");
}

/// No signal handler may run in the child: it would run on the daemon's memory.
class AllSignalsBlocked {
  public:
    AllSignalsBlocked() {
        sigset_t all;
        ::sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    AllSignalsBlocked(const AllSignalsBlocked&) = delete;
    AllSignalsBlocked& operator=(const AllSignalsBlocked&) = delete;
    ~AllSignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

  private:
    sigset_t before_{};
};

} // namespace

Launched launch(const ProcessSpec& spec) {
    Order order;
    const auto arguments = pointers(spec.arguments);
    const auto environment = pointers(spec.environment);
    order.path = spec.path.c_str();
    order.arguments = arguments.data();
    order.environment = environment.data();
    order.directory = spec.working_directory.c_str();

    const UniqueFd null = open_file("/dev/null", O_RDWR);
    const auto or_null = [&](int fd) { return fd >= 0 ? fd : null.get(); };
    std::vector<PassedFd> fds{
        {0, or_null(spec.stdin_fd)}, {1, or_null(spec.stdout_fd)}, {2, or_null(spec.stderr_fd)}};
    fds.insert(fds.end(), spec.fds.begin(), spec.fds.end());
    for (const PassedFd& fd : fds) {
        if (fd.target < 0 || fd.target > highest_target)
            fail(Code::invalid_arg, "cannot pass a file descriptor as number {}", fd.target);
        order.first_free_fd = std::max(order.first_free_fd, fd.target + 1);
    }
    order.fds = fds.data();
    order.fd_count = fds.size();

    std::vector<const char*> tasks_files;
    for (const std::string& file : spec.cgroup.tasks_files) tasks_files.push_back(file.c_str());
    order.tasks_files = tasks_files.data();
    order.tasks_file_count = tasks_files.size();

    const std::string oom_score = spec.oom_score_adj ? fmt::format("{}", *spec.oom_score_adj) : std::string();
    if (spec.oom_score_adj) order.oom_score = oom_score.c_str();
    order.oom_score_length = oom_score.size();
    order.limits = spec.limits.data();
    order.limit_count = spec.limits.size();
    order.set_scheduling = spec.scheduling.has_value();
    order.scheduling = spec.scheduling.value_or(Scheduling());
    order.set_nice = spec.nice.has_value();
    order.nice = spec.nice.value_or(0);
    const auto affinity = cpu_mask(spec.affinity);
    if (!affinity.empty()) order.affinity = affinity.data();
    order.affinity_bytes = affinity.size() * sizeof(unsigned long);
    order.set_umask = spec.umask.has_value();
    order.umask = spec.umask.value_or(0);
    order.new_session = spec.new_session;
    order.no_new_privileges = spec.no_new_privileges;
    order.death_signal = spec.death_signal;
    order.parent = ::getpid();
    if (spec.credentials) {
        order.change_user = true;
        order.user = spec.credentials->user;
        order.group = spec.credentials->group;
        order.groups = spec.credentials->supplementary.data();
        order.group_count = spec.credentials->supplementary.size();
    } else {
        order.user = ::geteuid();
    }
    order.limit_capabilities = spec.keep_capabilities.has_value();
    order.capabilities = spec.keep_capabilities.value_or(0);
    order.last_capability = last_capability();
    ::sigemptyset(&order.signal_mask);

    UniqueFd unified;
    if (!spec.cgroup.unified_directory.empty())
        unified = open_file(spec.cgroup.unified_directory, O_RDONLY | O_DIRECTORY);
    const std::string unified_procs = spec.cgroup.unified_directory + "/cgroup.procs";

    std::vector<char> stack(stack_bytes);
    int pidfd = -1;
    long pid = 0;
    {
        const AllSignalsBlocked blocked;
        pid = start(order, stack, unified.get(), unified_procs, pidfd);
    }
    if (pid < 0) {
        const std::string where =
            unified ? fmt::format(" in control group {}", spec.cgroup.unified_directory) : "";
        throw system_error(static_cast<int>(-pid), fmt::format("cannot start {}{}", spec.path, where));
    }

    Launched launched{.pid = static_cast<pid_t>(pid), .pidfd = UniqueFd(pidfd)};
    std::atomic_signal_fence(
        std::memory_order_seq_cst); // the child wrote the order behind the compiler's back
    if (order.failed != Step::none) {
        siginfo_t info{};
        while (::waitid(P_PIDFD, static_cast<id_t>(pidfd), &info, WEXITED) < 0 && errno == EINTR) {}
        throw failure(order, spec);
    }
    launched.start_time = process_start_time(launched.pid).value_or(0);
    return launched;
}

} // namespace yado::host
