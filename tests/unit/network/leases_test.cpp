// SPDX-License-Identifier: Apache-2.0
#include "network/leases.h"

#include "base/error.h"
#include "base/files.h"
#include "model/network/document.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace yado::network {
namespace {

model::Network network() {
    model::NetworkContext context;
    context.new_mac = [] { return *model::Mac::parse("52:54:00:00:00:01"); };
    return model::parse_network(
        "<network><name>n</name><bridge name='virbr0'/><ip address='10.0.0.1' prefix='24'/>"
        "<ip family='ipv6' address='fd00::1' prefix='64'/></network>",
        context);
}

/// The lease program with this environment.
int run(const std::string& path, std::vector<const char*> words, const char* expires = "2000000000") {
    ::setenv("YADO_LEASES", path.c_str(), 1);
    ::setenv("DNSMASQ_LEASE_EXPIRES", expires, 1);
    ::setenv("DNSMASQ_CLIENT_ID", "01:52:54:00:00:00:07", 1);
    words.insert(words.begin(), lease_program_name.data());
    return lease_program(words);
}

TEST(Leases, AreKeptByTheProgramAsDnsmasqSays) {
    const TemporaryDirectory folder;
    const std::string path = folder.path() + "/virbr0.status";
    EXPECT_EQ(run(path, {"add", "52:54:00:00:00:07", "10.0.0.7", "guest"}), 0);
    EXPECT_EQ(run(path, {"add", "52:54:00:00:00:08", "10.0.0.8"}), 0);
    EXPECT_EQ(run(path, {"old", "52:54:00:00:00:07", "10.0.0.7"}, "2000000100"), 0);
    std::vector<LeaseRow> rows = read_leases(read_file(path, 4096));
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].address, "10.0.0.8");
    EXPECT_EQ(rows[1].host_name, "guest"); // a renewal without the name keeps it
    EXPECT_EQ(rows[1].expiry, 2000000100);
    EXPECT_EQ(rows[1].client_id, "01:52:54:00:00:00:07");
    EXPECT_EQ(run(path, {"del", "52:54:00:00:00:07", "10.0.0.7"}), 0);
    rows = read_leases(read_file(path, 4096));
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(run(path, {"tftp", "x", "y", "z"}), 0);
    EXPECT_NE(run(path, {"add"}), 0);
}

TEST(Leases, AreShownWithTheirNetworkUntilTheyExpire) {
    const std::vector<LeaseRow> rows{{.address = "10.0.0.7",
                                      .mac = "52:54:00:00:00:07",
                                      .host_name = {},
                                      .client_id = {},
                                      .server_duid = {},
                                      .iaid = {},
                                      .expiry = 1000},
                                     {.address = "fd00::7",
                                      .mac = {},
                                      .host_name = "g",
                                      .client_id = "00:01",
                                      .server_duid = "00:02",
                                      .iaid = "7",
                                      .expiry = 0},
                                     {.address = "10.0.0.9",
                                      .mac = "52:54:00:00:00:09",
                                      .host_name = {},
                                      .client_id = {},
                                      .server_duid = {},
                                      .iaid = {},
                                      .expiry = 500}};
    const std::vector<Lease> shown = shown_leases(rows, network(), 800);
    ASSERT_EQ(shown.size(), 2U);
    EXPECT_EQ(shown[0].prefix, 24U);
    EXPECT_EQ(shown[0].interface, "virbr0");
    EXPECT_TRUE(shown[1].v6);
    EXPECT_EQ(shown[1].prefix, 64U);
    const std::vector<LeaseRow> again = read_leases(write_leases(rows));
    ASSERT_EQ(again.size(), 3U);
    EXPECT_EQ(again[1].iaid, "7");
    EXPECT_EQ(again[1].server_duid, "00:02");
}

TEST(Leases, RefuseABrokenTable) {
    EXPECT_TRUE(read_leases("").empty());
    EXPECT_TRUE(read_leases(" \n").empty());
    EXPECT_THROW(read_leases("[{"), Error);
    EXPECT_THROW(read_leases("{}"), Error);
    EXPECT_TRUE(read_leases("[1, {\"ip-address\": 3}]").empty());
    EXPECT_THROW(read_leases("[[[[[[[[1]]]]]]]]"), Error);
}

TEST(Leases, TableOfGuestsIsLibvirts) {
    const std::vector<PluggedCard> cards{
        {"a", "52:54:00:00:00:01"}, {"b", "52:54:00:00:00:03"}, {"a", "52:54:00:00:00:02"}};
    EXPECT_EQ(write_plugged(cards),
              "[\n  {\n    \"domain\": \"a\",\n    \"macs\": [\n      \"52:54:00:00:00:01\",\n"
              "      \"52:54:00:00:00:02\"\n    ]\n  },\n  {\n    \"domain\": \"b\",\n"
              "    \"macs\": [\n      \"52:54:00:00:00:03\"\n    ]\n  }\n]\n");
    EXPECT_EQ(write_plugged({}), "[\n\n]\n");
}

} // namespace
} // namespace yado::network
