// SPDX-License-Identifier: Apache-2.0
// Every document under tests/golden/domainsnapshot, as taken of (or defined again for) one domain in the
// state its name tells, the coverage of them, and random snapshots.
#include "model/snapshot/document.h"

#include "support/model/golden_domain.h"
#include "support/schema/coverage.h"
#include "support/schema/random.h"

namespace yado::model {
namespace {

const std::filesystem::path folder = test::golden_folder("domainsnapshot");

/// "disks-plain", "error-offline-memory": what is done is the first word that is not "error".
SnapshotContext context_of(std::string_view name) {
    if (name.starts_with("error-")) { name.remove_prefix(6); }
    SnapshotContext context{.domain = &test::golden_domain(), .now = 1'700'000'000};
    context.redefine = name.starts_with("redefine");
    context.disk_only = name.starts_with("disks");
    if (!name.starts_with("offline") && !context.redefine) { context.state = SnapshotState::running; }
    return context;
}

class GoldenSnapshot : public testing::TestWithParam<std::string> {};
TEST_P(GoldenSnapshot, IsTakenAsRecorded) {
    EXPECT_TRUE(test::defined_as_recorded(folder, GetParam(), [](const std::string& text) {
        return write_snapshot(parse_snapshot(text, context_of(GetParam())), schema::definition_view);
    }));
}
INSTANTIATE_TEST_SUITE_P(All, GoldenSnapshot, testing::ValuesIn(test::golden_cases(folder)), test::case_name);

TEST(Snapshot, CompletingAgainChangesNothing) {
    for (const std::string& name : test::golden_cases(folder)) {
        if (name.starts_with("error-")) { continue; }
        const std::string text = test::read_text(folder / (name + ".out.xml"));
        const schema::ReadOptions strict{.unknown = schema::Unknown::reject};
        EXPECT_EQ(write_snapshot(parse_snapshot(text, context_of(name), strict), schema::definition_view),
                  text);
    }
}

/// Domains and sources have goldens of their own.
std::string elsewhere(std::string path) {
    for (const std::string_view part : {"/domain/", "/inactiveDomain/", "/disk/source/"}) {
        const std::size_t at = path.find(part);
        if (at != std::string::npos) { return path.substr(0, at + part.size()) + "*"; }
    }
    return path;
}

TEST(Snapshot, GoldenDocumentsHaveEveryField) {
    test::Coverage coverage("domainsnapshot", elsewhere);
    for (const std::string& text : test::golden_outputs(folder)) { coverage.note(read_snapshot(text)); }
    EXPECT_EQ(coverage.missing<Snapshot>(folder / "FIELDS_NOT_COVERED.txt"), "");
}

TEST(Snapshot, RandomOnesSurviveXmlAndJson) {
    for (unsigned seed = 0; seed < 20; ++seed) {
        ASSERT_TRUE(test::round_trips<Snapshot>("domainsnapshot", seed));
    }
}

TEST(Snapshot, FileTellsWhichOneIsCurrent) {
    const Snapshot snapshot =
        parse_snapshot("<domainsnapshot><name>a</name></domainsnapshot>", context_of("offline"));
    const std::string text = snapshot_file(snapshot, true);
    EXPECT_TRUE(text.starts_with("<!--\n")) << text;
    EXPECT_NE(text.find("  <active>1</active>\n</domainsnapshot>\n"), std::string::npos) << text;
    EXPECT_EQ(read_snapshot(text).active, 1U);
    EXPECT_EQ(write_snapshot(snapshot, {}).find("active"), std::string::npos);
}

} // namespace
} // namespace yado::model
