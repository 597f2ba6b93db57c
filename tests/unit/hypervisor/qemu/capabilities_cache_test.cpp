// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/capabilities/cache.h"

#include "base/async/start.h"
#include "base/error.h"
#include "base/files.h"
#include "support/base/manual_loop.h"
#include "support/hypervisor/qemu/recorded_capabilities.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <optional>
#include <sys/stat.h>

namespace yado::qemu {
namespace {

using test_support::ManualLoop;
using test_support::recorded_capabilities;
using Pointer = CapabilityCache::Pointer;

class CapabilitiesCacheTest : public testing::Test {
  protected:
    CapabilitiesCacheTest() {
        write_file_replacing(binary_, "one", 0755);
        probe_ = [this](std::string binary, Accelerator accelerator) {
            return answer(this, std::move(binary), accelerator);
        };
    }
    static Task<QemuCapabilities> answer(CapabilitiesCacheTest* test, std::string binary,
                                         Accelerator accelerator) {
        ++test->probes_;
        const int number = test->probes_;
        if (test->hold_) co_await *test->hold_;
        if (test->broken_) fail(Code::internal_error, "broken {}", number);
        QemuCapabilities found = recorded_capabilities(YADO_SOURCE_DIR, "i686");
        found.binary = std::move(binary);
        found.accelerator = accelerator;
        found.package = fmt::format("probe {}", number);
        co_return found;
    }
    std::string get(CapabilityCache& cache, Accelerator accelerator = Accelerator::tcg) {
        try {
            return loop_.run(cache.get(binary_, accelerator))->package;
        } catch (const Error& error) { return error.message(); }
    }
    std::vector<DirectoryEntry> files() const { return list_directory(directory_); }
    void make_older(const std::string& path, int seconds) const {
        struct stat info{};
        ASSERT_EQ(::stat(path.c_str(), &info), 0);
        const timespec times[2] = {info.st_atim, {info.st_mtim.tv_sec - seconds, info.st_mtim.tv_nsec}};
        ASSERT_EQ(::utimensat(AT_FDCWD, path.c_str(), times, 0), 0);
    }

    TemporaryDirectory root_;
    std::string binary_ = root_.path() + "/qemu-system-i386";
    std::string directory_ = root_.path() + "/cache/capabilities";
    ManualLoop loop_;
    CapabilityCache::Probe probe_;
    std::optional<Completion<void>> hold_; ///< what an answer waits for
    int probes_ = 0;
    bool broken_ = false;
};

TEST_F(CapabilitiesCacheTest, AsksOnce) {
    CapabilityCache cache(loop_, probe_, directory_);
    EXPECT_EQ(cache.known(binary_), nullptr);
    EXPECT_EQ(get(cache), "probe 1");
    EXPECT_EQ(get(cache), "probe 1");
    ASSERT_NE(cache.known(binary_), nullptr);
    EXPECT_EQ(cache.known(binary_)->package, "probe 1");
    EXPECT_EQ(cache.known(binary_, Accelerator::kvm), nullptr);
    EXPECT_EQ(probes_, 1);
}

TEST_F(CapabilitiesCacheTest, OutlivesTheDaemon) {
    {
        CapabilityCache cache(loop_, probe_, directory_);
        EXPECT_EQ(get(cache), "probe 1");
        loop_.run_until_idle();
    }
    ASSERT_EQ(files().size(), 1U);
    CapabilityCache cache(loop_, probe_, directory_);
    EXPECT_EQ(get(cache), "probe 1");
    EXPECT_EQ(probes_, 1);
}

TEST_F(CapabilitiesCacheTest, AskersAtOneTimeShareTheAnswer) {
    CapabilityCache cache(loop_, probe_, directory_);
    hold_.emplace(loop_);
    std::vector<Completion<Pointer>> asked;
    for (int i = 0; i < 5; ++i) asked.push_back(start(loop_, cache.get(binary_)));
    loop_.run_until_idle();
    EXPECT_EQ(probes_, 1);
    EXPECT_FALSE(asked[0].done());
    hold_->set();
    loop_.run_until_idle();
    for (const auto& each : asked) EXPECT_EQ((each.operator co_await()).await_resume()->package, "probe 1");
    EXPECT_EQ(probes_, 1);
}

TEST_F(CapabilitiesCacheTest, AskersAtOneTimeShareTheFailure) {
    CapabilityCache cache(loop_, probe_, directory_);
    hold_.emplace(loop_);
    broken_ = true;
    std::vector<Completion<Pointer>> asked;
    for (int i = 0; i < 3; ++i) asked.push_back(start(loop_, cache.get(binary_)));
    loop_.run_until_idle();
    hold_->set();
    loop_.run_until_idle();
    for (const auto& each : asked) EXPECT_THROW((each.operator co_await()).await_resume(), Error);
    EXPECT_EQ(probes_, 1);
    EXPECT_TRUE(files().empty());
    broken_ = false; // and the next one tries again
    EXPECT_EQ(get(cache), "probe 2");
}

TEST_F(CapabilitiesCacheTest, AChangedBinaryIsAskedAnew) {
    CapabilityCache cache(loop_, probe_, directory_);
    EXPECT_EQ(get(cache), "probe 1");
    write_file_replacing(binary_, "longer", 0755);
    EXPECT_EQ(get(cache), "probe 2");
    make_older(binary_, 1000);
    EXPECT_EQ(get(cache), "probe 3");
    EXPECT_EQ(get(cache), "probe 3");
    loop_.run_until_idle();
    CapabilityCache next(loop_, probe_, directory_);
    EXPECT_EQ(get(next), "probe 3");
}

TEST_F(CapabilitiesCacheTest, ABrokenFileIsIgnoredAndReplaced) {
    {
        CapabilityCache cache(loop_, probe_, directory_);
        EXPECT_EQ(get(cache), "probe 1");
        loop_.run_until_idle();
    }
    ASSERT_EQ(files().size(), 1U);
    const std::string path = directory_ + "/" + files()[0].name;
    const std::string whole = read_file(path, 1U << 20U);
    const std::string broken[] = {"",
                                  "{",
                                  "[]",
                                  "null",
                                  whole.substr(0, whole.size() / 2),
                                  std::string(100, '['),
                                  std::string("\0\xff", 2)};
    int expected = 1;
    for (const std::string& text : broken) {
        write_file_replacing(path, text, 0600);
        CapabilityCache cache(loop_, probe_, directory_);
        EXPECT_EQ(get(cache), fmt::format("probe {}", ++expected));
        loop_.run_until_idle();
        CapabilityCache after(loop_, probe_, directory_);
        EXPECT_EQ(get(after), fmt::format("probe {}", expected));
    }
}

TEST_F(CapabilitiesCacheTest, AcceleratorsAreApart) {
    CapabilityCache cache(loop_, probe_, directory_);
    EXPECT_EQ(get(cache), "probe 1");
    EXPECT_EQ(get(cache, Accelerator::kvm), "probe 2");
    EXPECT_EQ(get(cache), "probe 1");
    loop_.run_until_idle();
    EXPECT_EQ(files().size(), 2U);
}

TEST_F(CapabilitiesCacheTest, WorksWithoutAPlaceOnDisk) {
    CapabilityCache nowhere(loop_, probe_, "");
    EXPECT_EQ(get(nowhere), "probe 1");
    EXPECT_EQ(get(nowhere), "probe 1");
    write_file_replacing(root_.path() + "/file", "", 0600);
    CapabilityCache impossible(loop_, probe_, root_.path() + "/file/cache");
    EXPECT_EQ(get(impossible), "probe 2");
    loop_.run_until_idle();
    EXPECT_EQ(get(impossible), "probe 2");
}

TEST_F(CapabilitiesCacheTest, SaysWhatIsNoBinary) {
    CapabilityCache cache(loop_, probe_, directory_);
    binary_ = root_.path() + "/none";
    EXPECT_EQ(get(cache), "Cannot check QEMU binary " + binary_ + ": No such file or directory");
    binary_ = root_.path();
    EXPECT_EQ(get(cache), "Cannot check QEMU binary " + binary_ + ": Permission denied");
    EXPECT_EQ(probes_, 0);
}

TEST_F(CapabilitiesCacheTest, FileFormat) {
    QemuCapabilities written = recorded_capabilities(YADO_SOURCE_DIR, "x86_64");
    const BinaryStamp stamp{.size = 1, .modified = -2, .changed = 3, .modules = 4, .kernel = "6.1"};
    const std::string text = write_cache_file(written, stamp);
    const auto read = read_cache_file(text, written.binary, Accelerator::tcg, stamp);
    ASSERT_TRUE(read);
    EXPECT_EQ(write_cache_file(*read, stamp), text);
    EXPECT_EQ(read->machines.size(), written.machines.size());
    EXPECT_EQ(read->devices, written.devices);
    EXPECT_EQ(read->machine("q35")->max_cpus, 288U);
    EXPECT_EQ(read->host_model.added, written.host_model.added);

    EXPECT_FALSE(read_cache_file(text, "/bin/other", Accelerator::tcg, stamp));
    EXPECT_FALSE(read_cache_file(text, written.binary, Accelerator::kvm, stamp));
    const std::vector<BinaryStamp> others = {{2, -2, 3, 4, "6.1"},
                                             {1, 2, 3, 4, "6.1"},
                                             {1, -2, 4, 4, "6.1"},
                                             {1, -2, 3, 5, "6.1"},
                                             {1, -2, 3, 4, "6.2"}};
    for (const BinaryStamp& other : others) {
        EXPECT_FALSE(read_cache_file(text, written.binary, Accelerator::tcg, other));
    }
    std::string future = text;
    future.replace(future.find("\"format\":") + 9, 1, "9");
    EXPECT_FALSE(read_cache_file(future, written.binary, Accelerator::tcg, stamp));
}

TEST(CapabilitiesFindTest, BinariesOfAllArchitectures) {
    const TemporaryDirectory root;
    const std::string first = root.path() + "/local";
    const std::string second = root.path() + "/bin";
    make_directories(first, 0755);
    make_directories(second, 0755);
    write_file_replacing(first + "/qemu-system-x86_64", "", 0755);
    for (const char* name :
         {"qemu-system-x86_64", "qemu-system-i386", "qemu-system-arm", "qemu-system-x86_64-microvm",
          "qemu-system-unheard", "qemu-img", "qemu-system-"}) {
        write_file_replacing(second + "/" + name, "", 0755);
    }
    write_file_replacing(second + "/qemu-system-s390x", "", 0644); // not a program
    const std::vector<FoundBinary> expected = {{"armv7l", second + "/qemu-system-arm"},
                                               {"i686", second + "/qemu-system-i386"},
                                               {"x86_64", first + "/qemu-system-x86_64"}};
    EXPECT_EQ(find_binaries({first, second, root.path() + "/missing"}), expected);
}

} // namespace
} // namespace yado::qemu
