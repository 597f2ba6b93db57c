// SPDX-License-Identifier: Apache-2.0
// What is made on the host around a QEMU, and that a failure at any step leaves nothing of it.
#include "hypervisor/qemu/launch.h"

#include "base/error.h"
#include "base/fault.h"
#include "base/files.h"
#include "hypervisor/qemu/ownership.h"
#include "support/host/fake_cgroups.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <regex>
#include <sys/socket.h>
#include <sys/stat.h>

namespace yado::qemu {
namespace {

using test_support::FakeCgroups;

struct stat status_of(const std::string& path) {
    struct stat status{};
    EXPECT_EQ(::lstat(path.c_str(), &status), 0) << path;
    return status;
}

struct LaunchTest : testing::Test {
    TemporaryDirectory directory;
    std::string base = directory.path();
    Settings settings = make_settings(base);
    GuestPlaces places{settings.paths, "web", 7};
    FakeCgroups cgroups;
    LaunchPlan plan;
    LaunchExtras extras{.qemu_version = 7'002'022, .package = "Debian 1:7.2"};

    LaunchTest() { plan.argv = {"/usr/bin/qemu-system-x86_64", "-name", "guest=web"}; }

    static Settings make_settings(const std::string& base) {
        Settings settings;
        settings.paths = {.lib = base + "/lib",
                          .channels = base + "/channels",
                          .run = base + "/run",
                          .log = base + "/log",
                          .cache = base + "/cache"};
        return settings;
    }
    Prepared prepare() { return prepare_places(places, plan, settings, cgroups, extras); }
    std::string log() const { return read_file(places.log, 1 << 20); }
    model::Domain domain_with_disk(const std::string& path) const {
        model::Domain domain;
        domain.devices.disks.emplace_back();
        std::get<model::FileSource>(domain.devices.disks[0].source).path = path;
        return domain;
    }
};

TEST_F(LaunchTest, NamesPlacesAsLibvirtDoes) {
    EXPECT_EQ(places.monitor, base + "/lib/domain-7-web/monitor.sock");
    EXPECT_EQ(places.channel_dir, base + "/channels/domain-7-web");
    EXPECT_EQ(places.log, base + "/log/web.log");
    EXPECT_EQ(places.pid_file, base + "/run/web.pid");
    EXPECT_EQ(GuestPlaces(settings.paths, "a-name-of-more-than-twenty-letters", 1).domain_dir,
              base + "/lib/domain-1-a-name-of-more-than-");
}

TEST_F(LaunchTest, ConnectsToTheMonitorBeforeQemuRuns) {
    const Prepared prepared = prepare();
    pollfd waiting{.fd = prepared.monitor_listener.get(), .events = POLLIN, .revents = 0};
    ASSERT_EQ(::poll(&waiting, 1, 0), 1) << "our connection waits to be accepted";
    const UniqueFd accepted(::accept4(prepared.monitor_listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
    ASSERT_EQ(::send(accepted.get(), "hello", 5, 0), 5);
    char text[8];
    EXPECT_EQ(::recv(prepared.monitor.get(), text, sizeof(text), 0), 5);
    EXPECT_EQ(status_of(places.domain_dir).st_mode & 07777U, 0750U);
    EXPECT_TRUE(cgroups.machines.contains(places.cgroup));
}

TEST_F(LaunchTest, PathsLongerThanSocketAddressesWork) {
    settings = make_settings(base + "/" + std::string(150, 'x'));
    make_directories(settings.paths.lib, 0755);
    places = GuestPlaces(settings.paths, "web", 7);
    EXPECT_NO_THROW(prepare());
    EXPECT_TRUE(S_ISSOCK(status_of(places.monitor).st_mode));
}

TEST_F(LaunchTest, TheLogBeginsAsLibvirtsAndIsKept) {
    prepare();
    const std::size_t first = log().size();
    const std::regex wanted(
        R"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\+0000: starting up libvirt version: 9\.0\.0, package: [^,]+, )"
        R"(qemu version: 7\.2\.22Debian 1:7\.2, kernel: [^,]+, hostname: [^\n]+\n)"
        R"((?:[A-Z_]+=[^\n]*\\\n)*/usr/bin/qemu-system-x86_64 \\\n-name \\?\n?guest=web\n)");
    EXPECT_TRUE(std::regex_match(log(), wanted)) << log();
    EXPECT_EQ(status_of(places.log).st_mode & 07777U, 0600U);
    const Prepared again = prepare();
    EXPECT_EQ(again.log_start, log().size());
    EXPECT_EQ(log().size(), 2 * first);
}

TEST_F(LaunchTest, TheTailIsWhatQemuWroteAndBounded) {
    const Prepared prepared = prepare();
    EXPECT_EQ(log_tail(places.log, prepared.log_start), "");
    write_all(prepared.log.get(), "qemu: first\nqemu: second\n", places.log);
    EXPECT_EQ(log_tail(places.log, prepared.log_start), "qemu: first\nqemu: second");
    write_all(prepared.log.get(), std::string(100'000, 'x'), places.log);
    EXPECT_LE(log_tail(places.log, prepared.log_start).size(), 1024U);
    EXPECT_EQ(log_tail(base + "/nothing", 0), "");
}

TEST_F(LaunchTest, ClearingTakesEverythingAwayButTheLog) {
    prepare();
    write_file_replacing(places.pid_file, "1", 0644);
    clear_places(places, model::Domain(), settings, cgroups, "destroyed");
    EXPECT_TRUE(list_directory(base + "/lib").empty());
    EXPECT_TRUE(list_directory(base + "/channels").empty());
    EXPECT_TRUE(list_directory(base + "/run").empty());
    EXPECT_TRUE(cgroups.machines.empty());
    EXPECT_TRUE(log().ends_with(": shutting down, reason=destroyed\n"));
    EXPECT_NO_THROW(clear_places(places, model::Domain(), settings, cgroups, "destroyed"))
        << "nothing there is fine";
}

TEST_F(LaunchTest, AMissingImageUndoesTheStepsBefore) {
    if (::geteuid() != 0) GTEST_SKIP() << "only root lends files";
    const std::string image = base + "/a.img";
    write_file_atomically(image, "x", 0640);
    settings.credentials = host::Credentials{.user = 12345, .group = 12346, .supplementary = {}};
    plan.disk_paths = {image, base + "/missing.img"};
    try {
        prepare();
        FAIL() << "an image is missing";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), Code::system_error);
        EXPECT_EQ(
            error.message(),
            fmt::format("Cannot access storage file '{}/missing.img': No such file or directory", base));
    }
    EXPECT_EQ(status_of(image).st_uid, 0U) << "given back";
    EXPECT_TRUE(list_directory(base + "/lib").empty());
    EXPECT_TRUE(list_directory(base + "/channels").empty());
    EXPECT_TRUE(cgroups.machines.empty());
}

TEST_F(LaunchTest, ImagesAreLentWhileAnyGuestUsesThem) {
    if (::geteuid() != 0) GTEST_SKIP() << "only root lends files";
    const std::string image = base + "/a.img";
    write_file_atomically(image, "x", 0640, Owner{.user = 77, .group = 88});
    const host::Credentials user{.user = 12345, .group = 12346, .supplementary = {}};
    lend_file(image, user);
    EXPECT_EQ(status_of(image).st_uid, 12345U);
    EXPECT_EQ(status_of(image).st_gid, 12346U);
    lend_file(image, user);
    return_file(image, user);
    EXPECT_EQ(status_of(image).st_uid, 12345U) << "the other guest still has it";
    return_file(image, user);
    const struct stat back = status_of(image);
    if (back.st_uid == 0) GTEST_SKIP() << "this file system keeps no trusted attributes: files go to root";
    EXPECT_EQ(back.st_uid, 77U);
    EXPECT_EQ(back.st_gid, 88U);
}

TEST_F(LaunchTest, WhatWasNeverLentKeepsItsOwner) {
    if (::geteuid() != 0) GTEST_SKIP() << "only root lends files";
    const std::string image = base + "/a.img";
    write_file_atomically(image, "x", 0640, Owner{.user = 77, .group = 88});
    settings.credentials = host::Credentials{.user = 12345, .group = 12346, .supplementary = {}};
    const model::Domain domain = domain_with_disk(image);
    clear_places(places, domain, settings, cgroups, "failed"); // the start failed before anything was made
    EXPECT_EQ(status_of(image).st_uid, 77U);
    return_file(image, *settings.credentials);
    EXPECT_EQ(status_of(image).st_uid, 77U);
    lend_file(image, *settings.credentials); // to another guest
    clear_places(places, domain, settings, cgroups, "failed");
    EXPECT_EQ(status_of(image).st_uid, 12345U) << "the other guest still has it";
}

TEST_F(LaunchTest, NamesWhatKeepsQemuFromAnImage) {
    if (::geteuid() != 0) GTEST_SKIP() << "only root lends files";
    const std::string image = base + "/a.img"; // the folder is ours alone
    write_file_atomically(image, "x", 0640);
    settings.credentials = host::Credentials{.user = 12345, .group = 12346, .supplementary = {}};
    plan.disk_paths = {image};
    try {
        prepare();
        FAIL() << "QEMU could not open it";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), Code::system_error);
        EXPECT_TRUE(error.message().starts_with(fmt::format(
            "Cannot access storage file '{}' (as uid:12345, gid:12346): Permission denied: '{}' (mode)",
            image, base)))
            << error.message();
    }
    EXPECT_EQ(status_of(image).st_uid, 0U) << "given back";
}

TEST_F(LaunchTest, OnlyFilesAndDisksAreLent) {
    if (::geteuid() != 0) GTEST_SKIP() << "only root lends files";
    const std::string fifo = base + "/fifo";
    ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
    lend_file(fifo, {.user = 12345, .group = 12346, .supplementary = {}});
    EXPECT_EQ(status_of(fifo).st_uid, 0U);
    const struct stat before = status_of("/dev/null");
    lend_file("/dev/null", {.user = 12345, .group = 12346, .supplementary = {}});
    EXPECT_EQ(status_of("/dev/null").st_uid, before.st_uid) << "a device all programs share";
    return_file(base + "/missing", {.user = 12345, .group = 12346, .supplementary = {}});
}

TEST_F(LaunchTest, AFailedWriteLeavesNothingBehind) {
    fault::arm(fault::Action::count, 0);
    prepare();
    const std::uint64_t steps = fault::passed();
    EXPECT_GT(steps, 0U);
    clear_places(places, model::Domain(), settings, cgroups, "failed");
    for (std::uint64_t step = 1; step <= steps; ++step) {
        fault::arm(fault::Action::fail, step);
        EXPECT_THROW(prepare(), Error) << "step " << step;
        fault::disarm();
        EXPECT_TRUE(list_directory(base + "/lib").empty()) << "step " << step;
        EXPECT_TRUE(list_directory(base + "/channels").empty()) << "step " << step;
        EXPECT_TRUE(cgroups.machines.empty()) << "step " << step;
    }
    fault::disarm();
}

} // namespace
} // namespace yado::qemu
