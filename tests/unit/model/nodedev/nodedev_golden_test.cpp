// SPDX-License-Identifier: Apache-2.0
// Devices that are made: cases named create-… and define-…; devices that are there: forms/.
#include "model/nodedev/document.h"

#include "support/model/document_goldens.h"
#include "support/schema/random.h"

namespace yado::model {
namespace {

const test::DocumentGoldens<NodeDevice> devices{
    test::golden_folder("nodedev"), "device",
    [](const std::string& text, const std::string& name) {
        const auto use = name.starts_with("create-") ? NodeDeviceUse::create : NodeDeviceUse::define;
        return write_node_device(parse_node_device(text, use));
    },
    [](const std::string& text, bool strict) {
        return read_node_device(text,
                                {.unknown = strict ? schema::Unknown::reject : schema::Unknown::ignore});
    },
    [](const NodeDevice& device) { return write_node_device(device); }};

class GoldenNodeDevice : public testing::TestWithParam<std::string> {};
TEST_P(GoldenNodeDevice, IsMadeAsRecorded) { EXPECT_TRUE(devices.defines_as_recorded(GetParam())); }
INSTANTIATE_TEST_SUITE_P(All, GoldenNodeDevice, testing::ValuesIn(test::golden_cases(devices.folder)),
                         test::case_name);

TEST(NodeDeviceGolden, IsWrittenAsItWasRead) { EXPECT_TRUE(devices.written_as_read()); }
TEST(NodeDeviceGolden, CoversEveryDescribedField) { EXPECT_EQ(devices.not_covered(), ""); }

TEST(RandomNodeDevice, SurvivesXmlAndJson) {
    for (unsigned seed = 0; seed < 100; ++seed) {
        ASSERT_TRUE(test::round_trips<NodeDevice>("device", seed));
    }
}

TEST(RandomNodeDevice, EveryLeafCanBeFilled) {
    std::string not_filled;
    for (unsigned seed = 0; seed < 30; ++seed) {
        test::random_value<NodeDevice>(seed, schema::status_view, &not_filled);
    }
    EXPECT_EQ(not_filled, "");
}

} // namespace
} // namespace yado::model
