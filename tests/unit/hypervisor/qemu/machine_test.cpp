// SPDX-License-Identifier: Apache-2.0
// QemuMachine against a fake QEMU: what it asks, what it makes of the answers, and how it ends. Every command
// it sends is held against QEMU 7.2's schema.
#include "hypervisor/qemu/machine.h"

#include "base/async/start.h"
#include "base/error.h"
#include "base/files.h"
#include "model/domain/complete.h"
#include "model/domain/document.h"
#include "support/base/manual_loop.h"
#include "support/host/fake_processes.h"
#include "support/hypervisor/qemu/fake_qemu.h"

#include <boost/json.hpp>
#include <csignal>
#include <gtest/gtest.h>
#include <optional>

namespace yado::qemu {
namespace {

using namespace std::chrono_literals;
using test_support::FakeProcesses;
using test_support::FakeQemu;
using test_support::ManualLoop;
using test_support::QmpSchema;

const QmpSchema& schema() {
    static const QmpSchema recorded = QmpSchema::recorded(YADO_SOURCE_DIR);
    return recorded;
}

constexpr const char* document = R"(<domain type='qemu' id='3'><name>web</name>
  <uuid>c0ffee00-0000-4000-8000-000000000001</uuid><memory>65536</memory><vcpu>2</vcpu><os><type>hvm</type></os>
  <devices>
    <disk type='file' device='disk'><source file='/images/web.qcow2'/><target dev='vda' bus='virtio'/>
      <alias name='virtio-disk0'/></disk>
    <serial type='pty'><target port='0'/><alias name='serial0'/></serial>
    <console type='pty'><target type='serial' port='0'/></console>
    <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/><alias name='channel0'/></channel>
    <graphics type='vnc' port='5901' passwd='secret'/>
    <memballoon model='virtio'><stats period='5'/><alias name='balloon0'/></memballoon>
  </devices></domain>)";

struct MachineTest : testing::Test {
    ManualLoop loop;
    TemporaryDirectory directory;
    FakeProcesses processes{loop};
    FakeProcesses::Pointer process = processes.add_running(4321, 99);
    FakeQemu qemu{loop, &schema()};
    std::vector<guest::MachineEvent> events;
    model::Domain domain = model::read_domain(document, {.view = schema::status_view});
    std::optional<QemuMachine> machine;

    MachineTest() {
        const std::string& base = directory.path();
        const GuestPlaces places({.lib = base, .channels = base, .run = base, .log = base, .cache = base},
                                 "web", 3);
        make_directories(places.domain_dir, 0700);
        write_file_atomically(places.log, "qemu: it was like this\n", 0600);
        qemu.answer("query-chardev",
                    R"([{"label":"charserial0","filename":"pty:/dev/pts/7","frontend-open":true},
            {"label":"charmonitor","filename":"unix:/x","frontend-open":true}])");
        qemu.answer("query-cpus-fast",
                    R"([{"cpu-index":1,"thread-id":802},{"cpu-index":0,"thread-id":801}])");
        qemu.answer("query-block", R"([{"device":"","qdev":"/machine/peripheral/virtio-disk0/virtio-backend",
            "inserted":{"node-name":"libvirt-1-format"}},{"device":"","qdev":"ide0-0-0"}])");
        machine.emplace(
            QemuMachine::Parts{loop, processes.adopt(4321, 99), places, 0,
                               [this](const guest::MachineEvent& event) { events.push_back(event); }},
            qemu.take_peer());
    }
    ~MachineTest() override {
        EXPECT_EQ(qemu.problems, std::vector<std::string>{});
        machine.reset();
        if (!process->ended) process->exit(0);
        loop.advance(1min); // whoever still waits hears of it
    }

    template <class T> const T* last() const {
        for (auto event = events.rbegin(); event != events.rend(); ++event) {
            if (const auto* found = std::get_if<T>(&*event)) return found;
        }
        return nullptr;
    }
};

TEST_F(MachineTest, PasswordsEndWhenTheirTimeIsOver) {
    std::get<model::Vnc>(domain.devices.graphics[0].kind).password.valid_until = "2030-01-02T03:04:05";
    loop.run(machine->meet(domain));
    EXPECT_EQ(qemu.arguments_of("expire_password"), R"({"protocol":"vnc","time":"1893553445"})");
}

TEST_F(MachineTest, APasswordsTimeMustBeADate) {
    std::get<model::Vnc>(domain.devices.graphics[0].kind).password.valid_until = "tomorrow";
    EXPECT_THROW(loop.run(machine->meet(domain)), Error);
}

TEST_F(MachineTest, MeetsQemuAndNotesWhatOnlyItKnows) {
    loop.run(machine->meet(domain));
    EXPECT_EQ(std::get<model::PtyChar>(domain.devices.serials[0].backend).path, "/dev/pts/7");
    EXPECT_EQ(domain.devices.consoles[0].tty, "/dev/pts/7") << "the console is the first serial port";
    EXPECT_EQ(domain.devices.channels[0].state, model::ChannelState::disconnected);
    EXPECT_EQ(qemu.arguments_of("set_password"), R"({"protocol":"vnc","password":"secret"})");
    EXPECT_EQ(
        qemu.arguments_of("qom-set"),
        R"({"path":"/machine/peripheral/balloon0","property":"guest-stats-polling-interval","value":5})");
    model::DomainStatus status;
    machine->describe_status(status);
    EXPECT_EQ(status.pid, 4321);
    EXPECT_EQ(status.process_start, 99U);
    EXPECT_EQ(status.monitor.path, directory.path() + "/domain-3-web/monitor.sock");
    ASSERT_EQ(status.vcpus.size(), 2U);
    EXPECT_EQ(status.vcpus[0].pid, 801) << "by number, whatever order QEMU lists them in";
    EXPECT_EQ(status.vcpus[1].pid, 802);
    ASSERT_EQ(status.devices.size(), 1U)
        << "what QEMU lists by an id, no properties and no devices without one";
    EXPECT_EQ(status.devices[0].alias, "net0");
    ASSERT_EQ(status.private_parts.size(), 1U);
    EXPECT_EQ(status.private_parts[0].device, "virtio-disk0");
    EXPECT_EQ(status.private_parts[0].xml,
              "<privateData><qom name='/machine/peripheral/virtio-disk0/virtio-backend'/></privateData>");
}

TEST_F(MachineTest, WhatIsSaidOnceIsNotSaidToAMachineTakenOver) {
    loop.run(machine->meet(domain, QemuMachine::Meeting::again));
    const std::vector<std::string> said = qemu.names();
    for (const std::string_view command : {"set_password", "qom-set", "migrate-set-capabilities"}) {
        EXPECT_EQ(std::ranges::count(said, command), 0) << command;
    }
}

TEST_F(MachineTest, AsksEverythingAtOnce) {
    for (const char* command : {"query-chardev", "query-cpus-fast", "query-block", "set_password", "qom-set"})
        qemu.hold(command);
    Completion<void> meeting = start(loop, machine->meet(domain));
    loop.run_until_idle();
    EXPECT_EQ(qemu.commands.size(), 8U) << "all are sent before the first is answered";
    EXPECT_FALSE(meeting.done());
}

TEST_F(MachineTest, AStartThatFailsQuotesTheLog) {
    qemu.on_command = [this](const FakeQemu::Command& command) {
        if (command.name == "query-chardev") process->exit(1);
    };
    qemu.die_on("query-chardev");
    try {
        loop.run(machine->meet(domain));
        FAIL() << "it must not succeed";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), Code::internal_error);
        EXPECT_EQ(error.detail(), "process exited while connecting to monitor: qemu: it was like this");
    }
}

struct ARefusalDuringTheStart : MachineTest, testing::WithParamInterface<const char*> {};

TEST_P(ARefusalDuringTheStart, FailsIt) {
    qemu.refuse(GetParam(), "not today");
    try {
        loop.run(machine->meet(domain));
        FAIL() << "it must not succeed";
    } catch (const Error& error) {
        EXPECT_EQ(error.detail(), fmt::format("unable to execute QEMU command '{}': not today", GetParam()));
    }
}

// all that are sent, as AsksEverythingAtOnce counts them
INSTANTIATE_TEST_SUITE_P(All, ARefusalDuringTheStart,
                         testing::Values("qmp_capabilities", "migrate-set-capabilities", "set_password",
                                         "qom-set", "query-chardev", "query-cpus-fast", "query-block",
                                         "qom-list"));

TEST_F(MachineTest, OneThatIsStuckIsTakenOverAsItWasAndHeardWhenItWakes) {
    qemu.hold("qmp_capabilities");
    qemu.hold("query-status");
    Completion<void> meeting = start(loop, machine->meet(domain, QemuMachine::Meeting::first, 5s));
    loop.advance(6s);
    ASSERT_TRUE(meeting.done());
    EXPECT_THROW((meeting.operator co_await()).await_resume(), Error);
    EXPECT_TRUE(process->signals.empty()) << "it lives on";
    model::DomainStatus status;
    status.vcpus = {{.id = 0, .pid = 801}};
    machine->meet_later(status);
    loop.advance(24h);
    EXPECT_TRUE(events.empty());
    model::DomainStatus known;
    machine->describe_status(known);
    EXPECT_EQ(known.vcpus.size(), 1U);
    EXPECT_TRUE(qemu.answer_held("qmp_capabilities", "{}"));
    EXPECT_TRUE(
        qemu.answer_held("query-status", R"({"status":"paused","running":false,"singlestep":false})"));
    loop.run_until_idle();
    EXPECT_NE(last<guest::Stopped>(), nullptr);
    EXPECT_EQ(last<guest::Resumed>(), nullptr);
}

TEST_F(MachineTest, SendsPlainCommands) {
    loop.run(machine->suspend());
    loop.run(machine->resume());
    loop.run(machine->power_button());
    loop.run(machine->reset());
    loop.run(machine->wake_up());
    loop.run(machine->inject_nmi());
    loop.run(machine->set_balloon(1024));
    EXPECT_EQ(qemu.names(), (std::vector<std::string>{"stop", "cont", "system_powerdown", "system_reset",
                                                      "system_wakeup", "inject-nmi", "balloon"}));
    EXPECT_EQ(qemu.arguments_of("balloon"), R"({"value":1048576})");
}

TEST_F(MachineTest, SendsKeysInQemusNumbers) {
    loop.run(machine->send_key(0, 50, {29, 97}));
    EXPECT_EQ(qemu.arguments_of("send-key"),
              R"({"keys":[{"type":"number","data":29},{"type":"number","data":157}],"hold-time":50})");
    EXPECT_THROW(loop.run(machine->send_key(0, 0, {9999})), Error);
}

TEST_F(MachineTest, AFailedDiskIsNamedWithItsImage) {
    loop.run(machine->meet(domain));
    qemu.event("BLOCK_IO_ERROR",
               R"({"device":"","node-name":"libvirt-1-format","operation":"read","action":"stop",
        "nospace":false,"reason":"Input/output error"})");
    loop.run_until_idle();
    const auto* failed = last<guest::IoFailed>();
    ASSERT_NE(failed, nullptr);
    EXPECT_EQ(failed->device_alias, "virtio-disk0");
    EXPECT_EQ(failed->path, "/images/web.qcow2");
}

TEST_F(MachineTest, ChannelsTellWhetherSomebodyListens) {
    loop.run(machine->meet(domain));
    qemu.event("VSERPORT_CHANGE", R"({"id":"channel0","open":true})");
    loop.run_until_idle();
    ASSERT_NE(last<guest::ChannelChanged>(), nullptr);
    EXPECT_EQ(last<guest::ChannelChanged>()->alias, "channel0");
    EXPECT_TRUE(last<guest::ChannelChanged>()->connected);
    qemu.event("VSERPORT_CHANGE", R"({"id":"channel0","open":false})");
    loop.run_until_idle();
    EXPECT_FALSE(last<guest::ChannelChanged>()->connected);
}

TEST_F(MachineTest, CountsDisks) {
    loop.run(machine->meet(domain));
    qemu.answer("query-blockstats", R"([{"device":"","qdev":"/machine/peripheral/virtio-disk0/virtio-backend",
        "node-name":"libvirt-1-format","stats":{"rd_operations":1,"rd_bytes":2,"rd_total_time_ns":3,"wr_operations":4,
        "wr_bytes":5,"wr_total_time_ns":6,"flush_operations":7,"flush_total_time_ns":8}},
        {"device":"floppy0","stats":{"rd_operations":9}}])");
    qemu.answer("query-named-block-nodes", R"([{"node-name":"libvirt-1-storage","write_threshold":11},
        {"node-name":"libvirt-1-format","write_threshold":0,
        "image":{"virtual-size":1073741824,"actual-size":200704}}])");
    const auto stats = loop.run(machine->block_stats());
    ASSERT_EQ(stats.size(), 1U);
    EXPECT_EQ(stats[0].target, "vda");
    EXPECT_EQ(stats[0].read_requests + 10 * stats[0].read_bytes + 100 * stats[0].read_ns, 321U);
    EXPECT_EQ(stats[0].write_requests + 10 * stats[0].write_bytes + 100 * stats[0].write_ns, 654U);
    EXPECT_EQ(stats[0].flush_requests + 10 * stats[0].flush_ns, 87U);
    EXPECT_EQ(stats[0].size.capacity, 1073741824U);
    EXPECT_EQ(stats[0].write_threshold, 11U);
}

TEST_F(MachineTest, CountsMemoryAsTheGuestReportsIt) {
    loop.run(machine->meet(domain));
    qemu.answer("qom-get", R"({"last-update":1700000000,"stats":{"stat-swap-in":4096,"stat-major-faults":3,
        "stat-free-memory":18446744073709551615,"stat-total-memory":67108864,"stat-available-memory":-1}})");
    std::map<int, std::uint64_t> stats;
    for (const guest::MemoryStat& each : loop.run(machine->memory_stats())) stats[each.tag] = each.value;
    EXPECT_EQ(stats[6], 1048576U) << "the balloon's size in KiB";
    EXPECT_EQ(stats[0], 4U);
    EXPECT_EQ(stats[2], 3U);
    EXPECT_EQ(stats[5], 65536U);
    EXPECT_EQ(stats[9], 1700000000U);
    EXPECT_FALSE(stats.contains(4)) << "all ones: the guest does not say";
    EXPECT_FALSE(stats.contains(8));
}

TEST_F(MachineTest, NonsenseInAnswersIsAnError) {
    qemu.answer("query-blockstats", "42");
    EXPECT_THROW(loop.run(machine->block_stats()), Error);
    qemu.answer("query-blockstats", R"([{"qdev":"virtio-disk0","stats":7}])");
    EXPECT_NO_THROW(loop.run(machine->block_stats())) << "not a disk of ours yet: skipped unread";
    qemu.answer("query-status", "[]");
    EXPECT_THROW(loop.run(machine->run_state()), Error);
}

/// The file a screendump command names.
std::string file_of(const FakeQemu::Command& command) {
    return std::string(boost::json::parse(command.arguments).at("filename").as_string());
}

TEST_F(MachineTest, AScreenshotIsReadOnceAndLeavesNothing) {
    qemu.on_command = [](const FakeQemu::Command& command) {
        if (command.name == "screendump") write_file_atomically(file_of(command), "\x89PNG", 0600);
    };
    const guest::Screenshot shot = loop.run(machine->screenshot(0));
    EXPECT_EQ(shot.mime, "image/png");
    EXPECT_EQ(read_file(fmt::format("/proc/self/fd/{}", shot.file.get()), 100), "\x89PNG");
    EXPECT_TRUE(list_directory(directory.path() + "/domain-3-web").empty());
    EXPECT_THROW(loop.run(machine->screenshot(1)), Error);
}

TEST_F(MachineTest, AnOldQemuGivesAPixmap) {
    qemu.refuse("screendump", "Parameter 'format' is unexpected");
    qemu.on_command = [this](const FakeQemu::Command& command) {
        if (command.name != "screendump" || command.arguments.contains("format")) return;
        write_file_atomically(file_of(command), "P6 1 1 255\nabc", 0600);
        qemu.answer("screendump", "{}");
    };
    const guest::Screenshot shot = loop.run(machine->screenshot(0));
    EXPECT_EQ(shot.mime, "image/x-portable-pixmap");
    EXPECT_EQ(read_file(fmt::format("/proc/self/fd/{}", shot.file.get()), 100), "P6 1 1 255\nabc");
}

TEST_F(MachineTest, AScreenshotFollowsNoLinkOfTheGuests) {
    qemu.on_command = [](const FakeQemu::Command& command) {
        if (command.name == "screendump") replace_symlink("/etc/passwd", file_of(command));
    };
    EXPECT_THROW(loop.run(machine->screenshot(0)), Error);
}

TEST_F(MachineTest, PassesMonitorCommandsOn) {
    qemu.answer("human-monitor-command", R"("VM status: running\r\n")");
    EXPECT_EQ(loop.run(machine->monitor_command("info status", true)), "VM status: running\r\n");
    EXPECT_EQ(qemu.arguments_of("human-monitor-command"), R"({"command-line":"info status"})");
    EXPECT_EQ(loop.run(machine->monitor_command(R"({"execute":"query-balloon"})", false)),
              R"({"return":{"actual":1073741824}})");
}

TEST_F(MachineTest, EndingItReportsItsLastWordsOnce) {
    loop.run(machine->kill(guest::KillKind::forced));
    loop.run_until_idle();
    EXPECT_EQ(process->signals, std::vector<int>{SIGTERM});
    ASSERT_NE(last<guest::Gone>(), nullptr);
    EXPECT_EQ(last<guest::Gone>()->last_words, "qemu: it was like this");
    EXPECT_EQ(std::ranges::count_if(
                  events, [](const auto& each) { return std::holds_alternative<guest::Gone>(each); }),
              1);
}

TEST_F(MachineTest, OneThatDoesNotEndIsKilledOrLeftAsAsked) {
    processes.signals_kill = false;
    Completion<void> graceful = start(loop, machine->kill(guest::KillKind::graceful));
    loop.advance(11s);
    ASSERT_TRUE(graceful.done());
    EXPECT_THROW((graceful.operator co_await()).await_resume(), Error);
    EXPECT_EQ(process->signals, std::vector<int>{SIGTERM});
    Completion<void> forced = start(loop, machine->kill(guest::KillKind::forced));
    loop.advance(11s);
    EXPECT_EQ(process->signals, (std::vector<int>{SIGTERM, SIGTERM, SIGKILL}));
    EXPECT_FALSE(forced.done()) << "it has not ended yet";
    process->die(SIGKILL);
    loop.run_until_idle();
    EXPECT_TRUE(forced.done());
    EXPECT_TRUE(last<guest::Gone>()->crashed);
}

TEST_F(MachineTest, AQemuThatClosesItsMonitorAndLivesOnIsEnded) {
    qemu.hang_up();
    loop.advance(4s);
    EXPECT_TRUE(process->signals.empty());
    loop.advance(2s);
    EXPECT_EQ(process->signals, std::vector<int>{SIGKILL});
}

TEST_F(MachineTest, LettingGoOfItEndsNothing) {
    machine.reset();
    qemu.event("STOP");
    loop.advance(1min);
    EXPECT_TRUE(process->signals.empty());
    EXPECT_TRUE(events.empty());
}

} // namespace
} // namespace yado::qemu
