// SPDX-License-Identifier: Apache-2.0
#include "base/files.h"

#include "base/error.h"
#include "base/fault.h"

#include <cstdlib>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace yado {
namespace {

constexpr std::size_t plenty = 1 << 20;

mode_t mode_of(const std::string& path) {
    struct stat facts{};
    return ::stat(path.c_str(), &facts) == 0 ? facts.st_mode & 07777 : 0;
}

std::vector<std::string> names_in(const std::string& path) {
    std::vector<std::string> names;
    for (const DirectoryEntry& entry : list_directory(path)) names.push_back(entry.name);
    return names;
}

TEST(FilesTest, ReadsWithinTheLimitOnly) {
    const TemporaryDirectory directory;
    const std::string path = directory.path() + "/a";
    write_file_replacing(path, std::string(10'000, 'x'), 0644);
    EXPECT_EQ(read_file(path, 10'000).size(), 10'000u);
    EXPECT_THROW(read_file(path, 9'999), Error);
    write_file_replacing(path, "", 0644);
    EXPECT_EQ(read_file(path, 0), "");
    EXPECT_GT(read_file("/proc/self/maps", plenty).size(), 100u); // says size 0
    EXPECT_FALSE(read_file_if_exists(directory.path() + "/none/b", plenty));
    try {
        read_file(directory.path() + "/none", plenty);
        ADD_FAILURE();
    } catch (const Error& error) {
        EXPECT_EQ(error.message(),
                  "Failed to open file '" + directory.path() + "/none': No such file or directory");
        EXPECT_EQ(error.system_errno(), ENOENT);
    }
}

TEST(FilesTest, ReplacesWholeFilesWithExactMode) {
    const TemporaryDirectory directory;
    const std::string path = directory.path() + "/" + std::string(255, 'n'); // as long as names can be
    const mode_t before = ::umask(0077);
    write_file_atomically(path, "one", 0644);
    write_file_atomically(path, "two", 0640);
    ::umask(before);
    EXPECT_EQ(read_file(path, plenty), "two");
    EXPECT_EQ(mode_of(path), 0640u);
    EXPECT_EQ(names_in(directory.path()).size(), 1u);
}

TEST(FilesTest, EveryFailingStepLeavesTheOldOrTheNewFile) {
    const TemporaryDirectory directory;
    const std::string path = directory.path() + "/state.xml";
    write_file_atomically(path, "old", 0600);
    fault::arm(fault::Action::count, 0);
    write_file_atomically(path, "old", 0600);
    const auto points = fault::passed();
    ASSERT_GE(points, 5u);
    for (std::uint64_t n = 1; n <= points; ++n) {
        fault::disarm();
        write_file_atomically(path, "old", 0600);
        fault::arm(fault::Action::fail, n, "file.");
        EXPECT_THROW(write_file_atomically(path, "new", 0600), Error) << n;
        fault::disarm();
        const std::string content = read_file(path, plenty);
        EXPECT_EQ(content, n <= points - 2 ? "old" : "new") << n;
        EXPECT_EQ(names_in(directory.path()), std::vector<std::string>{"state.xml"}) << n;
    }
}

TEST(FilesTest, AKilledWriterLeavesNothingHalf) {
    const TemporaryDirectory directory;
    const std::string path = directory.path() + "/state.xml";
    int killed = 0;
    for (std::uint64_t n = 1; n < 20; ++n) {
        write_file_atomically(path, "old", 0600);
        const pid_t pid = ::fork();
        if (pid == 0) {
            fault::arm(fault::Action::kill, n);
            write_file_atomically(path, std::string(100'000, 'n'), 0600);
            ::_exit(0);
        }
        int status = 0;
        ASSERT_EQ(::waitpid(pid, &status, 0), pid);
        const std::string content = read_file(path, plenty);
        EXPECT_TRUE(content == "old" || content == std::string(100'000, 'n')) << n;
        remove_stale_temporaries(directory.path());
        EXPECT_EQ(names_in(directory.path()), std::vector<std::string>{"state.xml"}) << n;
        if (WIFEXITED(status)) break;
        ++killed;
    }
    EXPECT_GE(killed, 5);
    EXPECT_LT(killed, 19);
}

TEST(FilesTest, ConcurrentWritersDoNotMix) {
    const TemporaryDirectory directory;
    const std::string path = directory.path() + "/shared";
    std::vector<std::thread> writers;
    for (const char letter : {'a', 'b', 'c', 'd'})
        writers.emplace_back([&, letter] {
            for (int i = 0; i < 20; ++i) write_file_replacing(path, std::string(5'000, letter), 0600);
        });
    for (std::thread& writer : writers) writer.join();
    const std::string content = read_file(path, plenty);
    EXPECT_EQ(content, std::string(5'000, content.front()));
}

TEST(FilesTest, LinksDirectoriesAndRemoval) {
    const TemporaryDirectory directory;
    const std::string deep = directory.path() + "/a/b/c";
    make_directories(deep, 0750);
    make_directories(deep, 0700); // there already: untouched
    EXPECT_EQ(mode_of(deep), 0750u);
    replace_symlink("/target/one", deep + "/link");
    replace_symlink("/target/two", deep + "/link");
    char target[64] = {};
    ASSERT_GT(::readlink((deep + "/link").c_str(), target, sizeof target - 1), 0);
    EXPECT_STREQ(target, "/target/two");
    write_file_replacing(deep + "/file", "x", 0600);
    EXPECT_THROW(make_directories(deep + "/file", 0700), Error);
    EXPECT_THROW(list_directory(deep, 1), Error);
    EXPECT_EQ(names_in(deep), (std::vector<std::string>{"file", "link"}));
    EXPECT_TRUE(remove_file_durably(deep + "/file"));
    EXPECT_FALSE(remove_file_durably(deep + "/file"));
    EXPECT_TRUE(list_directory(directory.path() + "/none").empty());

    // Removal does not follow links out of the tree.
    const TemporaryDirectory other;
    write_file_replacing(other.path() + "/precious", "x", 0600);
    replace_symlink(other.path(), deep + "/out");
    EXPECT_TRUE(remove_tree(directory.path() + "/a"));
    EXPECT_FALSE(remove_tree(directory.path() + "/a"));
    EXPECT_EQ(names_in(other.path()).size(), 1u);
}

TEST(FilesTest, TheEnvironmentOrdersFaults) {
    // The order is read when the program starts, hence this program once more.
    const std::string self = "/proc/self/exe";
    const TemporaryDirectory left_behind; // for what the killed program cannot clean up
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::setenv("TMPDIR", left_behind.path().c_str(), 1);
        ::setenv("YADO_FAULT", "kill:2:file.", 1);
        const UniqueFd null = open_file("/dev/null", O_RDWR);
        ::dup2(null.get(), 1);
        ::execl(self.c_str(), "unit_base", "--gtest_filter=FilesTest.ReplacesWholeFilesWithExactMode",
                nullptr);
        ::_exit(1);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(pid, &status, 0), pid);
    EXPECT_TRUE(WIFSIGNALED(status));
    EXPECT_EQ(WTERMSIG(status), SIGKILL);
}

} // namespace
} // namespace yado
