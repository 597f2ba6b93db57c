// SPDX-License-Identifier: Apache-2.0
#include "host/processes.h"

#include "base/error.h"
#include "base/files.h"
#include "base/io/uv_loop.h"
#include "base/text.h"
#include "support/base/manual_loop.h"
#include "support/host/fake_processes.h"

#include <csignal>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace yado::host {
namespace {

using namespace std::chrono_literals;
using test_support::FakeProcesses;
using test_support::ManualLoop;

class ProcessesTest : public testing::Test {
  protected:
    static ProcessSpec shell(const std::string& script) {
        ProcessSpec spec;
        spec.path = "/bin/sh";
        spec.arguments = {"sh", "-c", script};
        spec.environment = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C"};
        return spec;
    }
    std::string failure(ProcessSpec spec) {
        try {
            loop_.run(processes_->spawn(std::move(spec)));
        } catch (const Error& error) { return error.message(); }
        return "started";
    }
    /// The program's stdout, without the line end.
    std::string output_of(ProcessSpec spec) {
        const CommandResult result = loop_.run(processes_->run(std::move(spec)));
        EXPECT_TRUE(result.success()) << result.status.text() << " " << result.error_output;
        return std::string(trim(result.output));
    }

    ManualLoop loop_;
    std::unique_ptr<Processes> processes_ = make_processes(loop_);
};

TEST_F(ProcessesTest, StartsAndReapsAProgram) {
    auto child = loop_.run(processes_->spawn(shell("exit 3")));
    EXPECT_GT(child->pid(), 0);
    EXPECT_GT(child->start_time(), 0u);
    const ExitStatus status = loop_.run(child->wait());
    EXPECT_TRUE(status.known);
    EXPECT_EQ(status.code, 3);
    EXPECT_EQ(status.text(), "exit status 3");
    EXPECT_EQ(loop_.run(child->wait()).code, 3); // known from now on
    EXPECT_TRUE(child->ended());
    EXPECT_FALSE(process_start_time(child->pid())); // no zombie is left
    child->signal(SIGTERM);                         // nothing to hit, no error
}

TEST_F(ProcessesTest, SignalsAndTellsTheSignal) {
    auto child = loop_.run(processes_->spawn(shell("exec sleep 1000")));
    EXPECT_FALSE(child->ended());
    child->signal(SIGKILL);
    const ExitStatus status = loop_.run(child->wait());
    EXPECT_EQ(status.signal, SIGKILL);
    EXPECT_EQ(status.text(), "fatal signal 9");
    EXPECT_FALSE(status.success());
}

TEST_F(ProcessesTest, ReapsWhatNobodyHolds) {
    auto child = loop_.run(processes_->spawn(shell("exec sleep 1000")));
    const pid_t pid = child->pid();
    child->signal(SIGKILL);
    child.reset();
    EXPECT_TRUE(loop_.run_until([&] { return !process_start_time(pid); }));
}

TEST_F(ProcessesTest, FailuresNameTheStep) {
    ProcessSpec spec = shell("exit 0");
    spec.path = "/nonexistent/program";
    EXPECT_EQ(failure(spec), "cannot execute binary /nonexistent/program: No such file or directory");
    spec = shell("exit 0");
    spec.working_directory = "/nonexistent";
    EXPECT_EQ(failure(spec), "cannot change to '/nonexistent': No such file or directory");
    spec = shell("exit 0");
    spec.fds = {{10, 12345}};
    EXPECT_EQ(failure(spec), "cannot pass file descriptor 10: Bad file descriptor");
    spec = shell("exit 0");
    spec.fds = {{-2, 0}};
    EXPECT_EQ(failure(spec), "invalid argument: cannot pass a file descriptor as number -2");
    spec = shell("exit 0");
    spec.cgroup.tasks_files = {"/nonexistent/tasks"};
    EXPECT_EQ(failure(spec), "cannot join control group /nonexistent/tasks: No such file or directory");
    // Failed starts leave no zombies either.
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
    EXPECT_EQ(errno, ECHILD);
}

TEST_F(ProcessesTest, PassesDescriptorsAndNothingElse) {
    int leak = ::open("/dev/null", O_RDONLY); // deliberately without O_CLOEXEC
    int sockets[2];
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets), 0);
    const UniqueFd ours(sockets[0]);
    const UniqueFd theirs(sockets[1]);
    // Targets that are other sources' numbers, as happens with low descriptors.
    ProcessSpec spec = shell("echo hello >&5; ls /proc/self/fd | tr '\\n' ' ' >&6; echo >&6");
    const UniqueFd file = open_file("/dev/null", O_RDWR);
    spec.fds = {{5, theirs.get()}, {6, theirs.get()}, {ours.get(), file.get()}};
    auto child = loop_.run(processes_->spawn(spec));
    EXPECT_TRUE(loop_.run(child->wait()).success());
    char text[256] = {};
    std::string all;
    for (ssize_t got = 0; (got = ::recv(ours.get(), text, sizeof text, MSG_DONTWAIT)) > 0;)
        all.append(text, static_cast<std::size_t>(got));
    ::close(leak);
    // 0-2, the three passed and the one ls reads the directory with.
    const auto lines = split(all, '\n');
    ASSERT_GE(lines.size(), 2u);
    EXPECT_EQ(lines[0], "hello");
    EXPECT_EQ(split_words(lines[1]).size(), 7u) << all;
}

TEST_F(ProcessesTest, SetsUpTheProgramAsAsked) {
    ProcessSpec spec =
        shell("umask; ulimit -n; pwd; cat /proc/self/oom_score_adj; nice; "
              "grep -E '^(NoNewPrivs|Cpus_allowed_list|SigIgn|SigBlk)' /proc/self/status; echo $ONLY");
    spec.umask = 027;
    spec.limits = {{RLIMIT_NOFILE, 100, 100}};
    spec.working_directory = "/usr";
    spec.oom_score_adj = 321;
    spec.nice = 5;
    spec.no_new_privileges = true;
    spec.affinity = {0};
    spec.environment.emplace_back("ONLY=this");
    auto* const before = ::signal(SIGPIPE, SIG_IGN); // as the daemon has it
    const std::string output = output_of(spec);
    ::signal(SIGPIPE, before);
    EXPECT_EQ(
        output,
        "0027\n100\n/usr\n321\n5\nSigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\nNoNewPrivs:\t1\n"
        "Cpus_allowed_list:\t0\nthis");
}

TEST_F(ProcessesTest, BestEffortLimitsDoNotStopTheStart) {
    ProcessSpec spec = shell("exit 0");
    spec.limits = {{12345, 1, 1, true}};
    EXPECT_EQ(failure(spec), "started");
    spec.limits[0].best_effort = false;
    EXPECT_EQ(failure(spec), "cannot limit resource 12345 to 1: Invalid argument");
}

TEST_F(ProcessesTest, ChangesUserAndCapabilities) {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
    ProcessSpec spec = shell("id -u; id -g; id -G; grep -E '^Cap(Prm|Eff|Bnd|Amb)' /proc/self/status");
    spec.credentials = Credentials{65534, 65533, {65533, 12, 13}};
    spec.keep_capabilities = 0;
    EXPECT_EQ(output_of(spec),
              "65534\n65533\n65533 12 13\nCapPrm:\t0000000000000000\nCapEff:\t0000000000000000\n"
              "CapBnd:\t0000000000000000\nCapAmb:\t0000000000000000");
    spec.keep_capabilities = 1u << 10; // CAP_NET_BIND_SERVICE
    EXPECT_EQ(output_of(spec),
              "65534\n65533\n65533 12 13\nCapPrm:\t0000000000000400\nCapEff:\t0000000000000400\n"
              "CapBnd:\t0000000000000400\nCapAmb:\t0000000000000400");
    spec.credentials.reset();
    EXPECT_NE(output_of(spec).find("CapEff:\t0000000000000400\nCapBnd:\t0000000000000400"),
              std::string::npos);
}

TEST_F(ProcessesTest, AdoptsByPidAndStartTime) {
    auto child = loop_.run(processes_->spawn(shell("exec sleep 1000")));
    EXPECT_EQ(processes_->adopt(child->pid(), child->start_time() + 1), nullptr);
    EXPECT_EQ(processes_->adopt(0x3fffffff, 1), nullptr);
    EXPECT_EQ(processes_->adopt(-1, 1), nullptr);
    const auto after_restart = make_processes(loop_);
    auto adopted = after_restart->adopt(child->pid(), child->start_time());
    ASSERT_NE(adopted, nullptr);
    adopted->signal(SIGTERM);
    const ExitStatus status = loop_.run(adopted->wait());
    EXPECT_FALSE(status.known);
    EXPECT_EQ(loop_.run(child->wait()).signal, SIGTERM);
}

TEST_F(ProcessesTest, RunCollectsOutputAndFeedsInput) {
    const CommandResult result =
        loop_.run(processes_->run(shell("cat; echo problem >&2; exit 2"), {}, std::string(100'000, 'i')));
    EXPECT_EQ(result.output, std::string(100'000, 'i'));
    EXPECT_EQ(result.error_output, "problem\n");
    EXPECT_EQ(result.status.code, 2);
    EXPECT_FALSE(result.truncated);
}

TEST_F(ProcessesTest, RunBoundsItsOutput) {
    const CommandResult result =
        loop_.run(processes_->run(shell("head -c 1000000 /dev/zero"), {.output_bytes = 1'000}));
    EXPECT_EQ(result.output.size(), 1'000u);
    EXPECT_TRUE(result.truncated);
    EXPECT_TRUE(result.success());
}

TEST_F(ProcessesTest, RunEndsWithItsProgramNotWithItsPipes) {
    const CommandResult result = loop_.run(processes_->run(shell("sleep 1000 & echo $!")));
    EXPECT_TRUE(result.success());
    const auto background = parse_number<pid_t>(trim(result.output));
    ASSERT_TRUE(background);
    ::kill(*background, SIGKILL);
}

TEST_F(ProcessesTest, RunStopsAtTheTimeout) {
    std::optional<CommandResult> result;
    spawn([](Processes& processes, ProcessSpec spec, std::optional<CommandResult>& out) -> Task<void> {
        CommandResult got = co_await processes.run(std::move(spec), CommandLimits());
        out = std::move(got);
    }(*processes_, shell("echo begun; sleep 1000; echo never"), result));
    ASSERT_FALSE(loop_.run_until([&] { return result.has_value(); }, 50ms));
    loop_.advance(31s);
    ASSERT_TRUE(loop_.run_until([&] { return result.has_value(); }));
    EXPECT_TRUE(result->timed_out);
    EXPECT_FALSE(result->success());
    EXPECT_EQ(result->status.signal, SIGKILL);
    EXPECT_EQ(result->output, "begun\n");
}

TEST_F(ProcessesTest, ManyInARow) {
    for (int i = 0; i < 50; ++i) {
        ProcessSpec spec;
        spec.path = "/bin/true";
        spec.arguments = {"true"};
        auto child = loop_.run(processes_->spawn(std::move(spec)));
        EXPECT_TRUE(loop_.run(child->wait()).success());
    }
    EXPECT_LT(list_directory("/proc/self/fd").size(), 30u); // no descriptors are left behind
}

Task<void> start_and_wait(Processes& processes, ProcessSpec spec, int& successes) {
    auto child = co_await processes.spawn(std::move(spec));
    const ExitStatus status = co_await child->wait();
    if (status.success()) ++successes;
}

Task<void> start_and_wait_often(UvLoop& loop, Processes& processes, ProcessSpec spec, int& successes,
                                int& running) {
    for (int i = 0; i < 10; ++i) co_await start_and_wait(processes, spec, successes);
    if (--running == 0) loop.stop();
}

TEST(ProcessesOnTheRealLoopTest, StartsFromSeveralThreadsAtOnce) {
    UvLoop loop(4);
    const auto processes = make_processes(loop);
    ProcessSpec spec;
    spec.path = "/bin/true";
    spec.arguments = {"true"};
    int successes = 0;
    int running = 8;
    loop.post([&] {
        for (int i = 0; i < 8; ++i) spawn(start_and_wait_often(loop, *processes, spec, successes, running));
    });
    loop.run();
    EXPECT_EQ(successes, 80);
}

TEST(FakeProcessesTest, BehavesLikeProcesses) {
    ManualLoop loop;
    FakeProcesses processes(loop);
    ProcessSpec spec;
    spec.path = "/usr/bin/qemu";
    auto child = loop.run(processes.spawn(spec));
    ASSERT_EQ(processes.spawned.size(), 1u);
    EXPECT_EQ(processes.spawned[0]->spec.path, "/usr/bin/qemu");
    auto adopted = processes.adopt(child->pid(), child->start_time());
    ASSERT_NE(adopted, nullptr);
    processes.spawned[0]->exit(1);
    EXPECT_EQ(loop.run(child->wait()).code, 1);
    EXPECT_TRUE(adopted->ended());
    EXPECT_EQ(processes.adopt(child->pid(), child->start_time()), nullptr);
    EXPECT_TRUE(loop.run(processes.run(spec)).success());
    EXPECT_EQ(processes.commands.size(), 1u);
}

} // namespace
} // namespace yado::host
