// SPDX-License-Identifier: Apache-2.0
#include "model/nwfilter/document.h"

#include "support/model/document_goldens.h"
#include "support/schema/random.h"

namespace yado::model {
namespace {

Uuid fixed_uuid() { return *Uuid::parse("00000000-0000-4000-8000-000000000001"); }

schema::ReadOptions unknown(bool strict) {
    return {.unknown = strict ? schema::Unknown::reject : schema::Unknown::ignore};
}

const test::DocumentGoldens<NetworkFilter> filters{
    test::golden_folder("nwfilter"), "filter",
    [](const std::string& text, const std::string&) { return write_filter(parse_filter(text, fixed_uuid)); },
    [](const std::string& text, bool strict) { return read_filter(text, unknown(strict)); },
    [](const NetworkFilter& filter) { return write_filter(filter); }};

class GoldenFilter : public testing::TestWithParam<std::string> {};
TEST_P(GoldenFilter, IsDefinedAsRecorded) { EXPECT_TRUE(filters.defines_as_recorded(GetParam())); }
INSTANTIATE_TEST_SUITE_P(All, GoldenFilter, testing::ValuesIn(test::golden_cases(filters.folder)),
                         test::case_name);

TEST(FilterGolden, IsWrittenAsItWasRead) { EXPECT_TRUE(filters.written_as_read()); }
TEST(FilterGolden, IsDefinedOnceAndForAll) { EXPECT_TRUE(filters.defined_once_and_for_all()); }
TEST(FilterGolden, CoversEveryDescribedField) { EXPECT_EQ(filters.not_covered(), ""); }

const test::DocumentGoldens<FilterBinding> bindings{
    test::golden_folder("nwfilterbinding"), "filterbinding",
    [](const std::string& text, const std::string&) {
        return write_filter_binding(parse_filter_binding(text));
    },
    [](const std::string& text, bool strict) { return read_filter_binding(text, unknown(strict)); },
    [](const FilterBinding& binding) { return write_filter_binding(binding); }};

class GoldenFilterBinding : public testing::TestWithParam<std::string> {};
TEST_P(GoldenFilterBinding, IsReadAsRecorded) { EXPECT_TRUE(bindings.defines_as_recorded(GetParam())); }
INSTANTIATE_TEST_SUITE_P(All, GoldenFilterBinding, testing::ValuesIn(test::golden_cases(bindings.folder)),
                         test::case_name);

TEST(FilterBindingGolden, IsWrittenAsItWasRead) { EXPECT_TRUE(bindings.written_as_read()); }
TEST(FilterBindingGolden, CoversEveryDescribedField) { EXPECT_EQ(bindings.not_covered(), ""); }

TEST(RandomFilter, SurvivesXmlAndJson) {
    for (unsigned seed = 0; seed < 50; ++seed) {
        ASSERT_TRUE(test::round_trips<NetworkFilter>("filter", seed));
        ASSERT_TRUE(test::round_trips<FilterBinding>("filterbinding", seed));
    }
}

} // namespace
} // namespace yado::model
