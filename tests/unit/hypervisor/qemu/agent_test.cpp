// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/agent/agent.h"

#include "base/files.h"
#include "support/base/manual_loop.h"
#include "support/hypervisor/qemu/fake_agent.h"

#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>

namespace yado::qemu {
namespace {

using namespace std::chrono_literals;
using guest::AgentLacks;

class AgentTest : public testing::Test {
  protected:
    AgentTest() {
        char name[] = "/tmp/yado-agent-XXXXXX";
        folder = ::mkdtemp(name);
        fake.emplace(loop, folder + "/socket");
        agent.emplace(loop, folder + "/socket");
        agent->set_connected(true);
    }
    ~AgentTest() override { std::filesystem::remove_all(folder); }

    template <class Call> std::string error_of(Call&& call) {
        try {
            loop.run(call());
        } catch (const Error& error) { return error.message(); }
        return "no error";
    }

    test_support::ManualLoop loop;
    std::string folder;
    std::optional<test_support::FakeAgent> fake;
    std::optional<QemuAgent> agent;
};

TEST_F(AgentTest, AnswersCommands) {
    fake->answer("guest-get-host-name", R"({"host-name": "inn"})");
    fake->answer("guest-get-time", "1700000000123456789");
    EXPECT_EQ(loop.run(agent->host_name(std::nullopt)), "inn");
    EXPECT_EQ(loop.run(agent->time_ns(5s)), 1700000000123456789);
    EXPECT_EQ(fake->connections, 1);
}

TEST_F(AgentTest, WithoutAListenerSaysSo) {
    agent->set_connected(false);
    EXPECT_EQ(error_of([&] { return agent->host_name(1s); }),
              "Guest agent is not responding: QEMU guest agent is not connected");
    EXPECT_EQ(fake->connections, 0);
}

TEST_F(AgentTest, LateAnswersOfFormerTimesAreDropped) {
    fake->before_sync = "{\"return\": {\"host-name\": \"stale\"}}\ngarbage\n{\"return\": 12}\n{\"half\": ";
    fake->answer("guest-get-host-name", R"({"host-name": "fresh"})");
    EXPECT_EQ(loop.run(agent->host_name(1s)), "fresh");
}

TEST_F(AgentTest, RefusalsCarryItsWords) {
    fake->raw = [](std::string_view) {
        return R"({"error": {"class": "GenericError", "desc": "no such user"}})"
               "\n";
    };
    EXPECT_EQ(error_of([&] { return agent->set_password("x", "secret", false, 1s); }),
              "internal error: unable to execute QEMU agent command 'guest-set-user-password': no such user");
    fake->raw = nullptr;
    EXPECT_THROW(loop.run(agent->users(1s)), AgentLacks);
}

TEST_F(AgentTest, PasswordsTravelAsBase64) {
    fake->answer("guest-set-user-password", "{}");
    loop.run(agent->set_password("root", "secret", true, 1s));
    EXPECT_NE(fake->lines.back().find(R"("password":"c2VjcmV0")"), std::string::npos) << fake->lines.back();
    EXPECT_NE(fake->lines.back().find(R"("crypted":true)"), std::string::npos);
}

TEST_F(AgentTest, SilenceEndsAtTheLimit) {
    fake->deaf = true;
    std::string said;
    auto ask = [](QemuAgent& who, std::string& out) -> Task<void> {
        try {
            co_await who.host_name(std::nullopt); // the sync has a limit of its own
        } catch (const Error& error) { out = error.message(); }
    };
    spawn(ask(*agent, said));
    loop.run_until_idle();
    EXPECT_EQ(said, "");
    loop.advance(AgentChannel::sync_patience);
    loop.run_until_idle();
    EXPECT_EQ(said, "Guest agent is not responding: Guest agent not available for now");
    // what it says when it wakes belongs to a connection that is gone
    fake->deaf = false;
    fake->answer("guest-get-host-name", R"({"host-name": "awake"})");
    EXPECT_EQ(loop.run(agent->host_name(1s)), "awake");
    EXPECT_EQ(fake->connections, 2);
}

TEST_F(AgentTest, GarbageEndsTheConnectionOnly) {
    for (const std::string_view said :
         {"no json\n", "[1, 2]\n", "{}\n", "{\"return\": \n", "\n\n{\"x\": 1}\n"}) {
        fake->raw = [said](std::string_view) { return std::string(said); };
        EXPECT_NE(error_of([&] { return agent->host_name(1s); }), "no error") << said;
    }
    fake->raw = nullptr;
    fake->answer("guest-get-host-name", R"({"host-name": "inn"})");
    EXPECT_EQ(loop.run(agent->host_name(1s)), "inn");
}

TEST_F(AgentTest, AnswersAreBounded) {
    fake->raw = [](std::string_view) { return std::string(AgentChannel::answer_limit + 2 * 65536, 'x'); };
    auto flood = [this] { return agent->host_name(std::nullopt); };
    auto done = start(loop, flood());
    EXPECT_TRUE(loop.run_until([&] {
        fake->send(std::string(65536, 'x'));
        loop.run_until_idle();
        return done.done();
    }));
    fake->raw = [](std::string_view) { return std::string(1000, '[') + "\n"; };
    EXPECT_NE(error_of([&] { return agent->host_name(1s); }), "no error");
}

TEST_F(AgentTest, ValuesOfTheWrongKindAreErrors) {
    const std::pair<std::string, std::string> wrong[] = {
        {"guest-get-host-name", "[]"},
        {"guest-get-host-name", R"({"host-name": 3})"},
        {"guest-get-users", R"([{"user": 1}])"},
        {"guest-get-users", R"([{"user": "a", "login-time": "x"}])"},
        {"guest-get-users", "{}"}};
    for (const auto& [command, value] : wrong) {
        fake->answer(command, value);
        const bool name = command == "guest-get-host-name";
        const auto told = name ? error_of([&] { return agent->host_name(1s); })
                               : error_of([&] { return agent->users(1s); });
        EXPECT_NE(told, "no error") << value;
    }
}

TEST_F(AgentTest, ReadsWhatItTells) {
    fake->answer("guest-get-fsinfo",
                 R"([{"name": "vda1", "mountpoint": "/", "type": "ext4", "used-bytes": 10, "total-bytes": 20,
                      "disk": [{"bus-type": "virtio", "bus": 0, "target": 0, "unit": 0, "serial": "S", "dev": "/dev/vda1",
                                "pci-controller": {"domain": 0, "bus": 4, "slot": 0, "function": 0}}]},
                     {"name": "tmp", "mountpoint": "/tmp", "type": "tmpfs", "disk": []}])");
    const auto filesystems = loop.run(agent->filesystems(1s));
    ASSERT_EQ(filesystems.size(), 2U);
    EXPECT_EQ(filesystems[0].mountpoint, "/tmp");
    EXPECT_FALSE(filesystems[0].total_bytes);
    ASSERT_EQ(filesystems[1].disks.size(), 1U);
    EXPECT_EQ(filesystems[1].disks[0].pci_bus, 4U);
    EXPECT_EQ(filesystems[1].used_bytes, 10U);

    fake->answer("guest-network-get-interfaces",
                 R"([{"name": "eth0", "hardware-address": "52:54:00:00:00:01",
                      "ip-addresses": [{"ip-address-type": "ipv4", "ip-address": "10.0.2.15", "prefix": 24}]},
                     {"name": "eth0:1", "ip-addresses":
                         [{"ip-address-type": "ipv6", "ip-address": "fe80::1", "prefix": 64}]}])");
    const auto interfaces = loop.run(agent->interfaces(1s));
    ASSERT_EQ(interfaces.size(), 1U) << "an alias is no interface";
    ASSERT_EQ(interfaces[0].addresses.size(), 2U);
    EXPECT_TRUE(interfaces[0].addresses[1].ipv6);
}

TEST_F(AgentTest, ShutdownEndsWithTheGuestsGoing) {
    fake->raw = [](std::string_view) { return std::string(); }; // qemu-ga says nothing then
    auto done = start(loop, agent->power(guest::GuestAgent::Power::shutdown, 60s));
    loop.run_until_idle();
    EXPECT_EQ(fake->commands, std::vector<std::string>{"guest-shutdown"});
    EXPECT_FALSE(done.done());
    agent->guest_goes();
    loop.run_until_idle();
    EXPECT_TRUE(done.done());

    auto asleep = start(loop, agent->sleep(guest::GuestAgent::Sleep::memory, 60s));
    loop.run_until_idle();
    EXPECT_FALSE(asleep.done());
    fake->hang_up();
    loop.run_until_idle();
    EXPECT_TRUE(asleep.done());
}

TEST_F(AgentTest, RawCommandsGiveTheWholeAnswer) {
    fake->answer("guest-ping", "{}");
    EXPECT_EQ(loop.run(agent->raw(R"({"execute": "guest-ping"})", 1s)), R"({"return":{}})");
    EXPECT_NE(error_of([&] { return agent->raw("not json", 1s); }), "no error");
    EXPECT_EQ(error_of([&] { return agent->raw(R"({"execute": "guest-no"})", 1s); }),
              "internal error: unable to execute QEMU agent command 'guest-no': The command guest-no has not "
              "been found");
}

} // namespace
} // namespace yado::qemu
