// SPDX-License-Identifier: Apache-2.0
#include "host/node.h"

#include "base/error.h"
#include "host/cpu_list.h"
#include "host/smbios.h"
#include "support/host/recorded_tree.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <unistd.h>

namespace yado::host {
namespace {

using test_support::RecordedTree;

std::string golden(const std::string& name) {
    return std::string(YADO_SOURCE_DIR) + "/tests/golden/host/" + name;
}

std::string message_of(const std::function<void()>& body) {
    try {
        body();
    } catch (const Error& error) { return error.detail(); }
    return "no error";
}

TEST(CpuListTest, ReadsTheKernelsLists) {
    EXPECT_EQ(parse_cpu_list("0-2,5\n"), (std::vector<unsigned>{0, 1, 2, 5}));
    EXPECT_TRUE(parse_cpu_list("").empty());
    EXPECT_TRUE(parse_cpu_list("0-4000000000").empty());
    EXPECT_EQ(parse_cpu_list("1,x"), std::vector<unsigned>{1});
}

TEST(NodeTest, AGuestWithTwoCores) { // values as libvirt 9.0 gave them on that machine
    const RecordedTree tree(golden("guest-2-cores.tree"));
    const Node node(tree.root());
    const NodeInfo info = node.info();
    EXPECT_EQ(info.memory.value, 5204180u);
    EXPECT_EQ(info.cpus, 2u);
    EXPECT_EQ(info.mhz, 2596u);
    EXPECT_EQ(std::tuple(info.nodes, info.sockets, info.cores, info.threads), std::tuple(1u, 1u, 2u, 1u));
    EXPECT_EQ(node.cpu_map().online, (std::vector<bool>{true, true}));
    EXPECT_EQ(node.cpu_map().online_count, 2u);
    EXPECT_EQ(node.memory_stats().total.value, 24684092u);
    EXPECT_EQ(node.memory_stats().free.value, 24216712u);
    EXPECT_EQ(node.memory_stats().buffers->value, 3480u);
    EXPECT_EQ(node.memory_stats().cached->value, 301900u);
    EXPECT_EQ(node.memory_stats(0).total.value, 5204180u);
    EXPECT_FALSE(node.memory_stats(0).buffers);
    EXPECT_EQ(node.free_memory().value, 4646932u);
    EXPECT_EQ(node.boot_id(), "11dce305-6592-4ffb-ad46-b6d2cbaa8d4e");
    EXPECT_TRUE(node.power_management().empty());
    EXPECT_FALSE(node.has_iommu());

    const Topology topology = node.topology();
    ASSERT_EQ(topology.cells.size(), 1u);
    const Cell& cell = topology.cells[0];
    ASSERT_EQ(cell.pages.size(), 3u);
    EXPECT_EQ(cell.pages[0].size.value, 4u);
    EXPECT_EQ(cell.pages[0].total, 1301045u);
    EXPECT_EQ(cell.pages[2].size.value, 1048576u);
    EXPECT_EQ(cell.distances, (std::vector<std::pair<unsigned, unsigned>>{{0, 10}}));
    ASSERT_EQ(cell.cpus.size(), 2u);
    EXPECT_EQ(cell.cpus[1].core, 1u);
    EXPECT_EQ(cell.cpus[1].siblings, std::vector<unsigned>{1});
    ASSERT_EQ(topology.caches.size(), 7u);
    const CacheBank& last = topology.caches.back();
    EXPECT_EQ(last.level, 3u);
    EXPECT_EQ(last.type, "both");
    EXPECT_EQ(last.size.value, 32u * 1024);
    EXPECT_EQ(last.cpus, (std::vector<unsigned>{0, 1}));

    const CpuModel cpu = node.cpu();
    EXPECT_EQ(cpu.vendor, "AuthenticAMD");
    EXPECT_EQ(cpu.name, "AMD EPYC");
    EXPECT_EQ(std::tuple(cpu.family, cpu.model, cpu.stepping), std::tuple(26u, 2u, 1u));
    EXPECT_EQ(cpu.microcode, 16777317u);
    EXPECT_EQ(cpu.physical_bits, 48u);
    EXPECT_TRUE(std::ranges::count(cpu.flags, "avx512f"));
    EXPECT_FALSE(std::ranges::count(cpu.flags, "svm"));
}

TEST(NodeTest, CpuTimesAreNanoseconds) {
    const RecordedTree tree(golden("guest-2-cores.tree"));
    const Node node(tree.root());
    const std::uint64_t tick = 1'000'000'000 / static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK));
    const CpuStats all = node.cpu_stats();
    EXPECT_EQ(all.user, (3120 + 7) * tick);
    EXPECT_EQ(all.kernel, (2892 + 5 + 59) * tick);
    EXPECT_EQ(all.idle, 132110 * tick);
    EXPECT_EQ(all.iowait, 363 * tick);
    EXPECT_EQ(node.cpu_stats(1).user, (1886 + 7) * tick);
    EXPECT_EQ(message_of([&] { node.cpu_stats(7); }), "Invalid cpuNum in virHostCPUGetStatsLinux");
    EXPECT_EQ(message_of([&] { node.cpu_stats(-2); }),
              "cpuNum in virNodeGetCPUStats only accepts -1 as a negative value");
}

TEST(NodeTest, TwoCellsWithThreads) {
    const RecordedTree tree(golden("xeon-2-cells.tree"));
    const Node node(tree.root());
    const NodeInfo info = node.info();
    EXPECT_EQ(info.cpus, 16u);
    EXPECT_EQ(info.memory.value, 2u * 32916000);
    EXPECT_EQ(std::tuple(info.nodes, info.sockets, info.cores, info.threads), std::tuple(2u, 1u, 4u, 2u));
    const Topology topology = node.topology();
    ASSERT_EQ(topology.cells.size(), 2u);
    EXPECT_EQ(topology.cells[1].id, 2u);
    EXPECT_EQ(topology.cells[0].distances, (std::vector<std::pair<unsigned, unsigned>>{{0, 10}, {2, 21}}));
    EXPECT_EQ(topology.cells[0].pages[0].total, (32916000u - 512 * 2048) / 4);
    EXPECT_EQ(topology.cells[0].pages[1].free, 256u);
    EXPECT_EQ(topology.cells[0].cpus[4].siblings, (std::vector<unsigned>{0, 8}));
    ASSERT_EQ(topology.caches.size(), 2u);
    EXPECT_EQ(topology.caches[1].cpus.size(), 8u);
    EXPECT_EQ(node.cells_free_memory(0, 5), (std::vector<KiB>{{20000000}, {10000000}}));
    EXPECT_EQ(node.cells_free_memory(1, 1), std::vector<KiB>{{10000000}});
    EXPECT_EQ(message_of([&] { node.cells_free_memory(3, 1); }), "start cell 3 out of range (0-2)");
    EXPECT_EQ(message_of([&] { node.memory_stats(3); }),
              "cellNum in virHostMemGetStats must be less than or equal to 2");
}

TEST(NodeTest, ABoardWithoutCellsAndWithAnOfflineCpu) {
    const RecordedTree tree(golden("board-no-numa.tree"));
    const Node node(tree.root());
    const NodeInfo info = node.info();
    EXPECT_EQ(info.cpus, 3u);
    EXPECT_EQ(info.mhz, 1800u);
    EXPECT_EQ(info.memory.value, 8000000u);
    EXPECT_EQ(std::tuple(info.nodes, info.sockets, info.cores, info.threads), std::tuple(1u, 1u, 4u, 1u));
    EXPECT_EQ(node.cpu_map().online, (std::vector<bool>{true, true, false, true}));
    EXPECT_EQ(node.memory_stats(0).total.value, 8000000u);
    EXPECT_EQ(node.power_management(),
              (std::vector<std::string>{"suspend_mem", "suspend_disk", "suspend_hybrid"}));
    EXPECT_EQ(host_uuid({}, "machine-id", tree.root()).text(), "3d1219c7-c4c5-404a-aa1f-6d2a48adfda4");
    EXPECT_NE(host_uuid({}, "smbios", tree.root()), host_uuid({}, "smbios", tree.root())); // none: random
    const auto configured = Uuid::parse("fa5daf21-954c-40ef-b800-b04b3d03dc44");
    EXPECT_EQ(host_uuid(configured, "machine-id", tree.root()), *configured);
}

TEST(NodeTest, AnEmptyTreeIsNoReasonToFail) {
    const TemporaryDirectory nothing;
    const Node node(nothing.path());
    EXPECT_EQ(node.info().cpus, 0u);
    EXPECT_EQ(node.topology().cells.size(), 1u);
    EXPECT_THROW(node.cpu_stats(), Error);
}

TEST(NodeTest, ThisHost) {
    const Node node;
    EXPECT_GT(node.info().memory.value, 0u);
    EXPECT_EQ(node.info().cpus, static_cast<unsigned>(::sysconf(_SC_NPROCESSORS_ONLN)));
    EXPECT_FALSE(host_name().empty());
}

TEST(SmbiosTest, SaysWhatLibvirtSays) { // smbios.xml is libvirt 9.0's answer for the same tables
    const std::string table = read_file(golden("smbios.bin"), 1 << 20);
    EXPECT_EQ(parse_smbios(table).xml(), read_file(golden("smbios.xml"), 1 << 20));
}

TEST(SmbiosTest, SurvivesDamagedTables) {
    const std::string table = read_file(golden("smbios.bin"), 1 << 20);
    for (std::size_t size = 0; size < table.size(); ++size) parse_smbios(table.substr(0, size));
    for (std::size_t at = 0; at < table.size(); ++at)
        for (const char value : {'\0', '\x01', '\x7f', '\xff'}) {
            std::string damaged = table;
            damaged[at] = value;
            EXPECT_FALSE(parse_smbios(damaged).xml().empty());
        }
}

TEST(SmbiosTest, SaysWhenThereIsNone) {
    const TemporaryDirectory nothing;
    EXPECT_EQ(message_of([&] { read_sysinfo(nothing.path()); }), "Host SMBIOS information is not available");
}

} // namespace
} // namespace yado::host
