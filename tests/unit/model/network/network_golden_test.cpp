// SPDX-License-Identifier: Apache-2.0
#include "model/network/document.h"

#include "support/model/document_goldens.h"
#include "support/schema/random.h"

namespace yado::model {
namespace {

NetworkContext fixed_context() {
    NetworkContext context;
    context.new_uuid = [] { return *Uuid::parse("00000000-0000-4000-8000-000000000001"); };
    context.new_mac = [] { return *Mac::parse("52:54:00:00:00:01"); };
    context.new_bridge = [](std::string_view pattern) {
        std::string name(pattern);
        return name.replace(name.find("%d"), 2, "0");
    };
    return context;
}

schema::ReadOptions everything(bool strict) {
    return {.unknown = strict ? schema::Unknown::reject : schema::Unknown::ignore,
            .view = schema::status_view};
}

const test::DocumentGoldens<Network> networks{
    test::golden_folder("network"), "network",
    [](const std::string& text, const std::string&) {
        return write_network(parse_network(text, fixed_context()), schema::definition_view);
    },
    [](const std::string& text, bool strict) { return read_network(text, everything(strict)); },
    [](const Network& network) { return write_network(network, schema::status_view); }};

class GoldenNetwork : public testing::TestWithParam<std::string> {};
TEST_P(GoldenNetwork, IsDefinedAsRecorded) { EXPECT_TRUE(networks.defines_as_recorded(GetParam())); }
INSTANTIATE_TEST_SUITE_P(All, GoldenNetwork, testing::ValuesIn(test::golden_cases(networks.folder)),
                         test::case_name);

TEST(NetworkGolden, IsWrittenAsItWasRead) { EXPECT_TRUE(networks.written_as_read()); }
TEST(NetworkGolden, IsDefinedOnceAndForAll) { EXPECT_TRUE(networks.defined_once_and_for_all()); }
TEST(NetworkGolden, CoversEveryDescribedField) { EXPECT_EQ(networks.not_covered(), ""); }

const test::DocumentGoldens<NetworkPort> ports{
    test::golden_folder("networkport"), "networkport",
    [](const std::string& text, const std::string&) { return write_network_port(parse_network_port(text)); },
    [](const std::string& text, bool strict) { return read_network_port(text, everything(strict)); },
    [](const NetworkPort& port) { return write_network_port(port, schema::status_view); }};

class GoldenNetworkPort : public testing::TestWithParam<std::string> {};
TEST_P(GoldenNetworkPort, IsReadAsRecorded) { EXPECT_TRUE(ports.defines_as_recorded(GetParam())); }
INSTANTIATE_TEST_SUITE_P(All, GoldenNetworkPort, testing::ValuesIn(test::golden_cases(ports.folder)),
                         test::case_name);

TEST(NetworkPortGolden, IsWrittenAsItWasRead) { EXPECT_TRUE(ports.written_as_read()); }
TEST(NetworkPortGolden, CoversEveryDescribedField) { EXPECT_EQ(ports.not_covered(), ""); }

TEST(RandomNetwork, SurvivesXmlAndJson) {
    for (unsigned seed = 0; seed < 100; ++seed) {
        ASSERT_TRUE(test::round_trips<Network>("network", seed));
        ASSERT_TRUE(test::round_trips<NetworkPort>("networkport", seed));
    }
}

TEST(RandomNetwork, EveryLeafCanBeFilled) {
    std::string not_filled;
    for (unsigned seed = 0; seed < 30; ++seed) {
        test::random_value<Network>(seed, schema::status_view, &not_filled);
        test::random_value<NetworkPort>(seed, schema::status_view, &not_filled);
    }
    EXPECT_EQ(not_filled, "");
}

} // namespace
} // namespace yado::model
