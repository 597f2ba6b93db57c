// SPDX-License-Identifier: Apache-2.0
#include "host/netlink/network.h"

#include "base/error.h"
#include "support/host/fake_network.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <functional>
#include <gtest/gtest.h>
#include <sched.h>
#include <thread>
#include <unistd.h>

namespace yado::host {
namespace {

constexpr MacBytes guest_mac{0x52, 0x54, 0, 1, 2, 3};

int errno_of(const std::function<void()>& call) {
    try {
        call();
    } catch (const Error& error) { return error.system_errno(); }
    return 0;
}
std::string message_of(const std::function<void()>& call) {
    try {
        call();
    } catch (const Error& error) { return error.message(); }
    return {};
}

TEST(LinkName, IsWhatTheKernelTakes) {
    for (const char* good : {"a", "vnet0", "br-lan", "123456789012345"}) require_link_name(good);
    for (const char* bad : {"", "1234567890123456", "a/b", "a b", ".", "..", "a:1", "a\tb"})
        EXPECT_THROW(require_link_name(bad), Error) << bad;
}

TEST(TapMac, IsNoBridgesLowest) {
    EXPECT_EQ(tap_mac(guest_mac), (MacBytes{0xfe, 0x54, 0, 1, 2, 3}));
    EXPECT_EQ(tap_mac({0xfe, 1, 2, 3, 4, 5}), (MacBytes{0xfa, 1, 2, 3, 4, 5}));
}

/// Each test in a network namespace of its own, and so on a thread of its own.
class RealNetwork : public testing::Test {
  protected:
    void SetUp() override {
        bool may = false;
        std::thread([&may] { may = ::unshare(CLONE_NEWNET) == 0; }).join();
        if (!may) GTEST_SKIP() << "needs the right to make network namespaces (root)";
    }
    /// Runs `body` there.
    template <class Body> void in_namespace(Body body) {
        std::thread([&] {
            ASSERT_EQ(::unshare(CLONE_NEWNET), 0);
            const std::unique_ptr<Network> network = make_network();
            try {
                body(*network);
            } catch (const Error& error) { ADD_FAILURE() << error.message(); }
        }).join();
    }
    static bool has_tun() { return ::access("/dev/net/tun", R_OK | W_OK) == 0; }
};

TEST_F(RealNetwork, BridgesComeAndGo) {
    in_namespace([](Network& network) {
        const MacBytes mac{0x52, 0x54, 0, 9, 9, 9};
        network.create_bridge({.name = "ybr0", .mac = mac, .stp = true, .forward_delay = 2});
        const auto bridge = network.link("ybr0");
        ASSERT_TRUE(bridge);
        EXPECT_EQ(bridge->kind, "bridge");
        EXPECT_EQ(bridge->mac, mac);
        EXPECT_FALSE(bridge->up);
        network.set_up("ybr0", true);
        network.set_mtu("ybr0", 1400);
        EXPECT_TRUE(network.link("ybr0")->up);
        EXPECT_EQ(network.link("ybr0")->mtu, 1400U);
        EXPECT_EQ(errno_of([&] { network.create_bridge({.name = "ybr0"}); }), EEXIST);
        EXPECT_NE(message_of([&] {
                      network.create_bridge({.name = "ybr0"});
                  }).find("cannot create bridge 'ybr0': File exists"),
                  std::string::npos);
        network.delete_link("ybr0");
        EXPECT_FALSE(network.link("ybr0"));
        EXPECT_EQ(errno_of([&] { network.delete_link("ybr0"); }), ENODEV);
    });
}

TEST_F(RealNetwork, TapsHaveQueuesAndEndWithTheirLastDescriptor) {
    if (!has_tun()) GTEST_SKIP() << "/dev/net/tun is missing";
    in_namespace([](Network& network) {
        Tap one = network.open_tap({});
        EXPECT_EQ(one.name, "vnet0");
        Tap three = network.open_tap({.queues = 3, .vnet_header = true});
        EXPECT_EQ(three.name, "vnet1");
        EXPECT_EQ(three.queues.size(), 3U);
        EXPECT_NE(::fcntl(three.queues[0].get(), F_GETFD) & FD_CLOEXEC, 0);
        network.set_mac("vnet1", tap_mac(guest_mac));
        EXPECT_EQ(network.link("vnet1")->mac, tap_mac(guest_mac));
        EXPECT_EQ(network.link("vnet1")->kind, "tun");
        EXPECT_EQ(errno_of([&] { network.open_tap({.name = "vnet0"}); }), EBUSY);
        EXPECT_NE(errno_of([&] { network.open_tap({.name = "vnet1"}); }), 0); // it has more queues
        three.queues.clear();
        EXPECT_FALSE(network.link("vnet1"));
        Tap kept = network.open_tap({.name = "kept", .persistent = true});
        kept.queues.clear();
        EXPECT_TRUE(network.link("kept"));
        network.delete_link("kept");
        EXPECT_EQ(errno_of([&] { network.open_tap({.node = "/dev/nothing"}); }), ENOENT);
        EXPECT_THROW(network.open_tap({.queues = 0}), Error);
        EXPECT_THROW(network.open_tap({.queues = 257}), Error);
    });
}

TEST_F(RealNetwork, PortsOfABridge) {
    if (!has_tun()) GTEST_SKIP() << "/dev/net/tun is missing";
    in_namespace([](Network& network) {
        const int filtering =
            errno_of([&] { network.create_bridge({.name = "ybr0", .vlan_filtering = true}); });
        if (filtering != 0) { // a kernel without CONFIG_BRIDGE_VLAN_FILTERING
            ASSERT_EQ(filtering, EOPNOTSUPP);
            network.create_bridge({.name = "ybr0"});
        }
        const Tap tap = network.open_tap({});
        EXPECT_NE(errno_of([&] { network.set_port_flags("vnet0", {.isolated = true}); }), 0);
        network.add_port("ybr0", "vnet0");
        EXPECT_EQ(network.link("vnet0")->master, network.link("ybr0")->index);
        network.set_port_flags("vnet0", {.isolated = true, .learning = false, .flood = false});
        if (filtering == 0) {
            network.set_port_vlans("vnet0", {{.id = 42, .untagged = true, .native = true}, {.id = 43}});
            network.set_port_vlans("vnet0", {{.id = 44}}); // replaces
        }
        EXPECT_NE(errno_of([&] { network.set_port_vlans("vnet0", {{.id = 4095}}); }), 0);
        network.add_port_mac("vnet0", guest_mac);
        EXPECT_EQ(errno_of([&] { network.add_port_mac("vnet0", guest_mac); }), EEXIST);
        network.remove_port_mac("vnet0", guest_mac);
        network.remove_port("vnet0");
        EXPECT_EQ(network.link("vnet0")->master, 0);
        EXPECT_EQ(errno_of([&] { network.add_port("nobr", "vnet0"); }), ENODEV);
        EXPECT_NE(errno_of([&] { network.add_port("vnet0", "ybr0"); }), 0);
        // The kernel's own words are part of the message.
        EXPECT_NE(message_of([&] { network.set_mtu("vnet0", 10); }).find("(mtu less than device minimum)"),
                  std::string::npos);
    });
}

TEST_F(RealNetwork, AddressesAndRoutes) {
    in_namespace([](Network& network) {
        network.create_bridge({.name = "ybr0"});
        network.set_up("ybr0", true);
        const LinkAddress v4{.address = {.v6 = false, .bytes = {10, 1, 2, 1}}, .prefix = 24, .peer = {}};
        LinkAddress v6{.address = {.v6 = true, .bytes = {0xfd}}, .prefix = 64, .peer = {}};
        v6.address.bytes[15] = 1;
        network.add_address("ybr0", v4);
        network.add_address("ybr0", v6);
        EXPECT_EQ(errno_of([&] { network.add_address("ybr0", v4); }), EEXIST);
        const LinkRoute route{.destination = {.v6 = false, .bytes = {10, 9}},
                              .prefix = 16,
                              .gateway = {.v6 = false, .bytes = {10, 1, 2, 9}},
                              .metric = 3};
        network.add_route("ybr0", route);
        EXPECT_EQ(errno_of([&] { network.add_route("ybr0", route); }), EEXIST);
        network.remove_route("ybr0", route);
        network.remove_address("ybr0", v4);
        EXPECT_EQ(errno_of([&] { network.remove_address("ybr0", v4); }), EADDRNOTAVAIL);
    });
}

TEST_F(RealNetwork, LimitsFallBackToWhatTheKernelHas) {
    if (!has_tun()) GTEST_SKIP() << "/dev/net/tun is missing";
    in_namespace([](Network& network) {
        const Tap tap = network.open_tap({});
        const TrafficLimit limit{.average = 1000, .peak = 5000, .burst = 1024};
        std::vector<std::string> warnings;
        try {
            warnings = network.set_traffic_limits("vnet0", {.sent = limit, .received = limit});
        } catch (const Error& error) {
            if (error.system_errno() != ENOENT) throw;
            return; // a kernel without HTB says so
        }
        for (const std::string& line : warnings) EXPECT_NE(line.find("'vnet0'"), std::string::npos) << line;
        // Again, in place of the first; then none.
        EXPECT_EQ(network.set_traffic_limits("vnet0", {.sent = limit, .received = limit}), warnings);
        EXPECT_TRUE(network.set_traffic_limits("vnet0", {}).empty());
    });
}

TEST_F(RealNetwork, MacvtapsSitOnACard) {
    if (!has_tun()) GTEST_SKIP() << "/dev/net/tun is missing";
    in_namespace([](Network& network) {
        const Tap lower = network.open_tap({.name = "lower"});
        network.set_up("lower", true);
        Tap tap;
        try {
            tap = network.open_macvtap({.lower = "lower",
                                        .mode = MacvlanMode::bridge,
                                        .mac = guest_mac,
                                        .queues = 2,
                                        .vnet_header = true});
        } catch (const Error& error) {
            // Kernels without macvtap, and /dev without device nodes.
            EXPECT_TRUE(error.system_errno() == EOPNOTSUPP || error.system_errno() == ENOENT)
                << error.message();
            EXPECT_FALSE(network.link("macvtap0"));
            return;
        }
        EXPECT_EQ(tap.name, "macvtap0");
        EXPECT_EQ(tap.queues.size(), 2U);
        EXPECT_EQ(network.link("macvtap0")->mac, guest_mac);
        EXPECT_EQ(network.link("macvtap0")->lower, network.link("lower")->index);
        tap.queues.clear();
        network.delete_link("macvtap0");
        EXPECT_EQ(errno_of([&] { network.open_macvtap({.lower = "nothing"}); }), ENODEV);
    });
}

TEST(FakeNetworkTest, KnowsTheRules) {
    test_support::FakeNetwork network;
    network.add_hardware("eth0");
    network.create_bridge({.name = "br0"});
    const Tap tap = network.open_tap({.queues = 2});
    EXPECT_EQ(tap.name, "vnet0");
    EXPECT_EQ(tap.queues.size(), 2U);
    EXPECT_EQ(errno_of([&] { network.set_port_flags("vnet0", {.isolated = true}); }), EOPNOTSUPP);
    network.add_port("br0", "vnet0");
    EXPECT_EQ(errno_of([&] { network.add_port("br0", "vnet0"); }), EBUSY);
    EXPECT_EQ(errno_of([&] { network.add_port("br0", "br0"); }), ELOOP);
    EXPECT_EQ(errno_of([&] { network.create_bridge({.name = "eth0"}); }), EEXIST);
    EXPECT_THROW(network.create_bridge({.name = "much-too-long-a-name"}), Error);
    EXPECT_EQ(errno_of([&] { network.set_up("nothing", true); }), ENODEV);
    EXPECT_EQ(errno_of([&] { network.delete_link("eth0"); }), EOPNOTSUPP);
    network.close_tap("vnet0");
    EXPECT_FALSE(network.link("vnet0"));
    network.fail_at = network.calls + 1;
    EXPECT_EQ(errno_of([&] { network.set_up("br0", true); }), EIO);
}

} // namespace
} // namespace yado::host
