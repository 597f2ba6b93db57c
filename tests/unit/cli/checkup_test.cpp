// SPDX-License-Identifier: Apache-2.0
#include "base/files.h"
#include "cli/checkup.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

namespace yado::cli {
namespace {

/// A host made of files. Nothing is there until a test puts it there.
class Checkup : public testing::Test {
  protected:
    Checkup() {
        places_.root = directory_.path();
        places_.judge_kvm = [this] { return kvm_; };
        places_.user_exists = [this](const std::string& user) { return user == user_; };
        places_.kernel = "6.1.0";
        places_.architecture = "x86_64";
        put("/proc/self/mountinfo", "");
    }
    void put(const std::string& path, std::string_view content, mode_t mode = 0644) {
        const std::string full = directory_.path() + path;
        make_directories(full.substr(0, full.rfind('/')), 0755);
        write_file_replacing(full, content, mode);
    }
    Finding find(const std::string& key) {
        const auto findings = check_host(places_);
        const auto found = std::ranges::find(findings, key, &Finding::key);
        EXPECT_NE(found, findings.end()) << key;
        return found == findings.end() ? Finding{} : *found;
    }

    TemporaryDirectory directory_;
    CheckupPlaces places_;
    host::KvmVerdict kvm_{};
    std::string user_;
};

TEST_F(Checkup, EveryProblemComesWithAWayToFixIt) {
    kvm_ = {.usable = false, .reason = "no such device", .hint = "buy one"};
    for (const Finding& finding : check_host(places_)) {
        EXPECT_NE(finding.health, Health::ok) << finding.key;
        EXPECT_FALSE(finding.detail.empty()) << finding.key;
        EXPECT_FALSE(finding.fix.empty()) << finding.key;
    }
}

TEST_F(Checkup, ReadsTheFlagsOfTheCpu) {
    put("/proc/cpuinfo", "processor\t: 0\nflags\t\t: fpu vme vmxnet svme\n");
    EXPECT_EQ(find("cpu").health, Health::warn);
    put("/proc/cpuinfo", "processor\t: 0\nflags\t\t: fpu svm vme\n");
    EXPECT_EQ(find("cpu").health, Health::ok);
    EXPECT_EQ(find("cpu").detail, "svm");
    places_.architecture = "aarch64";
    put("/proc/cpuinfo", "Features : fp asimd\n");
    EXPECT_EQ(find("cpu").health, Health::ok);
}

TEST_F(Checkup, TakesTheJudgementOfKvm) {
    kvm_ = {.usable = true, .reason = {}, .hint = {}};
    EXPECT_EQ(find("kvm").health, Health::ok);
    kvm_ = {.usable = false, .reason = "it stalls", .hint = "update the kernel"};
    const Finding finding = find("kvm");
    EXPECT_EQ(finding.health, Health::warn);
    EXPECT_EQ(finding.detail, "it stalls");
    EXPECT_EQ(finding.fix, "update the kernel");
}

TEST_F(Checkup, FindsModulesLoadedOrNot) {
    EXPECT_EQ(find("bridge").health, Health::warn);
    put("/lib/modules/6.1.0/modules.dep", "kernel/net/bridge/bridge.ko: kernel/net/802/stp.ko\n");
    EXPECT_EQ(find("bridge").health, Health::ok);
    put("/sys/module/vhost_net/refcnt", "0\n");
    EXPECT_EQ(find("vhost-net").health, Health::ok);
}

TEST_F(Checkup, WantsAQemuForThisMachine) {
    EXPECT_EQ(find("qemu").health, Health::fail);
    put("/usr/bin/qemu-system-aarch64", "", 0755);
    EXPECT_EQ(find("qemu").health, Health::warn);
    EXPECT_EQ(find("qemu").fix, "apt install qemu-system-x86");
    put("/usr/bin/qemu-system-x86_64", "", 0755);
    EXPECT_EQ(find("qemu").health, Health::ok);
    EXPECT_EQ(find("qemu").detail, "aarch64, x86_64");
}

TEST_F(Checkup, FindsProgramsOnlyWhenTheyCanBeRun) {
    put("/usr/sbin/nft", "", 0644);
    EXPECT_EQ(find("nft").fix, "apt install nftables");
    put("/usr/sbin/nft", "", 0755);
    EXPECT_EQ(find("nft").health, Health::ok);
}

TEST_F(Checkup, KnowsTheUserOfGuests) {
    EXPECT_EQ(find("user").health, Health::warn);
    user_ = "libvirt-qemu";
    EXPECT_EQ(find("user").health, Health::ok);
}

TEST_F(Checkup, ConnectsToTheDaemon) {
    EXPECT_EQ(find("daemon").health, Health::fail);
    put("/run/libvirt/x", "");
    const std::string path = directory_.path() + places_.system_socket;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    ASSERT_LT(path.size(), sizeof(address.sun_path));
    path.copy(address.sun_path, path.size());
    const UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    ASSERT_EQ(::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
    EXPECT_EQ(find("daemon").health, Health::fail) << "a socket nobody listens on";
    ASSERT_EQ(::listen(socket.get(), 1), 0);
    EXPECT_EQ(find("daemon").health, Health::ok);
}

} // namespace
} // namespace yado::cli
