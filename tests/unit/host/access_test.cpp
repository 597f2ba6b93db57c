// SPDX-License-Identifier: Apache-2.0
// Which part of a path stops a user, and what is said about it.
#include "host/access.h"

#include "base/files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace yado::host {
namespace {

struct AccessTest : testing::Test {
    TemporaryDirectory directory;
    std::string folder = directory.path() + "/folder", image = folder + "/disk.img";
    Credentials other{.user = 54321, .group = 54321, .supplementary = {}};

    AccessTest() {
        ::chmod(directory.path().c_str(), 0755);
        make_directories(folder, 0755);
        write_file_atomically(image, "x", 0644);
    }
    std::optional<AccessProblem> find(AccessKind kind = AccessKind::read) const {
        return find_access_problem(image, other, kind);
    }
};

TEST_F(AccessTest, NothingStopsWhatIsOpen) { EXPECT_FALSE(find()); }

TEST_F(AccessTest, NamesTheFolderThatStops) {
    ::chmod(folder.c_str(), 0700);
    const auto problem = find();
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->component, folder);
    EXPECT_EQ(problem->layer, AccessProblem::Layer::mode);
    EXPECT_EQ(problem->fix, "setfacl -m u:54321:x '" + folder + "'");
    EXPECT_TRUE(problem->text().contains("does not let user 54321 pass")) << problem->text();
}

TEST_F(AccessTest, GroupsCount) {
    ::chmod(folder.c_str(), 0710);
    ASSERT_TRUE(find());
    other.supplementary.push_back(::getegid());
    EXPECT_FALSE(find());
}

TEST_F(AccessTest, NamesTheFile) {
    EXPECT_EQ(find(AccessKind::write)->component, image);
    ::chmod(image.c_str(), 0600);
    EXPECT_EQ(find()->component, image);
}

TEST_F(AccessTest, NamesWhatIsMissing) {
    const auto gone = find_access_problem(directory.path() + "/nowhere/disk.img", other, AccessKind::read);
    ASSERT_TRUE(gone);
    EXPECT_EQ(gone->component, directory.path() + "/nowhere");
    EXPECT_EQ(gone->layer, AccessProblem::Layer::missing);
    const auto file = find_access_problem(image + "/deeper", other, AccessKind::read);
    ASSERT_TRUE(file);
    EXPECT_EQ(file->layer, AccessProblem::Layer::not_a_directory);
}

TEST_F(AccessTest, FollowsLinks) {
    ::chmod(folder.c_str(), 0700);
    const std::string link = directory.path() + "/link";
    ASSERT_EQ(::symlink(image.c_str(), link.c_str()), 0);
    const auto problem = find_access_problem(link, other, AccessKind::read);
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->component, folder);
}

TEST_F(AccessTest, RootIsNotStopped) {
    ::chmod(folder.c_str(), 0);
    EXPECT_FALSE(find_access_problem(image, {.user = 0, .group = 0, .supplementary = {}}, AccessKind::write));
}

} // namespace
} // namespace yado::host
