// SPDX-License-Identifier: Apache-2.0
#include "host/cgroup_limits.h"

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "support/host/cgroup_tree.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace yado::host {
namespace {

class CgroupLimitsTest : public testing::Test {
  protected:
    /// Files of one group as a kernel would have them.
    void fill(const std::string& group, std::initializer_list<std::pair<const char*, const char*>> files) {
        make_directories(tree.in(group), 0755);
        for (const auto& [name, content] : files)
            write_file_replacing(tree.in(group) + "/" + name, content, 0644);
    }
    std::string text(const std::string& file) const {
        return std::string(trim(read_file_if_exists(tree.in(file), 4096).value_or("(none)")));
    }
    test_support::CgroupTree tree;
};

class V1Limits : public CgroupLimitsTest {
  protected:
    V1Limits() {
        for (const char* each : {"cpu", "cpuset", "memory", "blkio"}) tree.add_v1(each, each);
        cgroups = tree.make();
        machine = cgroups->create(
            "m", {Controller::cpu, Controller::cpuset, Controller::memory, Controller::blkio});
        fill("cpu/machine/m",
             {{"cpu.shares", "1024\n"}, {"cpu.cfs_period_us", "100000\n"}, {"cpu.cfs_quota_us", "-1\n"}});
        fill("cpuset/machine/m", {{"cpuset.cpus", "0-3\n"}, {"cpuset.mems", "0\n"}});
        fill("memory/machine/m", {{"memory.limit_in_bytes", "9223372036854771712\n"},
                                  {"memory.memsw.limit_in_bytes", "9223372036854771712\n"},
                                  {"memory.soft_limit_in_bytes", "9223372036854771712\n"}});
        fill("blkio/machine/m", {{"blkio.bfq.weight", "100\n"},
                                 {"blkio.throttle.read_bps_device", ""},
                                 {"blkio.throttle.write_bps_device", ""},
                                 {"blkio.throttle.read_iops_device", ""},
                                 {"blkio.throttle.write_iops_device", ""}});
    }
    std::unique_ptr<Cgroups> cgroups;
    MachineCgroup machine;
};

TEST_F(V1Limits, ReadsWhatTheKernelHolds) {
    const CgroupLimits limits(*cgroups, machine);
    EXPECT_EQ(limits.cpu_shares(), 1024u);
    EXPECT_EQ(limits.cpu_time(), CpuTimeLimit());
    EXPECT_EQ(limits.memory(), MemoryLimit());
    EXPECT_EQ(limits.soft_memory(), no_limit);
    EXPECT_EQ(limits.io_weight(), 100u);
    EXPECT_TRUE(limits.has(Controller::cpuset));
    EXPECT_EQ(limits.cpus(), "0-3");
}

TEST_F(V1Limits, WritesV1Files) {
    CgroupLimits limits(*cgroups, machine, machine);
    limits.set_cpu_shares(2048);
    EXPECT_EQ(text("cpu/machine/m/cpu.shares"), "2048");
    EXPECT_THROW(limits.set_cpu_shares(1), Error);
    limits.set_cpu_time({.period = 50000, .quota = 20000});
    EXPECT_EQ(text("cpu/machine/m/cpu.cfs_period_us"), "50000");
    EXPECT_EQ(text("cpu/machine/m/cpu.cfs_quota_us"), "20000");
    limits.set_cpu_time({});
    EXPECT_EQ(text("cpu/machine/m/cpu.cfs_quota_us"), "-1");
    limits.set_memory({.hard = 1 << 20, .with_swap = 2 << 20});
    EXPECT_EQ(text("memory/machine/m/memory.limit_in_bytes"), "1048576");
    EXPECT_EQ(text("memory/machine/m/memory.memsw.limit_in_bytes"), "2097152");
    EXPECT_EQ(limits.memory(), (MemoryLimit{.hard = 1 << 20, .with_swap = 2 << 20}));
    limits.set_soft_memory(4096);
    EXPECT_EQ(text("memory/machine/m/memory.soft_limit_in_bytes"), "4096");
    limits.set_io_weight(500);
    EXPECT_EQ(text("blkio/machine/m/blkio.bfq.weight"), "500");
    limits.set_device_rate("8:0", DeviceRate::write_operations, 30);
    EXPECT_EQ(text("blkio/machine/m/blkio.throttle.write_iops_device"), "8:0 30");
    try {
        limits.set_device_weight("8:0", 300);
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.message(),
                  "Requested operation is not valid: blkio device weight is valid only for cfq scheduler");
    }
}

TEST_F(V1Limits, ASetThatIsTakenAwayIsThatOfTheGroupAbove) {
    const MachineCgroup part = machine.part("vcpu0");
    make_directories(part.directory(Controller::cpuset), 0755);
    write_file_replacing(part.directory(Controller::cpuset) + "/cpuset.cpus", "1\n", 0644);
    CgroupLimits limits(*cgroups, part, machine);
    limits.set_cpus("");
    EXPECT_EQ(limits.cpus(), "0-3");
}

TEST_F(V1Limits, ThreadsGetGroupsOfTheirOwn) {
    make_directories(tree.in("cpu/machine/m/vcpu0"), 0755);
    make_directories(tree.in("cpuset/machine/m/vcpu0"), 0755);
    for (const char* group : {"cpu", "cpuset"})
        write_file_replacing(tree.in(fmt::format("{}/machine/m/vcpu0/tasks", group)), "", 0644);
    for (const char* file : {"cpus", "mems"})
        write_file_replacing(tree.in(fmt::format("cpuset/machine/m/vcpu0/cpuset.{}", file)), "\n", 0644);
    cgroups->add_thread(machine, "vcpu0", 77);
    EXPECT_EQ(text("cpu/machine/m/vcpu0/tasks"), "77");
    EXPECT_EQ(text("cpuset/machine/m/vcpu0/tasks"), "77");
    EXPECT_EQ(text("cpuset/machine/m/vcpu0/cpuset.cpus"), "0-3"); // nothing runs in an empty one
    EXPECT_TRUE(cgroups->has_part(machine, "vcpu0"));
    EXPECT_FALSE(cgroups->has_part(machine, "vcpu1"));
}

class V2Limits : public CgroupLimitsTest {
  protected:
    V2Limits() {
        tree.add_v2("cg", "cpuset cpu io memory pids");
        cgroups = tree.make();
        machine = cgroups->create("m", ControllerSet::all());
        fill("cg/machine/m", {{"cpu.weight", "100\n"},
                              {"cpu.max", "max 100000\n"},
                              {"memory.max", "max\n"},
                              {"memory.high", "max\n"},
                              {"memory.swap.max", "max\n"},
                              {"io.weight", "default 100\n8:16 300\n"},
                              {"io.max", ""},
                              {"cpuset.cpus", "\n"}});
    }
    std::unique_ptr<Cgroups> cgroups;
    MachineCgroup machine;
};

TEST_F(V2Limits, SpeaksTheSameWords) {
    CgroupLimits limits(*cgroups, machine);
    EXPECT_EQ(limits.cpu_shares(), 100u);
    EXPECT_EQ(limits.cpu_time(), CpuTimeLimit());
    EXPECT_EQ(limits.io_weight(), 100u);
    EXPECT_EQ(limits.memory(), MemoryLimit());
    limits.set_cpu_shares(200);
    EXPECT_EQ(text("cg/machine/m/cpu.weight"), "200");
    EXPECT_THROW(limits.set_cpu_shares(20000), Error); // v2 ends at 10000
    limits.set_cpu_time({.period = 50000, .quota = 20000});
    EXPECT_EQ(text("cg/machine/m/cpu.max"), "20000 50000");
    EXPECT_EQ(limits.cpu_time(), (CpuTimeLimit{.period = 50000, .quota = 20000}));
    limits.set_cpu_time({});
    EXPECT_EQ(text("cg/machine/m/cpu.max"), "max 100000");
    limits.set_memory({.hard = 4096, .with_swap = 12288});
    EXPECT_EQ(text("cg/machine/m/memory.max"), "4096");
    EXPECT_EQ(text("cg/machine/m/memory.swap.max"), "8192"); // swap space alone
    EXPECT_EQ(limits.memory(), (MemoryLimit{.hard = 4096, .with_swap = 12288}));
    limits.set_memory({});
    EXPECT_EQ(text("cg/machine/m/memory.max"), "max");
    EXPECT_EQ(text("cg/machine/m/memory.swap.max"), "max");
    limits.set_io_weight(250);
    EXPECT_EQ(text("cg/machine/m/io.weight"), "default 250");
    limits.set_device_weight("8:0", 300);
    EXPECT_EQ(text("cg/machine/m/io.weight"), "8:0 300");
    limits.set_device_rate("8:0", DeviceRate::read_bytes, 1000);
    EXPECT_EQ(text("cg/machine/m/io.max"), "8:0 rbps=1000");
    limits.set_device_rate("8:0", DeviceRate::read_bytes, 0);
    EXPECT_EQ(text("cg/machine/m/io.max"), "8:0 rbps=max");
    limits.set_cpus("");
    EXPECT_EQ(text("cg/machine/m/cpuset.cpus"), "");
}

TEST_F(V2Limits, WhatTheParentDoesNotPassOnIsNotThere) {
    const CgroupLimits limits(*cgroups, machine.part("emulator"));
    EXPECT_FALSE(limits.has(Controller::cpu));
    EXPECT_TRUE(CgroupLimits(*cgroups, machine).has(Controller::cpu));
    EXPECT_TRUE(CgroupLimits(*cgroups, machine).has(Controller::memory));
}

TEST(BlockDeviceNumber, RefusesWhatIsNoBlockDevice) {
    EXPECT_THROW(block_device_number("/nonexistent"), Error);
    EXPECT_THROW(block_device_number("/dev/null"), Error);
}

} // namespace
} // namespace yado::host
