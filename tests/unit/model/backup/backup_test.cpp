// SPDX-License-Identifier: Apache-2.0
// Every document under tests/golden/domainbackup, as begun for one running domain, the coverage of them, and
// random backups.
#include "model/backup/document.h"

#include "support/model/golden_domain.h"
#include "support/schema/coverage.h"
#include "support/schema/random.h"

namespace yado::model {
namespace {

const std::filesystem::path folder = test::golden_folder("domainbackup");

/// Cases "files-…" let the daemon name the files, which it does only where all disks are files.
BackupContext context_of(const std::string& name) {
    static const Domain files_only = [] {
        Domain domain = test::golden_domain();
        std::erase_if(domain.devices.disks, [](const Disk& disk) { return disk.is_block(); });
        return domain;
    }();
    return {.domain = name.starts_with("files-") ? &files_only : &test::golden_domain(),
            .now = 1'700'000'000};
}

class GoldenBackup : public testing::TestWithParam<std::string> {};
TEST_P(GoldenBackup, BeginsAsRecorded) {
    EXPECT_TRUE(test::defined_as_recorded(folder, GetParam(), [](const std::string& text) {
        return write_backup(parse_backup(text, context_of(GetParam())), schema::definition_view);
    }));
}
INSTANTIATE_TEST_SUITE_P(All, GoldenBackup, testing::ValuesIn(test::golden_cases(folder)), test::case_name);

TEST(Backup, CompletingAgainChangesNothing) {
    for (const std::string& name : test::golden_cases(folder)) {
        if (name.starts_with("error-")) { continue; }
        const std::string text = test::read_text(folder / (name + ".out.xml"));
        EXPECT_EQ(write_backup(parse_backup(text, context_of(name)), schema::definition_view), text);
    }
}

TEST(Backup, GoldenDocumentsHaveEveryField) {
    test::Coverage coverage("domainbackup", [](std::string path) {
        for (const std::string_view part : {"/disk/target/", "/disk/scratch/"}) {
            const std::size_t at = path.find(part);
            if (at != std::string::npos) { return path.substr(0, at + part.size()) + "*"; }
        }
        return path;
    });
    for (const std::string& name : test::golden_cases(folder)) {
        if (name.starts_with("error-")) { continue; }
        coverage.note(read_backup(test::read_text(folder / (name + ".xml")), {.view = schema::status_view}));
        coverage.note(read_backup(test::read_text(folder / (name + ".out.xml"))));
    }
    EXPECT_EQ(coverage.missing<Backup>(folder / "FIELDS_NOT_COVERED.txt"), "");
}

TEST(Backup, RandomOnesSurviveXmlAndJson) {
    for (unsigned seed = 0; seed < 50; ++seed) {
        ASSERT_TRUE(test::round_trips<Backup>("domainbackup", seed));
    }
}

TEST(Backup, WithAnUnnamedDiskOfABlockDeviceIsRefused) {
    schema::Diagnostics problems;
    Backup backup = read_backup("<domainbackup/>");
    complete(backup, context_of("push"), problems);
    ASSERT_EQ(problems.problems().size(), 1U);
    EXPECT_EQ(problems.problems()[0].message, "refusing to generate file name for disk 'vdc'");
}

} // namespace
} // namespace yado::model
