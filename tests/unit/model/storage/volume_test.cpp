// SPDX-License-Identifier: Apache-2.0
// Every document under tests/golden/storagevol, as made in the kind of pool its name starts with (errors: a
// directory), the coverage of them, and random volumes.
#include "model/storage/document.h"

#include "support/model/golden_document.h"
#include "support/model/golden_file.h"
#include "support/schema/coverage.h"
#include "support/schema/random.h"

namespace yado::model {
namespace {

const std::filesystem::path folder = test::golden_folder("storagevol");

PoolType pool_of(const std::string& name) {
    return schema::from_word<PoolType>(name.substr(0, name.find('-'))).value_or(PoolType::dir);
}

class GoldenVolume : public testing::TestWithParam<std::string> {};
TEST_P(GoldenVolume, IsCreatedAsRecorded) {
    EXPECT_TRUE(test::defined_as_recorded(folder, GetParam(), [](const std::string& text) {
        return write_volume(parse_volume(text, pool_of(GetParam())));
    }));
}
INSTANTIATE_TEST_SUITE_P(All, GoldenVolume, testing::ValuesIn(test::golden_cases(folder)), test::case_name);

TEST(Volume, CompletingAgainChangesNothing) {
    for (const std::string& name : test::golden_cases(folder)) {
        if (name.starts_with("error-")) { continue; }
        const std::string text = test::read_text(folder / (name + ".out.xml"));
        EXPECT_EQ(write_volume(parse_volume(text, pool_of(name), {.unknown = schema::Unknown::reject})),
                  text);
    }
}

TEST(Volume, GoldenDocumentsHaveEveryField) {
    test::Coverage coverage("volume");
    for (const std::string& text : test::golden_outputs(folder)) { coverage.note(read_volume(text)); }
    for (const char* name : {"error-feature", "dir-measured"}) {
        coverage.note(read_volume(test::read_text(folder / (std::string(name) + ".xml"))));
    }
    EXPECT_EQ(coverage.missing<StorageVolume>(), "");
}

TEST(Volume, RandomOnesSurviveXmlAndJson) {
    for (unsigned seed = 0; seed < 100; ++seed) {
        ASSERT_TRUE(test::round_trips<StorageVolume>("volume", seed));
    }
}

} // namespace
} // namespace yado::model
