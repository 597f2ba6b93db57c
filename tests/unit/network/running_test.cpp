// SPDX-License-Identifier: Apache-2.0
// What the name server and the packet filter are told for a network, as text in tests/golden/network-running.
#include "model/network/document.h"
#include "network/backends/nft_rules.h"
#include "network/dnsmasq.h"
#include "network/firewall.h"
#include "support/model/document_goldens.h"
#include "support/model/golden_document.h"

#include <gtest/gtest.h>

namespace yado::network {
namespace {

model::Network parse(const std::string& text) {
    model::NetworkContext context;
    context.new_mac = [] { return *model::Mac::parse("52:54:00:00:00:01"); };
    context.new_bridge = [](std::string_view) { return std::string("virbr0"); };
    return model::parse_network(text, context);
}

/// As it is when it runs.
model::Network running(model::Network network) {
    if (network.mode() == model::ForwardMode::nat) {
        if (!network.forward->nat) network.forward->nat.emplace();
        if (!network.forward->nat->ports) network.forward->nat->ports = model::NatPorts{1024, 65535};
    }
    return network;
}

std::string rules(const std::string& text) {
    const model::Network network = running(parse(text));
    if (!is_filtered(network.mode())) return "none\n";
    return nft_add(network) + "\n# removed by\n" + nft_remove(network);
}

std::string server(const std::string& text) {
    const model::Network network = parse(text);
    if (!needs_dnsmasq(network)) return "none\n";
    const DnsmasqPaths paths = dnsmasq_paths(network, "/var/lib/libvirt/dnsmasq", "/run/libvirt/network");
    const DnsmasqFiles files = dnsmasq_files(network, paths);
    return files.config + "\n# hostsfile\n" + files.hosts + "\n# addnhosts\n" + files.names;
}

class RunningNetwork : public testing::TestWithParam<std::string> {};
TEST_P(RunningNetwork, IsServedAndFilteredAsRecorded) {
    const std::filesystem::path folder = test::golden_folder("network-running");
    const std::string text = test::read_text(folder / (GetParam() + ".xml"));
    EXPECT_TRUE(test::matches_golden(folder / (GetParam() + ".dnsmasq"), server(text)));
    EXPECT_TRUE(test::matches_golden(folder / (GetParam() + ".nft"), rules(text)));
}
INSTANTIATE_TEST_SUITE_P(All, RunningNetwork,
                         testing::ValuesIn(test::golden_cases(test::golden_folder("network-running"))),
                         test::case_name);

TEST(NftRules, OfNoNetworkAreNoTable) {
    EXPECT_EQ(nft_rebuild({}), "add table inet yado\ndelete table inet yado\n");
}

TEST(Dnsmasq, IsNotToldLinesInDisguise) {
    model::Network network =
        parse("<network><name>n</name><bridge name='b'/><ip address='10.0.0.1' prefix='24'/></network>");
    network.dns.texts.push_back({"a", "b\ndhcp-script=/bin/sh"});
    const DnsmasqPaths paths = dnsmasq_paths(network, "/d", "/r");
    EXPECT_THROW(dnsmasq_files(network, paths), Error);
}

TEST(Dnsmasq, NamesNoReverseDomainThatIsNone) {
    model::Network network = parse("<network><name>n</name><bridge name='b'/><ip address='10.0.0.1' "
                                   "prefix='20' localPtr='yes'/></network>");
    try {
        dnsmasq_files(network, dnsmasq_paths(network, "/d", "/r"));
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.message(),
                  "unsupported configuration: PTR domain for IPv4 network with prefix 20 cannot be "
                  "automatically created");
    }
}

} // namespace
} // namespace yado::network
