// SPDX-License-Identifier: Apache-2.0
// Every document under tests/golden/domaincheckpoint, as made of (or defined again for) one domain, the
// coverage of them, and random checkpoints.
#include "model/checkpoint/document.h"

#include "support/model/golden_domain.h"
#include "support/schema/coverage.h"
#include "support/schema/random.h"

namespace yado::model {
namespace {

const std::filesystem::path folder = test::golden_folder("domaincheckpoint");

CheckpointContext context_of(std::string_view name) {
    return {.domain = &test::golden_domain(),
            .now = 1'700'000'000,
            .redefine = name.find("redefine") != std::string_view::npos};
}

class GoldenCheckpoint : public testing::TestWithParam<std::string> {};
TEST_P(GoldenCheckpoint, IsMadeAsRecorded) {
    EXPECT_TRUE(test::defined_as_recorded(folder, GetParam(), [](const std::string& text) {
        return write_checkpoint(parse_checkpoint(text, context_of(GetParam())), schema::definition_view);
    }));
}
INSTANTIATE_TEST_SUITE_P(All, GoldenCheckpoint, testing::ValuesIn(test::golden_cases(folder)),
                         test::case_name);

TEST(Checkpoint, CompletingAgainChangesNothing) {
    for (const std::string& name : test::golden_cases(folder)) {
        if (name.starts_with("error-")) { continue; }
        const std::string text = test::read_text(folder / (name + ".out.xml"));
        EXPECT_EQ(write_checkpoint(parse_checkpoint(text, context_of(name)), schema::definition_view), text);
    }
}

TEST(Checkpoint, GoldenDocumentsHaveEveryField) {
    test::Coverage coverage("domaincheckpoint", [](std::string path) {
        return path.find("/domain/") == std::string::npos ? path : "/domaincheckpoint/domain/*";
    });
    for (const std::string& name : test::golden_cases(folder)) {
        if (name.starts_with("error-")) { continue; }
        coverage.note(read_checkpoint(test::read_text(folder / (name + ".xml"))));
        coverage.note(read_checkpoint(test::read_text(folder / (name + ".out.xml"))));
    }
    EXPECT_EQ(coverage.missing<Checkpoint>(), "");
}

TEST(Checkpoint, RandomOnesSurviveXmlAndJson) {
    for (unsigned seed = 0; seed < 20; ++seed) {
        ASSERT_TRUE(test::round_trips<Checkpoint>("domaincheckpoint", seed));
    }
}

TEST(Checkpoint, IsWrittenWithoutItsDomainOnDemand) {
    const Checkpoint checkpoint =
        parse_checkpoint(test::read_text(folder / "redefine-plain.xml"), context_of("redefine"));
    EXPECT_NE(write_checkpoint(checkpoint, {}).find("<domain "), std::string::npos);
    EXPECT_EQ(write_checkpoint(checkpoint, {}, false).find("<domain "), std::string::npos);
    EXPECT_TRUE(checkpoint_file(checkpoint).starts_with("<!--\n"));
}

} // namespace
} // namespace yado::model
