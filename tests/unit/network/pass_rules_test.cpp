// SPDX-License-Identifier: Apache-2.0
#include "network/pass_rules.h"

#include "base/error.h"
#include "model/network/document.h"

#include <gtest/gtest.h>

namespace yado::network {
namespace {

const char* docker = R"({"nftables": [{"metainfo": {"version": "1.0.6"}},
  {"chain": {"family": "ip", "table": "filter", "name": "FORWARD", "type": "filter", "hook": "forward", "prio": 0, "policy": "drop"}},
  {"chain": {"family": "ip", "table": "filter", "name": "INPUT", "type": "filter", "hook": "input", "prio": 0, "policy": "accept"}},
  {"chain": {"family": "ip", "table": "filter", "name": "DOCKER-USER"}},
  {"chain": {"family": "ip6", "table": "filter", "name": "INPUT", "hook": "input", "policy": "drop"}},
  {"chain": {"family": "bridge", "table": "x", "name": "f", "hook": "forward", "policy": "drop"}},
  {"chain": {"family": "inet", "table": "mine", "name": "f", "hook": "forward", "policy": "drop"}}]})";

model::Network network(const std::string& mode) {
    model::NetworkContext context;
    context.new_mac = [] { return *model::Mac::parse("52:54:00:00:00:01"); };
    return model::parse_network("<network><name>n</name>" + mode +
                                    "<bridge name='virbr0'/><ip address='10.0.0.1' prefix='24'/>"
                                    "<ip family='ipv6' address='fd00::1' prefix='64'/></network>",
                                context);
}

using Lines = std::vector<std::string>;
const std::string ours = "-m comment --comment yado:virbr0 -j ACCEPT";

TEST(PassRules, GoFirstWhereIptablesDrops) {
    const host::ForeignChains chains = host::foreign_chains(docker);
    ASSERT_EQ(chains.dropping.size(), 3U);
    EXPECT_TRUE(chains.docker_v4);
    EXPECT_FALSE(chains.docker_v6);
    EXPECT_EQ(pass_rules(network("<forward mode='nat'/>"), chains, false),
              (Lines{"-I DOCKER-USER -i virbr0 -o virbr0 " + ours, "-I DOCKER-USER -i virbr0 " + ours,
                     "-I DOCKER-USER -o virbr0 -m conntrack --ctstate RELATED,ESTABLISHED " + ours}));
    EXPECT_EQ(pass_rules(network(""), chains, false), (Lines{"-I DOCKER-USER -i virbr0 -o virbr0 " + ours}));
    EXPECT_EQ(pass_rules(network("<forward mode='route'/>"), chains, false).back(),
              "-I DOCKER-USER -o virbr0 " + ours);
    EXPECT_TRUE(pass_rules(network("<forward mode='open'/>"), chains, false).empty());
    const Lines asked = pass_rules(network("<forward mode='nat'/>"), chains, true);
    ASSERT_EQ(asked.size(), 4U);
    EXPECT_EQ(asked[2], "-I INPUT -i virbr0 -p udp --dport 547 " + ours);
    EXPECT_EQ(unreachable_chains(chains), Lines{"table inet mine, chain f"});
}

TEST(PassRules, AreFoundAgainByTheirComment) {
    const char* saved = "*filter\n:FORWARD DROP [0:0]\n-A FORWARD -j DOCKER-USER\n"
                        "-A DOCKER-USER -i virbr0 -m comment --comment \"yado:virbr0\" -j ACCEPT\n"
                        "-A DOCKER-USER -i virbr01 -m comment --comment yado:virbr01 -j ACCEPT\n"
                        "-A DOCKER-USER -o virbr0 -m comment --comment yado:virbr0 -j ACCEPT\nCOMMIT\n";
    EXPECT_EQ(removals(saved, "virbr0"),
              (Lines{"-D DOCKER-USER -i virbr0 -m comment --comment \"yado:virbr0\" -j ACCEPT",
                     "-D DOCKER-USER -o virbr0 -m comment --comment yado:virbr0 -j ACCEPT"}));
    EXPECT_EQ(restore_input({}), "");
    EXPECT_EQ(restore_input({"-D X"}), "*filter\n-D X\nCOMMIT\n");
}

TEST(ForeignChains, AreReadFromNothingElse) {
    EXPECT_THROW(host::foreign_chains("nonsense"), Error);
    EXPECT_THROW(host::foreign_chains("{}"), Error);
    EXPECT_TRUE(host::foreign_chains(R"({"nftables": [1, {"chain": 2}, {"table": {}}]})").dropping.empty());
}

} // namespace
} // namespace yado::network
