// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/monitor/monitor.h"

#include "base/async/start.h"
#include "base/error.h"
#include "support/base/manual_loop.h"
#include "support/hypervisor/qemu/fake_qemu.h"

#include <boost/json.hpp>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <optional>
#include <sys/socket.h>
#include <sys/stat.h>

namespace yado::qemu {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using test_support::FakeQemu;
using test_support::ManualLoop;

struct MonitorTest : testing::Test {
    ManualLoop loop;
    FakeQemu qemu{loop};
    std::vector<std::string> events; ///< "NAME data seconds.micros"
    std::vector<std::string> closings;
    std::optional<Monitor> monitor;

    MonitorTest() { connect(); }
    ~MonitorTest() override {
        monitor.reset();
        loop.run_until_idle(); // whoever still waits hears of it
    }

    void connect() {
        Monitor::Callbacks callbacks;
        callbacks.event = [this](const Monitor::Event& event) {
            events.push_back(fmt::format("{} {} {}.{}", event.name, json::serialize(event.data),
                                         event.seconds, event.micros));
        };
        callbacks.closed = [this](std::string_view why) { closings.emplace_back(why); };
        monitor.emplace(loop, qemu.take_peer(), std::move(callbacks));
    }

    /// The reply as JSON text, or the error's code and message.
    std::string outcome(Task<json::value> task) {
        try {
            return json::serialize(loop.run(std::move(task)));
        } catch (const Error& error) {
            return fmt::format("{}: {}", static_cast<int>(error.code()), error.message());
        }
    }
    static std::string outcome_of(Completion<json::value>& done) {
        try {
            return json::serialize((done.operator co_await()).await_resume());
        } catch (const Error& error) {
            return fmt::format("{}: {}", static_cast<int>(error.code()), error.message());
        }
    }
};

TEST_F(MonitorTest, NegotiatesAfterTheGreeting) {
    loop.run(monitor->negotiate());
    EXPECT_EQ(qemu.names(), std::vector<std::string>{"qmp_capabilities"});
    EXPECT_EQ(outcome(monitor->execute("query-balloon")), R"({"actual":1073741824})");
}

TEST_F(MonitorTest, PassesArgumentsOnAndLeavesEmptyOnesOut) {
    json::object arguments{{"value", 1048576}};
    EXPECT_EQ(outcome(monitor->execute("balloon", arguments)), "{}");
    EXPECT_EQ(qemu.arguments_of("balloon"), R"({"value":1048576})");
    EXPECT_EQ(outcome(monitor->execute("stop")), "{}");
    EXPECT_EQ(qemu.arguments_of("stop"), "{}");
}

TEST_F(MonitorTest, SeveralCommandsAreUnderWayAndAnswersMayCrossEachOther) {
    qemu.hold("query-status");
    qemu.hold("query-chardev");
    Completion<json::value> first = start(loop, monitor->execute("query-status"));
    Completion<json::value> second = start(loop, monitor->execute("query-chardev"));
    loop.run_until_idle();
    ASSERT_EQ(qemu.commands.size(), 2U) << "the second must not wait for the first";
    EXPECT_TRUE(qemu.answer_held("query-chardev", "[2]"));
    loop.run_until_idle();
    ASSERT_TRUE(second.done());
    EXPECT_FALSE(first.done());
    EXPECT_TRUE(qemu.answer_held("query-status", R"({"status": "paused"})"));
    loop.run_until_idle();
    EXPECT_EQ(outcome_of(second), "[2]");
    EXPECT_EQ(outcome_of(first), R"({"status":"paused"})");
}

TEST_F(MonitorTest, ARefusalIsQemusOwnWords) {
    qemu.refuse("cont", "Block node 'x' is read-only");
    EXPECT_EQ(outcome(monitor->execute("cont")),
              "1: internal error: unable to execute QEMU command 'cont': Block node 'x' is read-only");
    EXPECT_EQ(outcome(monitor->execute("no-such")), "1: internal error: unable to execute QEMU command "
                                                    "'no-such': The command no-such has not been found");
    EXPECT_FALSE(monitor->closed());
}

TEST_F(MonitorTest, ALateAnswerIsDroppedAndBlocksNothing) {
    qemu.hold("query-status");
    Completion<json::value> slow = start(loop, monitor->execute("query-status", {}, 5s));
    loop.advance(4s);
    EXPECT_FALSE(slow.done());
    EXPECT_EQ(outcome(monitor->execute("stop")), "{}");
    loop.advance(2s);
    ASSERT_TRUE(slow.done());
    EXPECT_EQ(outcome_of(slow).substr(0, 26), "68: Timed out during opera");
    EXPECT_TRUE(qemu.answer_held("query-status", "{}"));
    loop.run_until_idle();
    EXPECT_EQ(outcome(monitor->execute("query-chardev")), "[]");
    EXPECT_TRUE(closings.empty());
}

TEST_F(MonitorTest, EventsArriveBetweenAnswers) {
    qemu.hold("query-status");
    Completion<json::value> asked = start(loop, monitor->execute("query-status"));
    loop.run_until_idle();
    qemu.event("STOP", "{}", 1700000000, 42);
    qemu.event("RTC_CHANGE", R"({"offset": 3600})", 1700000001, 0);
    loop.run_until_idle();
    EXPECT_EQ(events, (std::vector<std::string>{"STOP {} 1700000000.42",
                                                R"(RTC_CHANGE {"offset":3600} 1700000001.0)"}));
    EXPECT_FALSE(asked.done());
}

TEST_F(MonitorTest, AnEventMayComeInPieces) {
    const std::string text = R"({"event": "RESUME", "timestamp": {"seconds": 1, "microseconds": 2}})";
    for (const char letter : text) {
        qemu.send(std::string_view(&letter, 1));
        loop.run_until_idle();
    }
    EXPECT_TRUE(events.empty());
    qemu.send("\r\n");
    loop.run_until_idle();
    EXPECT_EQ(events, std::vector<std::string>{"RESUME {} 1.2"});
}

TEST_F(MonitorTest, ClosingFailsEveryWaiterOnce) {
    qemu.hold("query-status");
    qemu.hold("query-chardev");
    Completion<json::value> first = start(loop, monitor->execute("query-status"));
    Completion<json::value> second = start(loop, monitor->execute("query-chardev"));
    loop.run_until_idle();
    qemu.hang_up();
    loop.run_until_idle();
    ASSERT_TRUE(first.done() && second.done());
    EXPECT_EQ(outcome_of(first), "9: operation failed: the guest's QEMU has ended");
    EXPECT_EQ(outcome_of(second), "9: operation failed: the guest's QEMU has ended");
    EXPECT_EQ(closings, std::vector<std::string>{"end of file"});
    EXPECT_TRUE(monitor->closed());
    EXPECT_EQ(outcome(monitor->execute("stop")), "9: operation failed: the guest's QEMU has ended");
    EXPECT_EQ(closings.size(), 1U);
}

TEST_F(MonitorTest, DyingBeforeTheGreetingEndsTheNegotiation) {
    FakeQemu other(loop);
    Monitor short_lived(loop, other.take_peer(), {});
    other.die_on("qmp_capabilities");
    EXPECT_THROW(loop.run(short_lived.negotiate()), Error);
}

TEST_F(MonitorTest, ASilentPeerEndsTheNegotiationInTime) {
    int pair[2];
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
    const UniqueFd peer(pair[1]);
    Monitor silent(loop, UniqueFd(pair[0]), {});
    Completion<void> done = start(loop, silent.negotiate(3s));
    loop.advance(2s);
    EXPECT_FALSE(done.done());
    loop.advance(2s);
    ASSERT_TRUE(done.done());
    EXPECT_THROW((done.operator co_await()).await_resume(), Error);
}

TEST_F(MonitorTest, DestroyingItFailsItsWaitersAndReportsNothing) {
    qemu.hold("query-status");
    Completion<json::value> asked = start(loop, monitor->execute("query-status"));
    loop.run_until_idle();
    monitor.reset();
    loop.run_until_idle();
    ASSERT_TRUE(asked.done());
    EXPECT_TRUE(closings.empty());
    EXPECT_FALSE(qemu.connected());
}

TEST_F(MonitorTest, AnEventMayDestroyTheMonitor) {
    FakeQemu other(loop);
    std::optional<Monitor> own;
    std::vector<std::string> seen;
    Monitor::Callbacks callbacks;
    callbacks.event = [&own, &seen](const Monitor::Event& event) {
        own.reset();
        seen.emplace_back(event.name); // the event outlives the monitor for as long as it is told
    };
    own.emplace(loop, other.take_peer(), std::move(callbacks));
    other.event("SHUTDOWN");
    other.event("STOP");
    loop.run_until_idle();
    EXPECT_EQ(seen, std::vector<std::string>{"SHUTDOWN"});
}

TEST_F(MonitorTest, DescriptorsGoWithTheirCommand) {
    qemu.answer("add-fd", R"({"fdset-id": 1, "fd": 12})");
    const UniqueFd file(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    EXPECT_EQ(outcome(monitor->execute("add-fd", {{"fdset-id", 1}}, Monitor::patience, file.get())),
              R"({"fdset-id":1,"fd":12})");
    ASSERT_EQ(qemu.fds.size(), 1U);
    struct stat here{};
    struct stat there{};
    ASSERT_EQ(::fstat(file.get(), &here), 0);
    ASSERT_EQ(::fstat(qemu.fds[0].get(), &there), 0);
    EXPECT_EQ(here.st_rdev, there.st_rdev);
}

TEST_F(MonitorTest, ACommandLargerThanTheSocketsBufferArrivesWhole) {
    const std::string line(2 << 20, 'x');
    qemu.answer("human-monitor-command", "\"\"");
    EXPECT_EQ(outcome(monitor->execute("human-monitor-command", {{"command-line", line}})), "\"\"");
    EXPECT_EQ(qemu.arguments_of("human-monitor-command").size(),
              line.size() + std::string(R"({"command-line":""})").size());
}

TEST_F(MonitorTest, AClientsOwnCommandKeepsItsId) {
    EXPECT_EQ(loop.run(monitor->execute_text(R"({"execute": "query-balloon", "id": "mine"})")),
              R"({"return":{"actual":1073741824},"id":"mine"})");
    EXPECT_EQ(loop.run(monitor->execute_text(R"({"execute": "query-balloon"})")),
              R"({"return":{"actual":1073741824}})");
    qemu.refuse("stop", "no");
    EXPECT_EQ(loop.run(monitor->execute_text(R"({"execute": "stop"})")),
              R"({"error":{"class":"GenericError","desc":"no"}})")
        << "a refusal is an answer here, not an error";
    EXPECT_THROW(loop.run(monitor->execute_text("info status")), Error);
    EXPECT_THROW(loop.run(monitor->execute_text("[]")), Error);
    EXPECT_THROW(loop.run(monitor->execute_text(std::string(100'000, '['))), Error);
}

// What no QEMU says, but a guest that has taken over its QEMU may.
struct HostileMonitorTest : MonitorTest, testing::WithParamInterface<const char*> {};

TEST_P(HostileMonitorTest, EndsTheConnection) {
    qemu.hold("query-status");
    Completion<json::value> asked = start(loop, monitor->execute("query-status"));
    loop.run_until_idle();
    qemu.send(std::string(GetParam()) + "\n");
    loop.run_until_idle();
    EXPECT_TRUE(monitor->closed());
    EXPECT_EQ(closings.size(), 1U);
    ASSERT_TRUE(asked.done());
    EXPECT_EQ(outcome_of(asked), "9: operation failed: the guest's QEMU has ended");
}

INSTANTIATE_TEST_SUITE_P(
    Lines, HostileMonitorTest,
    testing::Values("hello", "[]", "42", "{\"return\": {}", "{\"a\": \"\xff\xfe\"}", "{} {}",
                    R"({"error": {"class": "GenericError", "desc": "JSON parse error"}})"));

// Odd, but nothing that needs an end.
struct OddMonitorTest : MonitorTest, testing::WithParamInterface<const char*> {};

TEST_P(OddMonitorTest, IsIgnored) {
    loop.run(monitor->negotiate());
    qemu.send(std::string(GetParam()) + "\n");
    loop.run_until_idle();
    EXPECT_FALSE(monitor->closed());
    EXPECT_EQ(outcome(monitor->execute("query-chardev")), "[]");
}

INSTANTIATE_TEST_SUITE_P(Lines, OddMonitorTest,
                         testing::Values("", "\r", R"({"return": {}, "id": 4711})",
                                         R"({"return": {}, "id": -1})", R"({"return": {}, "id": "x"})",
                                         R"({"return": {}})",
                                         R"({"event": "X", "data": 5, "timestamp": "never"})",
                                         R"({"event": 5})", R"({"QMP": {}})"));

TEST_F(MonitorTest, NestingIsBounded) {
    qemu.send(R"({"event": "X", "data": )" + std::string(100'000, '[') + std::string(100'000, ']') + "}\n");
    loop.run_until_idle();
    EXPECT_TRUE(monitor->closed());
}

TEST_F(MonitorTest, LinesAreBounded) {
    const std::string part(1 << 20, ' ');
    for (std::size_t sent = 0; sent <= Monitor::line_limit + part.size() && qemu.connected();
         sent += part.size()) {
        qemu.send(part);
        loop.run_until_idle();
    }
    EXPECT_TRUE(monitor->closed());
    EXPECT_EQ(closings, std::vector<std::string>{"a line is too long"});
}

TEST_F(MonitorTest, AnAnswerWithoutAValueIsNull) {
    qemu.answer_raw("stop", R"({"id": 1})");
    EXPECT_EQ(outcome(monitor->execute("stop")), "null");
}

} // namespace
} // namespace yado::qemu
