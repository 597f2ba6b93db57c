// SPDX-License-Identifier: Apache-2.0
// A network on a host that exists in memory: what its start makes, and that nothing stays of one that failed.
#include "base/files.h"
#include "model/network/document.h"
#include "network/backends/host_backend.h"
#include "network/bridge.h"
#include "support/base/manual_loop.h"
#include "support/host/fake_network.h"
#include "support/host/fake_processes.h"

#include <gtest/gtest.h>

#include <set>

namespace yado::network {
namespace {

using test_support::FakeNetwork;
using test_support::FakeProcesses;
using test_support::ManualLoop;

class FakeFirewall final : public Firewall {
  public:
    std::set<std::string> bridges;
    bool fails = false;

    Task<void> add(model::Network network) override {
        if (fails) fail(Code::operation_failed, "ordered failure");
        bridges.insert(network.bridge.name);
        co_return;
    }
    Task<void> remove(std::string bridge) override {
        bridges.erase(bridge);
        co_return;
    }
    Task<void> restore(std::vector<model::Network> networks) override {
        bridges.clear();
        for (const model::Network& network : networks) bridges.insert(network.bridge.name);
        co_return;
    }
};

model::Network parse(const std::string& text) {
    model::NetworkContext context;
    context.new_mac = [] { return *model::Mac::parse("52:54:00:00:00:01"); };
    context.new_bridge = [](std::string_view) { return std::string("virbr0"); };
    return model::parse_network(text, context);
}

const std::string nat =
    "<network><name>n</name><forward mode='nat'/><bridge name='virbr0'/><mtu size='1400'/>"
    "<ip address='192.168.122.1' netmask='255.255.255.0'><dhcp><range start='192.168.122.2' "
    "end='192.168.122.254'/></dhcp></ip><ip family='ipv6' address='fd00::1' prefix='64'/>"
    "<route address='10.9.0.0' prefix='16' gateway='192.168.122.9'/></network>";

class BackendTest : public testing::Test {
  protected:
    BackendTest()
        : servers(
              loop, processes,
              {folder.path() + "/dnsmasq", folder.path() + "/run", "/usr/sbin/dnsmasq", "/usr/sbin/yadod"}),
          backend(loop, kernel, firewall, servers, nullptr) {
        for (const char* key : {"ipv6/conf/virbr0/disable_ipv6", "ipv6/conf/virbr0/accept_ra",
                                "ipv6/conf/virbr0/autoconf", "ipv6/conf/all/forwarding", "ipv4/ip_forward"}) {
            kernel.settings[key] = "0";
        }
    }
    template <class T> T finish(Task<T> task) { return loop.run(std::move(task)); }
    bool nothing_left() const {
        return !kernel.devices.contains("virbr0") && firewall.bridges.empty() &&
               !read_file_if_exists(folder.path() + "/dnsmasq/n.conf", 1U << 20U);
    }

    TemporaryDirectory folder;
    ManualLoop loop;
    FakeNetwork kernel;
    FakeProcesses processes{loop};
    FakeFirewall firewall;
    NameServers servers;
    HostBackend backend;
};

TEST_F(BackendTest, MakesBridgeAddressesRoutesRulesAndServer) {
    finish(backend.start(parse(nat)));
    const FakeNetwork::Device& bridge = kernel.devices.at("virbr0");
    EXPECT_EQ(bridge.link.kind, "bridge");
    EXPECT_TRUE(bridge.link.up);
    EXPECT_EQ(bridge.link.mtu, 1400U);
    EXPECT_EQ(bridge.addresses.size(), 2U);
    EXPECT_EQ(bridge.routes.size(), 1U);
    EXPECT_EQ(kernel.settings["ipv4/ip_forward"], "1");
    EXPECT_EQ(kernel.settings["ipv6/conf/all/forwarding"], "1");
    EXPECT_EQ(firewall.bridges, std::set<std::string>{"virbr0"});
    ASSERT_EQ(processes.commands.size(), 1U);
    EXPECT_EQ(processes.commands[0].arguments[1], "--conf-file=" + folder.path() + "/dnsmasq/n.conf");
    finish(backend.stop(parse(nat)));
    EXPECT_TRUE(nothing_left());
}

TEST_F(BackendTest, LeavesNothingWhicheverCallOfTheKernelFails) {
    const unsigned before = kernel.calls;
    finish(backend.start(parse(nat)));
    const unsigned calls = kernel.calls - before;
    finish(backend.stop(parse(nat)));
    EXPECT_GE(calls, 6U);
    for (unsigned number = 1; number <= calls; ++number) {
        kernel.settings["ipv4/ip_forward"] = "0";
        kernel.settings["ipv6/conf/all/forwarding"] = "0";
        kernel.calls = 0;
        kernel.fail_at = number;
        EXPECT_THROW(finish(backend.start(parse(nat))), Error) << number;
        kernel.fail_at = 0;
        EXPECT_TRUE(nothing_left()) << number;
    }
}

TEST_F(BackendTest, LeavesNothingWhenFilterOrServerFail) {
    firewall.fails = true;
    EXPECT_THROW(finish(backend.start(parse(nat))), Error);
    EXPECT_TRUE(nothing_left());
    firewall.fails = false;
    processes.on_run = [](const host::ProcessSpec&, const std::string&) {
        return host::CommandResult{.status = {.known = true, .code = 2}, .error_output = "dnsmasq: no way\n"};
    };
    try {
        finish(backend.start(parse(nat)));
        FAIL();
    } catch (const Error& error) {
        EXPECT_NE(error.message().find("unexpected exit status 2: dnsmasq: no way"), std::string::npos)
            << error.message();
    }
    EXPECT_TRUE(nothing_left());
}

TEST_F(BackendTest, TakesOverABridgeThatWasLeftAndNoOther) {
    host::BridgeRequest request{.name = "virbr0", .mac = {}};
    kernel.create_bridge(request);
    finish(backend.start(parse(nat)));
    EXPECT_EQ(kernel.devices.at("virbr0").addresses.size(), 2U);
    finish(backend.stop(parse(nat)));

    kernel.create_bridge(request);
    kernel.add_address("virbr0", {.address = {.v6 = false, .bytes = {10, 0, 0, 1}}, .prefix = 8, .peer = {}});
    EXPECT_THROW(finish(backend.start(parse(nat))), Error);
    EXPECT_TRUE(kernel.devices.contains("virbr0")); // it is not ours
}

TEST_F(BackendTest, SeesWhoseAddressesAreInTheWay) {
    const model::Network network = parse(nat);
    EXPECT_FALSE(interface_in_conflict(kernel, network));
    kernel.other_routes = {
        {{.v6 = false, .bytes = {}}, 0, "eth0", false}}; // the default route is no conflict
    EXPECT_FALSE(interface_in_conflict(kernel, network));
    kernel.other_routes = {
        {{.v6 = false, .bytes = {192, 168, 0, 0}}, 16, "eth0", false}}; // a wide one by a router
    EXPECT_FALSE(interface_in_conflict(kernel, network));
    kernel.other_routes = {{{.v6 = false, .bytes = {192, 168, 0, 0}}, 16, "eth0", true}}; // our own wire
    EXPECT_EQ(interface_in_conflict(kernel, network), "eth0");
    kernel.other_routes = {{{.v6 = false, .bytes = {192, 168, 122, 64}}, 26, "tun0", false}};
    EXPECT_EQ(interface_in_conflict(kernel, network), "tun0");
    kernel.other_routes = {{{.v6 = false, .bytes = {192, 168, 123, 0}}, 24, "eth1", true}};
    EXPECT_FALSE(interface_in_conflict(kernel, network));
    kernel.other_routes = {{{.v6 = true, .bytes = {0xfd}}, 64, "eth2", true}};
    EXPECT_EQ(interface_in_conflict(kernel, network), "eth2");
}

} // namespace
} // namespace yado::network
