// SPDX-License-Identifier: Apache-2.0
// The host side of network cards, on a network in memory: what is made, and that nothing of it stays when any
// step fails.
#include "hypervisor/qemu/cards.h"

#include "base/error.h"
#include "base/files.h"
#include "support/base/manual_loop.h"
#include "support/host/fake_network.h"
#include "support/host/fake_processes.h"

#include <gtest/gtest.h>

namespace yado::qemu {
namespace {

using test_support::FakeNetwork;

struct CardsTest : testing::Test {
    TemporaryDirectory directory;
    test_support::ManualLoop loop;
    test_support::FakeProcesses processes{loop};
    FakeNetwork network;
    guest::Ports ports;
    Cards cards{loop, processes, network, ports, directory.path()};
    model::Domain domain;
    std::vector<std::string> told; ///< what the network service was asked

    CardsTest() {
        domain.name = "web";
        network.create_bridge({.name = "br0"});
        network.add_hardware("eth0");
        network.devices["eth0"].link.mac = {2, 0, 0, 0, 0, 9};
        network.calls = 0;
        ports.network.attach = [this](guest::NetworkPortRequest wish) -> Task<guest::NetworkPort> {
            told.push_back("attach " + wish.guest);
            guest::NetworkPort port;
            port.id = Uuid::random();
            model::ActualNetwork actual;
            actual.bridge = "br0";
            actual.mac_table = model::MacTable::libvirt;
            port.actual.kind = actual;
            port.actual.port.options.isolated = schema::YesNo::yes;
            co_return port;
        };
        ports.network.release = [this](guest::NetworkPortRequest gone) -> Task<void> {
            told.push_back("release " + gone.guest);
            co_return;
        };
    }

    static model::Interface card(model::NetKind kind) {
        model::Interface made;
        made.kind = std::move(kind);
        made.model = "virtio";
        made.mac.address.bytes = {0x52, 0x54, 0, 1, 2, 3};
        made.info.alias.name = "net0";
        return made;
    }
    static model::Interface bridged() {
        model::BridgeNet bridge;
        bridge.bridge = "br0";
        return card(bridge);
    }
    static model::Interface direct() {
        model::DirectNet net;
        net.device = "eth0";
        net.mode = model::DirectMode::passthrough;
        return card(net);
    }
    static model::Interface networked() {
        model::NetworkNet net;
        net.network = "default";
        return card(net);
    }
    std::optional<OpenedCard> start(model::Interface& wish) {
        loop.run(cards.claim(domain, wish));
        return loop.run(cards.open(domain, wish));
    }
};

TEST_F(CardsTest, PlugsATapIntoItsBridge) {
    network.devices["br0"].link.mtu = 9000;
    model::Interface wish = bridged();
    wish.driver.emplace().queues = 2;
    const auto opened = start(wish);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->queues.size(), 2U);
    EXPECT_TRUE(opened->vhost.empty()) << "an emulated guest's queues are QEMU's";
    EXPECT_EQ(wish.target.device, "vnet0");
    const FakeNetwork::Device& tap = network.devices.at("vnet0");
    EXPECT_EQ(tap.link.master, network.devices.at("br0").link.index);
    EXPECT_EQ(tap.link.mac[0], 0xfe);
    EXPECT_EQ(tap.link.mtu, 9000U);
    EXPECT_TRUE(tap.link.up);
    EXPECT_FALSE(tap.flags.isolated.has_value());
}

TEST_F(CardsTest, ANetworkSaysWhatItsCardsAre) {
    model::Interface wish = networked();
    const auto opened = start(wish);
    ASSERT_TRUE(opened);
    EXPECT_FALSE(std::get<model::NetworkNet>(wish.kind).port_id.is_null());
    const FakeNetwork::Device& tap = network.devices.at("vnet0");
    EXPECT_EQ(tap.flags.isolated, true);
    EXPECT_EQ(tap.flags.learning, false);
    EXPECT_EQ(tap.entries.size(), 1U) << "the bridge does not learn: it is told";
    loop.run(cards.close(domain, wish));
    EXPECT_EQ(told, (std::vector<std::string>{"attach web", "release web"}));
}

TEST_F(CardsTest, WithoutNetworksThereIsNone) {
    ports.network.attach = nullptr;
    model::Interface wish = networked();
    try {
        loop.run(cards.claim(domain, wish));
        FAIL() << "it must not work";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), Code::no_network);
        EXPECT_EQ(error.message(), "Network not found: no network with matching name 'default'");
    }
}

TEST_F(CardsTest, ARefusedClaimGivesThePortBack) {
    model::Interface wish = networked();
    wish.script = "/bin/true"; // not of this kind
    EXPECT_THROW(loop.run(cards.claim(domain, wish)), Error);
    EXPECT_EQ(told, (std::vector<std::string>{"attach web", "release web"}));
    EXPECT_FALSE(wish.actual);
}

TEST_F(CardsTest, APassthroughCardGetsItsAddressBack) {
    model::Interface wish = direct();
    ASSERT_TRUE(start(wish));
    EXPECT_EQ(wish.target.device, "macvtap0");
    EXPECT_EQ(network.devices.at("eth0").link.mac, wish.mac.address.bytes);
    EXPECT_EQ(read_file(directory.path() + "/eth0", 100), "{\n  \"mac\": \"02:00:00:00:00:09\"\n}\n");
    loop.run(cards.close(domain, wish));
    EXPECT_FALSE(network.devices.contains("macvtap0"));
    EXPECT_EQ(network.devices.at("eth0").link.mac, (host::MacBytes{2, 0, 0, 0, 0, 9}));
    loop.run(cards.close(domain, wish)); // once more is harmless
}

TEST_F(CardsTest, AnothersMacvtapIsLeftAlone) {
    network.open_macvtap({.name = "macvtap0", .lower = "eth0", .mac = {2, 2, 2, 2, 2, 2}});
    model::Interface wish = direct();
    wish.target.device = "macvtap0";
    loop.run(cards.close(domain, wish));
    EXPECT_TRUE(network.devices.contains("macvtap0"));
}

TEST_F(CardsTest, AMacvtapIsOnTheFarSideOfItsLimits) {
    model::Interface wish = direct();
    model::Bandwidth& bandwidth = wish.port.bandwidth.emplace();
    bandwidth.inbound = model::Rate{.average = 100};
    bandwidth.outbound = model::Rate{.average = 200};
    ASSERT_TRUE(start(wish));
    EXPECT_EQ(network.devices.at("macvtap0").limits.received->average, 100U);
    model::Interface other = bridged();
    other.port.bandwidth = wish.port.bandwidth;
    ASSERT_TRUE(start(other));
    EXPECT_EQ(network.devices.at("vnet0").limits.sent->average, 100U);
}

TEST_F(CardsTest, NamesGoOnWhereAFormerDaemonWas) {
    model::Interface kept = bridged();
    kept.target.device = "vnet41";
    loop.run(cards.keep(domain, kept));
    model::Interface wish = bridged();
    loop.run(cards.claim(domain, wish));
    EXPECT_EQ(wish.target.device, "vnet42");
}

TEST_F(CardsTest, AFailingScriptTakesTheCardAlong) {
    model::Interface wish = card(model::EthernetNet());
    wish.script = "/etc/qemu-ifup";
    processes.on_run = [](const host::ProcessSpec& spec, const std::string&) {
        EXPECT_EQ(spec.arguments, (std::vector<std::string>{"/etc/qemu-ifup", "vnet0"}));
        host::CommandResult result;
        result.status = {.known = true, .code = 3};
        result.error_output = "no such switch\n";
        return result;
    };
    try {
        start(wish);
        FAIL() << "it must not work";
    } catch (const Error& error) {
        EXPECT_EQ(error.message(), "internal error: Child process (/etc/qemu-ifup vnet0) unexpected exit "
                                   "status 3: no such switch");
    }
}

TEST_F(CardsTest, NothingStaysWhenAnyCallFails) {
    for (const model::Interface& wanted : {bridged(), direct(), networked()}) {
        bool worked = false;
        for (unsigned step = 1; !worked; ++step) {
            ASSERT_LT(step, 30U);
            network.calls = 0;
            network.fail_at = step;
            model::Interface wish = wanted;
            try {
                loop.run(cards.claim(domain, wish));
                const auto opened = loop.run(cards.open(domain, wish));
                worked = true;
            } catch (const Error&) {}
            network.fail_at = 0;
            // a tap of the kernel's ends with its descriptors
            if (network.devices.contains(wish.target.device) &&
                network.devices.at(wish.target.device).link.kind == "tun")
                network.close_tap(wish.target.device);
            loop.run(cards.close(domain, wish));
            EXPECT_EQ(network.devices.size(), 2U) << "step " << step;
            EXPECT_EQ(network.devices.at("eth0").link.mac, (host::MacBytes{2, 0, 0, 0, 0, 9}));
            EXPECT_TRUE(list_directory(directory.path()).empty());
        }
    }
    const auto attached = std::ranges::count(told, "attach web");
    EXPECT_EQ(std::ranges::count(told, "release web"), attached);
}

} // namespace
} // namespace yado::qemu
