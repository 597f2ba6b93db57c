// SPDX-License-Identifier: Apache-2.0
// The whole life of guests on the installed QEMU, paused or running no system: start, questions, a second
// daemon that finds them again, ends of all kinds. Skipped where there is no QEMU.
#include "base/async/start.h"
#include "base/error.h"
#include "base/files.h"
#include "hypervisor/qemu/hypervisor.h"
#include "model/domain/complete.h"
#include "model/domain/document.h"
#include "model/domain/status.h"
#include "support/base/manual_loop.h"
#include "support/host/fake_cgroups.h"
#include "support/host/fake_network.h"

#include <csignal>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace yado::qemu {
namespace {

using namespace std::chrono_literals;
using test_support::FakeCgroups;
using test_support::ManualLoop;

constexpr const char* emulator = "/usr/bin/qemu-system-x86_64";

struct RealMachineTest : testing::Test {
    TemporaryDirectory directory;
    ManualLoop loop;
    std::unique_ptr<host::Processes> processes = host::make_processes(loop);
    test_support::FakeNetwork network;
    guest::Ports ports;
    FakeCgroups cgroups{host::CgroupLayout::none};
    std::vector<guest::MachineEvent> events;
    std::vector<pid_t> started;
    std::unique_ptr<QemuHypervisor> hypervisor = make_hypervisor();

    static bool installed() {
        struct stat status{};
        return ::stat(emulator, &status) == 0;
    }

    std::unique_ptr<QemuHypervisor> make_hypervisor() {
        const std::string& base = directory.path();
        Settings settings;
        settings.paths = {.lib = base + "/lib",
                          .channels = base + "/channels",
                          .run = base + "/run",
                          .log = base + "/log",
                          .cache = base + "/cache"};
        return std::make_unique<QemuHypervisor>(
            QemuHypervisor::Host{loop, *processes, cgroups, network, ports}, std::move(settings));
    }

    guest::EventSink sink() {
        return [this](const guest::MachineEvent& event) { events.push_back(event); };
    }

    model::Domain domain_with(const std::string& devices, const std::string& os = "") {
        loop.run(hypervisor->prepare());
        model::Domain domain = model::read_domain(fmt::format(
            "<domain type='qemu'><name>life</name><uuid>c0ffee00-0000-4000-8000-00000000{:04x}</uuid>"
            "<memory unit='MiB'>32</memory><vcpu>1</vcpu><os><type arch='x86_64' "
            "machine='q35'>hvm</type>{}</os>"
            "<devices>{}</devices></domain>",
            ::getpid() & 0xffff, os, devices));
        model::complete(domain, hypervisor->complete_context());
        return domain;
    }

    std::unique_ptr<guest::Machine> start(model::Domain& domain, bool paused = true) {
        domain.id = 1;
        guest::StartOptions options;
        options.id = 1;
        options.paused = paused;
        auto machine = loop.run(hypervisor->start(domain, std::move(options), sink()));
        started.push_back(machine->pid());
        return machine;
    }
    void TearDown() override { // what a failed test left running; a pid is not reused that soon
        for (const pid_t pid : started) {
            const auto line = read_file_if_exists(fmt::format("/proc/{}/cmdline", pid), 1 << 20);
            if (line && line->find("guest=life") != std::string::npos) ::kill(pid, SIGKILL);
            loop.run_until([pid] { return !host::process_start_time(pid); });
        }
        loop.advance(1min); // whoever still waits hears of it
    }

    template <class T> bool wait_for() {
        return loop.run_until([this] {
            return std::ranges::any_of(events,
                                       [](const auto& each) { return std::holds_alternative<T>(each); });
        });
    }
    std::string log() { return read_file(directory.path() + "/log/life.log", 1 << 20); }
};

#define NEEDS_QEMU                                                                                           \
    if (!installed()) GTEST_SKIP() << emulator << " is not installed"

TEST_F(RealMachineTest, LivesAndEnds) {
    NEEDS_QEMU;
    const std::string image = directory.path() + "/disk.img";
    write_file_atomically(image, std::string(1 << 20, '\0'), 0600);
    model::Domain domain =
        domain_with(fmt::format("<disk type='file' device='disk'><driver name='qemu' type='raw'/><source "
                                "file='{}'/><target dev='vda'/></disk>"
                                "<serial type='pty'/><graphics type='vnc' port='-1'/><memballoon "
                                "model='virtio'><stats period='2'/></memballoon>"
                                "<channel type='unix'><target type='virtio' "
                                "name='org.qemu.guest_agent.0'/></channel><interface type='user'/>"
                                "<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>",
                                image));
    auto machine = start(domain);
    EXPECT_GT(machine->pid(), 1);
    EXPECT_TRUE(std::get<model::PtyChar>(domain.devices.serials.at(0).backend).path.starts_with("/dev/pts/"));
    EXPECT_GE(domain.devices.graphics.at(0).vnc()->port.value_or(0), 5900);
    EXPECT_EQ(loop.run(machine->monitor_command("info status", true)), "VM status: paused (prelaunch)\r\n");
    loop.run(machine->resume());
    EXPECT_TRUE(wait_for<guest::Resumed>());
    loop.run(machine->suspend());
    EXPECT_TRUE(wait_for<guest::Stopped>());
    EXPECT_EQ(loop.run(machine->monitor_command(R"({"execute":"query-kvm","id":7})", false)),
              R"({"return":{"enabled":false,"present":true},"id":7})");
    const auto disks = loop.run(machine->block_stats());
    ASSERT_EQ(disks.size(), 1U);
    EXPECT_EQ(disks[0].target, "vda");
    EXPECT_EQ(disks[0].size.capacity, 1U << 20);
    std::map<int, std::uint64_t> memory;
    for (const guest::MemoryStat& each : loop.run(machine->memory_stats())) memory[each.tag] = each.value;
    EXPECT_EQ(memory[6], 32U * 1024) << "the balloon";
    EXPECT_GT(memory[7], 1024U) << "resident";
    EXPECT_EQ(machine->cpu_times().vcpu_ns.size(), 1U);
    EXPECT_GT(machine->cpu_times().total_ns, 0U);
    const guest::Screenshot shot = loop.run(machine->screenshot(0));
    EXPECT_EQ(read_file(fmt::format("/proc/self/fd/{}", shot.file.get()), 8 << 20).substr(1, 3), "PNG");
    loop.run(machine->send_key(0, 0, {29, 56, 111}));
    loop.run(machine->reset());
    EXPECT_TRUE(wait_for<guest::WasReset>());
    loop.run(machine->kill(guest::KillKind::forced));
    EXPECT_TRUE(wait_for<guest::Gone>());
    model::DomainStatus status;
    machine->describe_status(status);
    status.domain = domain;
    loop.run(hypervisor->clean_up(std::move(status), "destroyed"));
    EXPECT_TRUE(list_directory(directory.path() + "/lib").empty());
    EXPECT_TRUE(list_directory(directory.path() + "/channels").empty());
    EXPECT_NE(log().find(": starting up libvirt version: 9.0.0"), std::string::npos);
    EXPECT_NE(log().find(": shutting down, reason=destroyed\n"), std::string::npos);
}

TEST_F(RealMachineTest, IsFoundAgainByTheNextDaemon) {
    NEEDS_QEMU;
    model::Domain domain = domain_with("<serial type='pty'/>");
    auto machine = start(domain);
    model::DomainStatus status;
    machine->describe_status(status);
    status.domain = domain;
    status.state = "paused";
    const pid_t pid = machine->pid();
    machine.reset(); // the daemon goes, the guest stays
    hypervisor = make_hypervisor();
    events.clear();
    auto again = loop.run(hypervisor->reconnect(status, sink()));
    EXPECT_EQ(again->pid(), pid);
    EXPECT_EQ(status.state, "paused");
    loop.run(again->resume());
    EXPECT_TRUE(wait_for<guest::Resumed>());
    model::DomainStatus later;
    again->describe_status(later);
    later.domain = status.domain;
    later.state = "paused"; // what the file said when the daemon died between command and note
    again.reset();
    auto third = loop.run(hypervisor->reconnect(later, sink()));
    EXPECT_EQ(later.state, "running");
    loop.run(third->kill(guest::KillKind::forced));
    third.reset();
    EXPECT_THROW(static_cast<void>(loop.run(hypervisor->reconnect(later, sink()))), Error) << "it has ended";
}

TEST_F(RealMachineTest, OneThatIsStuckSurvivesTheNextDaemonToo) {
    NEEDS_QEMU;
    model::Domain domain = domain_with("");
    auto machine = start(domain);
    model::DomainStatus status;
    machine->describe_status(status);
    status.domain = domain;
    status.state = "paused";
    const pid_t pid = machine->pid();
    machine.reset();
    ::kill(pid, SIGSTOP);
    hypervisor = make_hypervisor();
    Completion<std::unique_ptr<guest::Machine>> taking =
        yado::start(loop, hypervisor->reconnect(status, sink()));
    loop.run_until_idle();
    EXPECT_FALSE(taking.done());
    loop.advance(6s);
    ASSERT_TRUE(taking.done());
    const std::unique_ptr<guest::Machine> again = (taking.operator co_await()).await_resume();
    EXPECT_EQ(again->pid(), pid);
    EXPECT_EQ(status.state, "paused");
    events.clear();
    ::kill(pid, SIGCONT);
    EXPECT_TRUE(wait_for<guest::Stopped>()) << "it answers what was asked while it slept";
    loop.run(again->resume());
    EXPECT_TRUE(wait_for<guest::Resumed>());
    loop.run(again->kill(guest::KillKind::forced));
}

TEST_F(RealMachineTest, ABrokenImageIsNamedBeforeQemuRuns) {
    NEEDS_QEMU;
    const std::string image = directory.path() + "/broken.qcow2";
    write_file_atomically(image, std::string(65536, 'x'), 0600);
    model::Domain domain = domain_with(fmt::format(
        "<disk type='file'><driver name='qemu' type='qcow2'/><source file='{}'/><target dev='vda'/></disk>",
        image));
    try {
        auto machine = start(domain);
        FAIL() << "not a qcow2 image";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), Code::operation_failed);
        EXPECT_EQ(error.message(), fmt::format("operation failed: image '{}': not a qcow2 image", image));
    }
}

TEST_F(RealMachineTest, AFailedStartSaysWhatQemuSaid) {
    NEEDS_QEMU;
    const std::string image = directory.path() + "/locked.raw";
    write_file_atomically(image, std::string(65536, 'x'), 0600);
    model::Domain domain = domain_with(fmt::format(
        "<disk type='file'><driver name='qemu' type='raw'/>"
        "<source file='{0}'/><target dev='vda'/></disk><disk type='file'><driver name='qemu' type='raw'/>"
        "<source file='{0}'/><target dev='vdb'/></disk>",
        image));
    try {
        auto machine = start(domain);
        FAIL() << "two writers of one image";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), Code::internal_error);
        EXPECT_NE(error.message().find("process exited while connecting to monitor: "), std::string::npos)
            << error.message();
        EXPECT_NE(error.message().find("lock"), std::string::npos) << error.message();
    }
}

TEST_F(RealMachineTest, AQemuKilledFromOutsideIsReportedAsCrashed) {
    NEEDS_QEMU;
    model::Domain domain = domain_with("");
    auto machine = start(domain);
    ::kill(machine->pid(), SIGKILL);
    ASSERT_TRUE(wait_for<guest::Gone>());
    EXPECT_TRUE(std::get<guest::Gone>(events.back()).crashed);
    EXPECT_THROW(loop.run(machine->resume()), Error);
}

TEST_F(RealMachineTest, StartsAndEndsFast) {
    NEEDS_QEMU;
    model::Domain domain = domain_with("");
    std::vector<std::chrono::milliseconds> starts;
    std::vector<std::chrono::milliseconds> ends;
    for (int i = 0; i < 3; ++i) {
        model::Domain copy = domain;
        const auto began = std::chrono::steady_clock::now();
        auto machine = start(copy);
        const auto ready = std::chrono::steady_clock::now();
        loop.run(machine->kill(guest::KillKind::forced));
        const auto over = std::chrono::steady_clock::now();
        starts.push_back(std::chrono::duration_cast<std::chrono::milliseconds>(ready - began));
        ends.push_back(std::chrono::duration_cast<std::chrono::milliseconds>(over - ready));
    }
    RecordProperty("start_ms", static_cast<int>(std::ranges::min(starts).count()));
    RecordProperty("end_ms", static_cast<int>(std::ranges::min(ends).count()));
    EXPECT_LT(std::ranges::min(starts), 2s) << "generous: other work may run beside the tests";
    EXPECT_LT(std::ranges::min(ends), 1s);
}

} // namespace
} // namespace yado::qemu
