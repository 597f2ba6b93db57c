// SPDX-License-Identifier: Apache-2.0
#include "model/interface/document.h"

#include "support/model/document_goldens.h"
#include "support/schema/random.h"

namespace yado::model {
namespace {

/// The members of bridges and bonds are interfaces again.
std::string as_outermost(std::string path) {
    for (const std::string_view member : {"/bridge/interface", "/bond/interface"}) {
        for (std::size_t at = path.find(member); at != std::string::npos; at = path.find(member)) {
            path.erase(at, member.size());
        }
    }
    return path;
}

const test::DocumentGoldens<HostInterface> interfaces{
    test::golden_folder("interface"),
    "interface",
    [](const std::string& text, const std::string&) { return write_interface(parse_interface(text)); },
    [](const std::string& text, bool strict) {
        return read_interface(text, {.unknown = strict ? schema::Unknown::reject : schema::Unknown::ignore});
    },
    [](const HostInterface& interface) { return write_interface(interface); },
    as_outermost};

class GoldenInterface : public testing::TestWithParam<std::string> {};
TEST_P(GoldenInterface, IsDefinedAsRecorded) { EXPECT_TRUE(interfaces.defines_as_recorded(GetParam())); }
INSTANTIATE_TEST_SUITE_P(All, GoldenInterface, testing::ValuesIn(test::golden_cases(interfaces.folder)),
                         test::case_name);

TEST(InterfaceGolden, IsWrittenAsItWasRead) { EXPECT_TRUE(interfaces.written_as_read()); }
TEST(InterfaceGolden, IsDefinedOnceAndForAll) { EXPECT_TRUE(interfaces.defined_once_and_for_all()); }
TEST(InterfaceGolden, CoversEveryDescribedField) { EXPECT_EQ(interfaces.not_covered(), ""); }

TEST(RandomInterface, SurvivesXmlAndJson) {
    for (unsigned seed = 0; seed < 100; ++seed) {
        ASSERT_TRUE(test::round_trips<HostInterface>("interface", seed));
    }
}

TEST(Interface, RefusesDeepNesting) {
    std::string text;
    for (int i = 0; i < 300; ++i) { text += "<interface type='bridge' name='b'><bridge>"; }
    EXPECT_THROW(read_interface(text), Error);
}

} // namespace
} // namespace yado::model
