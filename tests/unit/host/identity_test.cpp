// SPDX-License-Identifier: Apache-2.0
#include "host/identity.h"

#include "base/error.h"
#include "base/files.h"
#include "base/unique_fd.h"
#include "host/kvm.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

namespace yado::host {
namespace {

TEST(IdentityTest, FindsUsersAndGroups) {
    ASSERT_TRUE(find_user("root"));
    EXPECT_EQ(find_user("root")->id, 0u);
    EXPECT_EQ(find_user(uid_t{0})->name, "root");
    EXPECT_FALSE(find_user("no-such-user"));
    EXPECT_EQ(find_group("root"), gid_t{0});
    EXPECT_EQ(group_name(0), "root");
    EXPECT_FALSE(find_group("no-such-group"));
    EXPECT_EQ(groups_of("no-such-user", 4711), std::vector<gid_t>{4711});
    EXPECT_EQ(credentials_of(4711, 4712).supplementary, std::vector<gid_t>{4712});
}

TEST(IdentityTest, ReadsLibvirtsSpelling) {
    EXPECT_EQ(parse_user("root"), 0u);
    EXPECT_EQ(parse_user("+107"), 107u);
    EXPECT_EQ(parse_user("4711"), 4711u);
    EXPECT_EQ(parse_group("+0"), 0u);
    for (const char* bad :
         {"", "+", "+root", "no-such-user", "-1", "+-1", "4294967295", "+4294967296", "+1 "}) {
        try {
            parse_user(bad);
            ADD_FAILURE() << bad;
        } catch (const Error& error) {
            EXPECT_EQ(error.message(), fmt::format("invalid argument: Failed to parse user '{}'", bad));
        }
    }
}

TEST(IdentityTest, KnowsThePeerOfASocket) {
    int ends[2];
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
    const UniqueFd one(ends[0]);
    const UniqueFd two(ends[1]);
    const Peer peer = peer_of(one.get());
    EXPECT_EQ(peer.pid, ::getpid());
    EXPECT_EQ(peer.user, ::geteuid());
    EXPECT_EQ(peer.start_time, process_start_time(::getpid()));
    EXPECT_TRUE(peer.is_in_group(::getegid()));
    EXPECT_FALSE(peer.is_in_group(4711));
    EXPECT_THROW(peer_of(-1), Error);
}

TEST(KvmTest, SaysWhyNot) {
    const TemporaryDirectory directory;
    write_file_replacing(directory.path() + "/cpuinfo", "flags\t\t: fpu vmx sse2\n", 0644);
    KvmProbe probe{.device = directory.path() + "/kvm", .proc = directory.path()};
    KvmVerdict verdict = judge_kvm(probe);
    EXPECT_FALSE(verdict.usable);
    EXPECT_EQ(verdict.reason, probe.device + " is not there");
    EXPECT_FALSE(verdict.hint.empty());

    write_file_replacing(probe.device, "", 0600); // opens, but does not answer
    verdict = judge_kvm(probe);
    EXPECT_FALSE(verdict.usable);
    EXPECT_NE(verdict.reason.find("version"), std::string::npos) << verdict.reason;
}

#if defined(__x86_64__)
TEST(KvmTest, TheExtensionMustBeThere) {
    const TemporaryDirectory directory;
    write_file_replacing(directory.path() + "/cpuinfo", "flags\t\t: fpu sse2 vmx_other\n", 0644);
    write_file_replacing(directory.path() + "/kvm", "", 0600);
    const KvmVerdict verdict = judge_kvm({.device = directory.path() + "/kvm", .proc = directory.path()});
    EXPECT_FALSE(verdict.usable);
    EXPECT_NE(verdict.reason.find("no virtualization extension"), std::string::npos) << verdict.reason;
}
#endif

TEST(KvmTest, TheSelfTestEndsInAVerdict) {
    if (::access("/dev/kvm", R_OK | W_OK) != 0) GTEST_SKIP() << "/dev/kvm cannot be opened";
    const TemporaryDirectory
        directory; // says that the extension is there, so that the test goes on to run code
    write_file_replacing(directory.path() + "/cpuinfo", "flags\t\t: svm vmx\n", 0644);
    KvmProbe probe;
    probe.proc = directory.path();
    const KvmVerdict verdict = judge_kvm(probe);
    EXPECT_EQ(verdict.usable, verdict.reason.empty()) << verdict.reason;
    probe.time_limit = std::chrono::milliseconds(0); // stands for a test that hangs
    EXPECT_NE(judge_kvm(probe).reason, verdict.usable ? "" : "a reason");
}

TEST(KvmTest, ThisHostGetsAVerdictInTime) {
    const auto begin = std::chrono::steady_clock::now();
    const KvmVerdict verdict = judge_kvm();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
    EXPECT_EQ(verdict.usable, verdict.reason.empty());
    EXPECT_EQ(verdict.usable, verdict.hint.empty());
}

} // namespace
} // namespace yado::host
