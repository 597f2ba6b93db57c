// SPDX-License-Identifier: Apache-2.0
// Backends that this machine's kernel cannot serve, against programs that answer as the real ones do.
#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "model/storage/complete.h"
#include "storage/backend.h"
#include "storage/pools.h"
#include "storage/scan.h"
#include "support/base/manual_loop.h"
#include "support/host/fake_processes.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace yado::storage {
namespace {

std::optional<std::string> everywhere(const std::string& name) { return "/sbin/" + name; }
std::optional<std::string> nowhere(const std::string&) { return std::nullopt; }

class Storage : public testing::Test {
  protected:
    test_support::ManualLoop loop_;
    test_support::FakeProcesses processes_{loop_};
    Tools tools_{loop_, processes_, {}, everywhere};

    static model::StoragePool group() {
        model::StoragePool pool;
        pool.type = model::PoolType::logical;
        pool.name = "vg";
        model::complete(pool);
        pool.source.devices.emplace_back().path = "/dev/sdz";
        return pool;
    }
    std::vector<std::string> lines() const {
        std::vector<std::string> out;
        for (const host::ProcessSpec& spec : processes_.commands) out.push_back(join(spec.arguments, " "));
        return out;
    }
    static host::CommandResult says(std::string text, int code = 0) {
        host::CommandResult result;
        result.status = {.known = true, .code = code, .signal = 0, .core_dumped = false};
        (code == 0 ? result.output : result.error_output) = std::move(text);
        return result;
    }
};

TEST_F(Storage, FakeLvmListsItsVolumes) {
    processes_.on_run = [](const host::ProcessSpec& spec, const std::string&) {
        if (spec.path == "/sbin/vgs") return says("  107374182400|53687091200\n");
        return says("  root|42949672960|-wi-ao----||aaaa-1\n  snap|10737418240|swi-a-s---|root|aaaa-2\n"
                    "  thin|1073741824|twi-aotz--||aaaa-3\n");
    };
    const auto backend = make_logical_backend(tools_);
    const Contents contents = loop_.run(backend->refresh(group()));
    EXPECT_EQ(contents.capacity, 107374182400u);
    EXPECT_EQ(contents.available, 53687091200u);
    ASSERT_EQ(contents.volumes.size(), 2u); // not the thin pool
    EXPECT_EQ(contents.volumes[0].target.path, "/dev/vg/root");
    EXPECT_EQ(contents.volumes[0].key, "aaaa-1");
    EXPECT_EQ(contents.volumes[1].backing->path, "/dev/vg/root");
}

TEST_F(Storage, FakeLvmMakesAndRemoves) {
    processes_.on_run = [](const host::ProcessSpec& spec, const std::string&) {
        return says(spec.path == "/sbin/lvs" ? "  aaaa-9\n" : "");
    };
    const auto backend = make_logical_backend(tools_);
    loop_.run(backend->build(group(), BuildMode::plain));
    NewVolume wanted;
    wanted.volume.name = "data";
    wanted.volume.capacity = wanted.volume.allocation = 1 << 20;
    const model::StorageVolume made = loop_.run(backend->create(group(), wanted));
    EXPECT_EQ(made.key, "aaaa-9");
    loop_.run(backend->remove_volume(group(), made, 0));
    EXPECT_EQ(lines(), (std::vector<std::string>{
                           "/sbin/pvcreate --yes /dev/sdz",
                           "/sbin/vgcreate vg /dev/sdz",
                           "/sbin/lvcreate --yes --name data -L 1024K vg",
                           "/sbin/lvs --noheadings --nosuffix --units b --separator | -o lv_uuid vg/data",
                           "/sbin/lvremove -f vg/data",
                       }));
}

TEST_F(Storage, FakeLvmTakesBackWhatFailsHalfway) {
    processes_.on_run = [](const host::ProcessSpec& spec, const std::string&) {
        return spec.path == "/sbin/lvs" ? says("broken", 5) : says("");
    };
    const auto backend = make_logical_backend(tools_);
    NewVolume wanted;
    wanted.volume.name = "data";
    wanted.volume.capacity = wanted.volume.allocation = 1 << 20;
    EXPECT_THROW(loop_.run(backend->create(group(), wanted)), Error);
    EXPECT_EQ(lines().back(), "/sbin/lvremove -f vg/data");
}

TEST_F(Storage, AMissingProgramIsNamedWithItsPackage) {
    tools_.find = nowhere;
    const auto backend = make_logical_backend(tools_);
    try {
        loop_.run(backend->refresh(group()));
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), Code::operation_unsupported);
        EXPECT_NE(error.message().find("'vgs' is not installed: it is in Debian's package lvm2"),
                  std::string::npos);
    }
}

TEST_F(Storage, FakeShowmountFindsShares) {
    processes_.on_run = [](const host::ProcessSpec&, const std::string&) {
        return says("/export/a *\n/b 10.0.0.0/8\n");
    };
    const auto backend = make_mounted_backend(tools_, true);
    const std::string xml = loop_.run(backend->find_sources("<source><host name='nas'/></source>"));
    EXPECT_NE(xml.find("<dir path='/export/a'/>"), std::string::npos);
    EXPECT_NE(xml.find("<host name='nas'/>"), std::string::npos);
    EXPECT_EQ(lines(), std::vector<std::string>{"/sbin/showmount --no-headers --exports nas"});
}

TEST_F(Storage, WhatAFormerDaemonLeftIsRemovedUnlessSomebodyWorksOnIt) {
    const TemporaryDirectory directory("pool");
    for (const char* name : {"/.yado-new-1", "/.yado-new-2"}) {
        ASSERT_EQ(::mkdir((directory.path() + name).c_str(), 0700), 0);
        write_file_replacing(directory.path() + name + "/part", "x", 0600);
    }
    const UniqueFd working = open_file(directory.path() + "/.yado-new-2", O_RDONLY | O_DIRECTORY);
    ASSERT_EQ(::flock(working.get(), LOCK_EX | LOCK_NB), 0);
    remove_unfinished(directory.path());
    const auto left = list_directory(directory.path());
    ASSERT_EQ(left.size(), 1u);
    EXPECT_EQ(left[0].name, ".yado-new-2");
    EXPECT_TRUE(scan_folder(directory.path()).volumes.empty());
}

TEST_F(Storage, OnlyFilesDevicesAndFoldersAreVolumes) {
    const TemporaryDirectory directory("pool");
    const std::string& path = directory.path();
    write_file_replacing(path + "/file", "12345", 0640);
    ASSERT_EQ(::mkdir((path + "/folder").c_str(), 0750), 0);
    ASSERT_EQ(::mkfifo((path + "/fifo").c_str(), 0600), 0);
    ASSERT_EQ(::symlink("nowhere", (path + "/dangling").c_str()), 0);
    ASSERT_EQ(::symlink("file", (path + "/link").c_str()), 0);
    std::string names;
    for (const model::StorageVolume& volume : scan_folder(path).volumes) names += volume.name + " ";
    EXPECT_EQ(names, "file folder link ");
    EXPECT_EQ(scan_volume(path, "file")->capacity, 5u);
    EXPECT_EQ(scan_volume(path, "file")->target.permissions.mode, 0640u);
    EXPECT_FALSE(scan_volume(path, "gone"));
}

TEST_F(Storage, ThePoolOfTheTestDriverIsInMemory) {
    Pools pools(loop_, tools_, {});
    loop_.run(pools.begin());
    const Pools::Pointer pool = pools.require("default-pool");
    EXPECT_TRUE(pool->active);
    EXPECT_EQ(pool->definition.capacity, std::uint64_t{100} << 30);
    EXPECT_THROW(loop_.run(pools.undefine(pool)), Error);
    loop_.run(pools.stop(pool));
    loop_.run(pools.undefine(pool));
    EXPECT_TRUE(pools.all().empty());
}

} // namespace
} // namespace yado::storage
