// SPDX-License-Identifier: Apache-2.0
// Every document under tests/golden/secret, the coverage of them, and random secrets.
#include "model/secret/document.h"

#include "support/model/golden_document.h"
#include "support/model/golden_file.h"
#include "support/schema/coverage.h"
#include "support/schema/random.h"

namespace yado::model {
namespace {

const std::filesystem::path folder = test::golden_folder("secret");

std::string define(const std::string& text) {
    const SecretContext context{
        .new_uuid = [] { return *Uuid::parse("00000000-0000-4000-8000-000000000001"); }};
    return write_secret(parse_secret(text, {}, context));
}

class GoldenSecret : public testing::TestWithParam<std::string> {};
TEST_P(GoldenSecret, IsDefinedAsRecorded) {
    EXPECT_TRUE(test::defined_as_recorded(folder, GetParam(), define));
}
INSTANTIATE_TEST_SUITE_P(All, GoldenSecret, testing::ValuesIn(test::golden_cases(folder)), test::case_name);

TEST(Secret, DefiningAgainChangesNothing) {
    for (const std::string& text : test::golden_outputs(folder)) { EXPECT_EQ(define(text), text); }
}

TEST(Secret, GoldenDocumentsHaveEveryField) {
    test::Coverage coverage("secret");
    for (const std::string& text : test::golden_outputs(folder)) {
        coverage.note(read_secret(text, {.unknown = schema::Unknown::reject}));
    }
    EXPECT_EQ(coverage.missing<Secret>(), "");
}

TEST(Secret, RandomOnesSurviveXmlAndJson) {
    for (unsigned seed = 0; seed < 100; ++seed) { ASSERT_TRUE(test::round_trips<Secret>("secret", seed)); }
}

TEST(Secret, TellsWhatItIsFor) {
    EXPECT_EQ(parse_secret("<secret/>").usage_type(), SecretUsageType::none);
    EXPECT_EQ(parse_secret("<secret/>").usage_id(), "");
    const Secret secret = parse_secret("<secret><usage type='iscsi'><target>disks</target></usage></secret>");
    EXPECT_EQ(secret.usage_type(), SecretUsageType::iscsi);
    EXPECT_EQ(secret.usage_id(), "disks");
    EXPECT_FALSE(secret.is_private());
    EXPECT_FALSE(secret.is_ephemeral());
}

} // namespace
} // namespace yado::model
