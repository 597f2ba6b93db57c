// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/limits.h"

#include "base/error.h"
#include "model/domain/document.h"
#include "support/host/fake_cgroups.h"
#include "support/host/fake_threads.h"

#include <gtest/gtest.h>
#include <sched.h>

namespace yado::qemu {
namespace {

using test_support::FakeCgroups;
using test_support::FakeThreads;

model::Domain domain_with(std::string_view tuning, std::string_view vcpu = "<vcpu>2</vcpu>") {
    return model::read_domain(
        fmt::format("<domain type='qemu'><name>g</name>"
                    "<uuid>00000000-0000-0000-0000-000000000001</uuid><memory>65536</memory>"
                    "{}<iothreads>1</iothreads>{}"
                    "<os><type arch='x86_64'>hvm</type></os></domain>",
                    vcpu, tuning));
}

template <class T> T value(const LimitSettings& settings, std::string part, Knob knob,
                           std::string device = "") {
    const auto found = settings.find({std::move(part), knob, std::move(device)});
    if (found == settings.end() || !std::holds_alternative<T>(found->second)) return T{};
    return std::get<T>(found->second);
}

/// A guest of two vCPUs (threads 11, 12), one I/O thread (13) and a worker (14).
class LimitingTest : public testing::Test {
  protected:
    LimitingTest() {
        threads.processes[10] = {10, 11, 12, 13, 14};
        for (const char* file : {"cpu.weight", "memory.max", "io.max", "cpuset.cpus", "cpu.max"})
            for (const char* part : {"m", "m/emulator", "m/vcpu0", "m/vcpu1", "m/iothread1"})
                cgroups.files[fmt::format("{}/{}", part, file)] = "as before";
        group = cgroups.create("m", host::ControllerSet::all());
    }
    Limiting limiting() {
        return {.cgroups = cgroups,
                .threads = threads,
                .group = group,
                .guest = {.process = 10, .vcpus = {11, 12}, .iothreads = {{1, 13}}}};
    }
    FakeCgroups cgroups;
    FakeThreads threads;
    host::MachineCgroup group;
};

constexpr std::string_view everything =
    "<blkiotune><weight>300</weight></blkiotune>"
    "<memtune><hard_limit unit='KiB'>4</hard_limit><soft_limit unit='KiB'>2</soft_limit></memtune>"
    "<cputune><shares>200</shares><period>50000</period><quota>20000</quota><emulator_quota>30000</"
    "emulator_quota>"
    "<global_quota>90000</global_quota><iothread_quota>10000</iothread_quota>"
    "<vcpupin vcpu='0' cpuset='1'/><vcpupin vcpu='1' cpuset='2-3'/><emulatorpin cpuset='0'/>"
    "<iothreadpin iothread='1' cpuset='3'/>"
    "<vcpusched vcpus='1' scheduler='fifo' priority='5'/><emulatorsched scheduler='batch'/></cputune>";

TEST(LimitSettings, SayWhatTheDomainSays) {
    const LimitSettings all = settings_of(domain_with(everything));
    EXPECT_EQ(value<std::int64_t>(all, "", Knob::cpu_shares), 200);
    EXPECT_EQ(value<host::CpuTimeLimit>(all, "vcpu1", Knob::cpu_time),
              (host::CpuTimeLimit{.period = 50000, .quota = 20000}));
    EXPECT_EQ(value<host::CpuTimeLimit>(all, "", Knob::cpu_time).quota, 90000);
    EXPECT_EQ(value<host::MemoryLimit>(all, "", Knob::memory).hard, 4096);
    EXPECT_EQ(value<std::int64_t>(all, "", Knob::soft_memory), 2048);
    EXPECT_EQ(value<model::CpuSet>(all, "vcpu1", Knob::affinity).text(), "2-3");
    EXPECT_EQ(value<model::CpuSet>(all, "iothread1", Knob::cpus).text(), "3");
    EXPECT_EQ(value<host::Scheduling>(all, "vcpu1", Knob::scheduling).policy, SCHED_FIFO);
    EXPECT_FALSE(all.contains({"vcpu0", Knob::scheduling, ""}));
    EXPECT_TRUE(needs_parts(all));
    EXPECT_TRUE(settings_of(domain_with("")).empty());
}

TEST(LimitSettings, OneSetForAllNeedsNoGroups) {
    const LimitSettings all = settings_of(domain_with("", "<vcpu cpuset='0-1'>2</vcpu>"));
    EXPECT_EQ(value<model::CpuSet>(all, "emulator", Knob::cpus).text(), "0-1");
    EXPECT_EQ(value<model::CpuSet>(all, "vcpu1", Knob::affinity).text(), "0-1");
    EXPECT_FALSE(needs_parts(all));
    EXPECT_TRUE(needs_parts(settings_of(domain_with("<cputune><emulatorpin cpuset='0'/></cputune>"))));
}

TEST(LimitSettings, StrictNodesConfineAllThreads) {
    const LimitSettings all =
        settings_of(domain_with("<numatune><memory mode='strict' nodeset='0-1'/></numatune>"));
    EXPECT_EQ(value<model::CpuSet>(all, "vcpu0", Knob::memory_nodes).text(), "0-1");
    EXPECT_TRUE(
        settings_of(domain_with("<numatune><memory mode='preferred' nodeset='0'/></numatune>")).empty());
}

TEST_F(LimitingTest, SetsEverythingAndTakesItAway) {
    const LimitSettings all = settings_of(domain_with(everything));
    limiting().change({}, all);
    EXPECT_EQ(cgroups.files["m/cpu.weight"], "200");
    EXPECT_EQ(cgroups.files["m/cpu.max"], "90000 100000");
    EXPECT_EQ(cgroups.files["m/vcpu1/cpu.max"], "20000 50000");
    EXPECT_EQ(cgroups.files["m/emulator/cpu.max"], "30000 100000");
    EXPECT_EQ(cgroups.files["m/vcpu0/cpuset.cpus"], "1");
    EXPECT_EQ(cgroups.files["m/iothread1/cpu.max"], "10000 100000");
    EXPECT_EQ(cgroups.files["m/memory.max"], "4096");
    EXPECT_EQ(cgroups.parts["m/vcpu1"], std::vector<pid_t>{12});
    EXPECT_EQ(cgroups.parts["m/iothread1"], std::vector<pid_t>{13});
    EXPECT_EQ(threads.pinned[11], std::vector<unsigned>{1});
    EXPECT_EQ(threads.pinned[12], (std::vector<unsigned>{2, 3}));
    EXPECT_EQ(threads.pinned[10], std::vector<unsigned>{0});
    EXPECT_EQ(threads.pinned[14], std::vector<unsigned>{0}); // QEMU's own threads are its emulator's
    EXPECT_EQ(threads.scheduled[12].policy, SCHED_FIFO);
    EXPECT_EQ(threads.scheduled[12].priority, 5);
    EXPECT_EQ(threads.scheduled[14].policy, SCHED_BATCH);
    limiting().change(all, {});
    EXPECT_EQ(cgroups.files["m/cpu.weight"], "100");
    EXPECT_EQ(cgroups.files["m/vcpu1/cpu.max"], "max 100000");
    EXPECT_EQ(cgroups.files["m/memory.max"], "max");
    EXPECT_EQ(threads.pinned[11], (std::vector<unsigned>{0, 1, 2, 3}));
    EXPECT_EQ(threads.scheduled[12].policy, SCHED_OTHER);
}

TEST_F(LimitingTest, WritesOnlyWhatDiffers) {
    const LimitSettings before = settings_of(domain_with("<cputune><shares>200</shares></cputune>"));
    limiting().change(before, before);
    EXPECT_EQ(cgroups.writes, 0);
    limiting().change(before, settings_of(domain_with("<cputune><shares>300</shares></cputune>")));
    EXPECT_EQ(cgroups.writes, 1);
    EXPECT_TRUE(cgroups.parts.empty());
}

TEST_F(LimitingTest, EachFailureLeavesThingsAsTheyWere) {
    const LimitSettings before = settings_of(domain_with(
        "<cputune><shares>150</shares><vcpupin vcpu='0' cpuset='2'/><emulatorpin cpuset='1'/></cputune>"));
    const LimitSettings after = settings_of(domain_with(everything));
    limiting().change({}, before);
    const auto files = cgroups.files;
    const auto parts = cgroups.parts;
    const auto pinned = threads.pinned;
    int failures = 0;
    for (int n = 1; n < 200; ++n) {
        cgroups.writes = threads.changes = 0;
        cgroups.failing_write = n;
        threads.failing_change = 0;
        bool failed = false;
        try {
            limiting().change(before, after);
        } catch (const Error&) { failed = true; }
        if (!failed) break;
        ++failures;
        for (const auto& [name, content] : files) {
            const std::string now = cgroups.files[name];
            // what was never set before is set to the kernel's default
            const bool is_default = now == "max 100000" || now == "max" || now == "100" || now == "\n";
            EXPECT_TRUE(now == content || (content == "as before" && is_default))
                << n << ": " << name << ": " << now;
        }
        EXPECT_EQ(cgroups.parts, parts) << n;
        EXPECT_EQ(threads.pinned[11], pinned.at(11)) << n;
    }
    EXPECT_GT(failures, 8);
    cgroups.failing_write = 0;
    limiting().change(after, before);
    for (int n = 1; n < 200; ++n) {
        cgroups.failing_write = 0;
        threads.changes = 0;
        threads.failing_change = n;
        bool failed = false;
        try {
            limiting().change(before, after);
        } catch (const Error&) { failed = true; }
        if (!failed) break;
        EXPECT_EQ(threads.pinned[11], pinned.at(11)) << n;
        EXPECT_EQ(cgroups.files["m/cpu.weight"], "150") << n;
    }
}

TEST_F(LimitingTest, AFailedSplitJoinsAgain) {
    const LimitSettings after = settings_of(domain_with("<cputune><vcpupin vcpu='0' cpuset='2'/></cputune>"));
    for (int n = 1; n <= 3; ++n) {
        cgroups.writes = 0;
        cgroups.failing_write = n;
        EXPECT_THROW(limiting().change({}, after), Error);
        cgroups.parts.erase("m/emulator"); // where they are put back
        EXPECT_TRUE(cgroups.parts.empty()) << n;
    }
}

TEST_F(LimitingTest, WhatTheHostLacksIsRefused) {
    FakeCgroups none(host::CgroupLayout::none);
    Limiting bare{.cgroups = none, .threads = threads, .group = {}, .guest = {}};
    const auto refusal = [&](std::string_view tuning) -> std::string {
        try {
            bare.require(settings_of(domain_with(tuning)));
        } catch (const Error& error) { return error.message(); }
        return "none";
    };
    EXPECT_EQ(refusal("<cputune><shares>10</shares></cputune>"),
              "unsupported configuration: CPU tuning is not available on this host");
    EXPECT_EQ(refusal("<cputune><quota>10000</quota></cputune>"),
              "unsupported configuration: cgroup cpu is required for scheduler tuning");
    EXPECT_EQ(refusal("<memtune><hard_limit>10000</hard_limit></memtune>"),
              "unsupported configuration: Memory cgroup is not available on this host");
    EXPECT_EQ(refusal("<blkiotune><weight>300</weight></blkiotune>"),
              "unsupported configuration: Block I/O tuning is not available on this host");
    EXPECT_EQ(refusal("<cputune><vcpupin vcpu='0' cpuset='1'/></cputune>"), "none"); // the affinity does it
}

} // namespace
} // namespace yado::qemu
