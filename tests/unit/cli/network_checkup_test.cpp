// SPDX-License-Identifier: Apache-2.0
#include "cli/network_checkup.h"

#include "model/network/document.h"

#include <gtest/gtest.h>

namespace yado::cli {
namespace {

NetworkView healthy() {
    NetworkView view;
    view.network = model::read_network("<network><name>n</name><forward mode='nat'/><bridge name='virbr0'/>"
                                       "<ip address='10.0.0.1' prefix='24'/></network>");
    view.active = true;
    view.bridge = host::Link{.index = 3, .name = "virbr0", .kind = "bridge", .up = true};
    view.addresses = {{.address = {.v6 = false, .bytes = {10, 0, 0, 1}}, .prefix = 24, .peer = {}}};
    view.ports = {"vnet0"};
    view.cards = {{"g", "vnet0", "52:54:00:00:00:01", host::Link{.name = "vnet0", .up = true}, "10.0.0.7"}};
    view.ip_forward = "1";
    view.routes = {{.destination = {}, .prefix = 0, .device = "eth0", .direct = false}};
    view.rules = true;
    view.server = true;
    return view;
}

/// The keys of what is wrong.
std::vector<std::string> wrong(const NetworkView& view) {
    std::vector<std::string> keys;
    for (const Finding& finding : check_network(view)) {
        if (finding.health == Health::fail) {
            keys.push_back(finding.key);
            EXPECT_FALSE(finding.fix.empty()) << finding.key;
        }
    }
    return keys;
}
using Keys = std::vector<std::string>;

TEST(NetworkCheckup, FindsNothingWhereNothingIsWrong) { EXPECT_EQ(wrong(healthy()), Keys{}); }

TEST(NetworkCheckup, NamesWhatStopsPackets) {
    NetworkView view = healthy();
    view.active = false;
    EXPECT_EQ(wrong(view), Keys{"network"});
    view = healthy();
    view.bridge.reset();
    EXPECT_EQ(wrong(view), Keys{"bridge"});
    view = healthy();
    view.addresses.clear();
    EXPECT_EQ(wrong(view), Keys{"address"});
    view = healthy();
    view.ports.clear();
    EXPECT_EQ(wrong(view), Keys{"card"});
    view = healthy();
    view.cards[0].link->up = false;
    EXPECT_EQ(wrong(view), Keys{"card"});
    view = healthy();
    view.server = false;
    view.rules = false;
    EXPECT_EQ(wrong(view), (Keys{"server", "rules"}));
    view = healthy();
    view.ip_forward = "0";
    view.silent = {"table inet mine, chain f"};
    EXPECT_EQ(wrong(view), (Keys{"filter", "forward"}));
    view = healthy();
    view.network.forward->device = "eth7";
    EXPECT_EQ(wrong(view), Keys{"device"});
}

TEST(NetworkCheckup, LooksForNoWayOutOfAnIsolatedNetwork) {
    NetworkView view = healthy();
    view.network.forward.reset();
    view.ip_forward = "0";
    view.routes.clear();
    EXPECT_EQ(wrong(view), Keys{});
}

} // namespace
} // namespace yado::cli
