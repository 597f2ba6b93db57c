// SPDX-License-Identifier: Apache-2.0
#include "host/cgroups.h"

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "support/base/manual_loop.h"
#include "support/host/cgroup_tree.h"

#include <algorithm>
#include <csignal>
#include <gtest/gtest.h>
#include <unistd.h>

namespace yado::host {
namespace {

using test_support::ManualLoop;

TEST(CgroupNameTest, IsLibvirts) {
    // As libvirt 9.0 named the groups of these domains.
    EXPECT_EQ(machine_cgroup_name("qemu", 1, "my very-long name_with.dots and more things"),
              "qemu-1-myvery-longnamewith.dotsandmorethings.libvirt-qemu");
    EXPECT_EQ(
        machine_cgroup_name(
            "qemu", 2, "a123456789-123456789-123456789-123456789-123456789-123456789-123456789-123456789"),
        "qemu-2-a123456789-123456789-123456789-123456789-123456789-123456.libvirt-qemu");
    EXPECT_EQ(machine_cgroup_name("qemu", 3, "..x..y"), "qemu-3-x.y.libvirt-qemu");
    EXPECT_EQ(machine_cgroup_name("qemu", 4, "a--b.-c"), "qemu-4-a-b.c.libvirt-qemu");
    EXPECT_EQ(machine_cgroup_name("qemu", 5, "日本é-z"), "qemu-5-z.libvirt-qemu");
    EXPECT_EQ(machine_cgroup_name("qemu", 6, "-lead.-."), "qemu-6-lead.libvirt-qemu");
    EXPECT_EQ(machine_cgroup_name("qemu", 7, "___"), "qemu-7.libvirt-qemu");
}

class CgroupTreeTest : public testing::Test, protected test_support::CgroupTree {};

TEST_F(CgroupTreeTest, WithoutMountsThereIsNothing) {
    const auto cgroups = make();
    EXPECT_EQ(cgroups->layout(), CgroupLayout::none);
    EXPECT_TRUE(cgroups->available().empty());
    const MachineCgroup machine = cgroups->create("m", ControllerSet::all());
    EXPECT_TRUE(machine.empty());
    EXPECT_TRUE(cgroups->placement(machine).empty());
    EXPECT_TRUE(cgroups->remove(machine));
    EXPECT_FALSE(cgroups->usage(machine).memory_bytes);
    EXPECT_THROW(cgroups->write(machine, Controller::cpu, "cpu.shares", "1"), Error);
}

TEST_F(CgroupTreeTest, SeparateHierarchies) {
    add_v1("cpu,cpuacct", "cpu,cpuacct");
    add_v1("memory", "memory");
    add_v1("cpuset", "cpuset");
    add_v1("systemd", "xattr,name=systemd");
    write_file_replacing(in("cpuset/cpuset.cpus"), "0-1\n", 0644);
    const auto cgroups = make();
    EXPECT_EQ(cgroups->layout(), CgroupLayout::v1);
    EXPECT_TRUE(cgroups->available().has(Controller::cpuacct));
    EXPECT_FALSE(cgroups->available().has(Controller::blkio));
    const MachineCgroup machine =
        cgroups->create("m", {Controller::cpu, Controller::cpuacct, Controller::memory});
    EXPECT_EQ(machine.directory(Controller::memory), in("memory/machine/m"));
    EXPECT_TRUE(machine.directory(Controller::cpuset).empty()); // not wanted
    const CgroupPlacement place = cgroups->placement(machine);
    EXPECT_TRUE(place.unified_directory.empty());
    EXPECT_EQ(place.tasks_files, (std::vector<std::string>{in("cpu,cpuacct/machine/m/emulator/tasks"),
                                                           in("memory/machine/m/tasks")}));
    write_file_replacing(in("memory/machine/m/memory.usage_in_bytes"), "4096\n", 0644);
    write_file_replacing(in("cpu,cpuacct/machine/m/cpuacct.usage"), "12345\n", 0644);
    write_file_replacing(in("cpu,cpuacct/machine/m/cgroup.procs"), "7\n8\n", 0644);
    write_file_replacing(in("cpu,cpuacct/machine/m/emulator/cgroup.procs"), "9\n", 0644);
    write_file_replacing(in("memory/machine/m/cgroup.procs"), "8\n7\nx\n", 0644);
    const MachineCgroup again = cgroups->find("m");
    EXPECT_EQ(again.separate, machine.separate);
    EXPECT_EQ(cgroups->usage(again).cpu_nanoseconds, 12345u);
    EXPECT_EQ(cgroups->usage(again).memory_bytes, 4096u);
    EXPECT_EQ(cgroups->processes(again), (std::vector<pid_t>{7, 8, 9}));
    write_file_replacing(in("cpu,cpuacct/machine/m/cpu.shares"), "1024", 0644);
    cgroups->write(again, Controller::cpu, "cpu.shares", "2048");
    EXPECT_EQ(cgroups->read(again, Controller::cpu, "cpu.shares"), "2048");
}

TEST_F(CgroupTreeTest, UnifiedHierarchy) {
    add_v2("cg", "cpuset cpu io memory pids");
    const auto cgroups = make();
    EXPECT_EQ(cgroups->layout(), CgroupLayout::v2);
    EXPECT_TRUE(cgroups->available().has(Controller::blkio));
    EXPECT_TRUE(cgroups->available().has(Controller::cpuacct));
    EXPECT_FALSE(cgroups->available().has(Controller::devices));
    const MachineCgroup machine = cgroups->create("m", {Controller::memory});
    EXPECT_EQ(machine.unified, in("cg/machine/m"));
    EXPECT_EQ(read_file(in("cg/cgroup.subtree_control"), 100), "+memory");
    EXPECT_EQ(cgroups->placement(machine).unified_directory, in("cg/machine/m/emulator"));
    write_file_replacing(in("cg/machine/m/cpu.stat"), "usage_usec 12\nuser_usec 10\n", 0644);
    write_file_replacing(in("cg/machine/m/memory.current"), "8192\n", 0644);
    EXPECT_EQ(cgroups->usage(machine).cpu_nanoseconds, 12'000u);
    EXPECT_EQ(cgroups->usage(machine).memory_bytes, 8192u);
}

TEST_F(CgroupTreeTest, HybridCountsTimeInTheUnifiedGroup) {
    add_v2("unified", "");
    add_v1("cpuacct", "cpuacct");
    add_v1("freezer", "freezer");
    const auto cgroups = make();
    EXPECT_EQ(cgroups->layout(), CgroupLayout::hybrid);
    const MachineCgroup machine = cgroups->create("m", {Controller::cpuacct, Controller::freezer});
    EXPECT_EQ(machine.directory(Controller::cpuacct), in("unified/machine/m"));
    EXPECT_EQ(machine.directory(Controller::freezer), in("freezer/machine/m"));
    EXPECT_TRUE(cgroups->remove(machine));
    EXPECT_FALSE(cgroups->find("m").unified.size());
    EXPECT_TRUE(list_directory(in("freezer/machine")).empty());
}

TEST_F(CgroupTreeTest, MountPointsWithBlanks) {
    add_v1("with blank", "memory");
    mountinfo.replace(mountinfo.find("with blank"), 10, "with\\040blank");
    const MachineCgroup machine = make()->create("m", {Controller::memory});
    EXPECT_EQ(machine.directory(Controller::memory), in("with blank/machine/m"));
}

TEST(CgroupHostTest, HoldsKillsAndForgetsRealProcesses) {
    const std::string partition = fmt::format("/yado-test-{}", ::getpid());
    const auto cgroups = make_cgroups("/proc/self/mountinfo", partition);
    const MachineCgroup machine =
        cgroups->create(machine_cgroup_name("qemu", 1, "real"), ControllerSet::all());
    if (machine.empty())
        GTEST_SKIP() << "no control group can be created here (layout " << name_of(cgroups->layout()) << ")";
    ManualLoop loop;
    const auto processes = make_processes(loop);
    ProcessSpec spec;
    spec.path = "/bin/sh";
    spec.arguments = {"sh", "-c", "sleep 1000 & sleep 1000"};
    spec.environment = {"PATH=/usr/bin:/bin"};
    spec.cgroup = cgroups->placement(machine);
    auto child = loop.run(processes->spawn(spec));
    std::vector<pid_t> members;
    EXPECT_TRUE(loop.run_until([&] { return (members = cgroups->processes(machine)).size() == 3; }))
        << members.size();
    EXPECT_TRUE(std::ranges::count(members, child->pid()));
    const std::string where = read_file(fmt::format("/proc/{}/cgroup", child->pid()), 1 << 16);
    EXPECT_NE(where.find(partition + "/qemu-1-real.libvirt-qemu"), std::string::npos) << where;
    EXPECT_FALSE(cgroups->remove(machine));
    if (!machine.part("vcpu0").empty()) { // a thread apart is still one of the machine
        cgroups->add_thread(machine, "vcpu0", child->pid());
        EXPECT_TRUE(cgroups->has_part(machine, "vcpu0"));
        EXPECT_EQ(cgroups->processes(machine).size(), 3U);
        const std::string apart = read_file(fmt::format("/proc/{}/cgroup", child->pid()), 1 << 16);
        EXPECT_NE(apart.find("/vcpu0\n"), std::string::npos) << apart;
    }

    cgroups->kill(cgroups->find(machine.name));
    EXPECT_EQ(loop.run(child->wait()).signal, SIGKILL);
    EXPECT_TRUE(loop.run_until([&] { return cgroups->remove(machine); }));
    EXPECT_TRUE(cgroups->find(machine.name).empty());
    for (const DirectoryEntry& entry :
         list_directory("/sys/fs/cgroup")) // the partition itself stays in production
        ::rmdir(fmt::format("/sys/fs/cgroup/{}{}", entry.name, partition).c_str());
    ::rmdir(("/sys/fs/cgroup" + partition).c_str());
}

} // namespace
} // namespace yado::host
