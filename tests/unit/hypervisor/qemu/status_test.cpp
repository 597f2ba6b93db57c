// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/status.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>

namespace yado::qemu {
namespace {

QemuCapabilities small_qemu() {
    QemuCapabilities capabilities;
    capabilities.version = 5'002'000;
    capabilities.devices = {"VGA", "lsi53c895a"};
    capabilities.objects = {"rng-random"};
    capabilities.commands = {"query-vnc"};
    return capabilities;
}

bool has(const std::vector<model::StatusFlag>& flags, std::string_view name) {
    return std::ranges::find(flags, name, &model::StatusFlag::name) != flags.end();
}

TEST(StatusFlags, FollowFromWhatIsThere) {
    QemuCapabilities capabilities = small_qemu();
    const auto flags = status_flags(capabilities, false);
    for (const std::string_view there : {"VGA", "VGA.vgamem_mb", "lsi", "rng-random", "vnc", "numa.hmat"})
        EXPECT_TRUE(has(flags, there)) << there;
    for (const std::string_view absent : {"virtio-net", "set-action", "compat-deprecated",
                                          "vnc-power-control", "tcg", "kvm", "seccomp-sandbox"})
        EXPECT_FALSE(has(flags, absent)) << absent;
    capabilities.version = 6'000'000;
    capabilities.tcg_built = capabilities.sandbox = true;
    const auto later = status_flags(capabilities, true);
    for (const std::string_view there :
         {"compat-deprecated", "vnc-power-control", "tcg", "kvm", "seccomp-sandbox"})
        EXPECT_TRUE(has(later, there)) << there;
}

TEST(StatusFlags, StandOnce) {
    std::set<std::string> names;
    QemuCapabilities capabilities = small_qemu();
    capabilities.version = 99'000'000;
    for (const model::StatusFlag& flag : status_flags(capabilities, true))
        EXPECT_TRUE(names.insert(flag.name).second) << flag.name;
}

TEST(BlockNodeParts, NameEachImagesNodes) {
    LaunchPlan plan;
    plan.argv = {
        "qemu",
        "-blockdev",
        R"({"driver":"file","filename":"/base","node-name":"libvirt-3-storage"})",
        "-blockdev",
        R"({"node-name":"libvirt-3-format","driver":"qcow2","file":"libvirt-3-storage"})",
        "-blockdev",
        R"({"driver":"file","filename":"/top","node-name":"libvirt-2-storage"})",
        "-blockdev",
        R"({"node-name":"libvirt-2-format","driver":"qcow2","file":"libvirt-2-storage","backing":"libvirt-3-format"})",
        "-blockdev",
        R"({"driver":"copy-on-read","node-name":"libvirt-CoR-vda","file":"libvirt-2-format"})",
        "-device",
        R"({"driver":"virtio-blk-pci","id":"virtio-disk0","drive":"libvirt-CoR-vda"})",
        "-device",
        R"({"driver":"ide-cd","id":"sata0-0-0"})",
        "-device",
        "not json",
        "-device",
        "{broken"};
    const auto parts = block_node_parts(plan);
    ASSERT_EQ(parts.size(), 3U);
    EXPECT_EQ(parts[0].inside, "");
    EXPECT_EQ(parts[0].xml, "<privateData><nodenames><nodename type='copyOnRead' "
                            "name='libvirt-CoR-vda'/></nodenames></privateData>");
    EXPECT_EQ(parts[1].inside, "source");
    EXPECT_EQ(parts[1].xml, "<privateData><nodenames><nodename type='storage' name='libvirt-2-storage'/>"
                            "<nodename type='format' name='libvirt-2-format'/></nodenames></privateData>");
    EXPECT_EQ(parts[2].inside, "backingStore/source");
    for (const auto& part : parts) EXPECT_EQ(part.device, "virtio-disk0");
    const auto status = first_status(small_qemu(), plan, false, true);
    EXPECT_EQ(status.node_name->index, 3U) << "libvirtd counts on from there";
    EXPECT_TRUE(status.remember_owner);
}

TEST(BlockNodeParts, ACircleOfNodesEnds) {
    LaunchPlan plan;
    plan.argv = {"qemu", "-blockdev", R"({"node-name":"a","driver":"qcow2","file":"f","backing":"a"})",
                 "-device", R"({"driver":"virtio-blk-pci","id":"d","drive":"a"})"};
    EXPECT_EQ(block_node_parts(plan).size(), 1U);
}

} // namespace
} // namespace yado::qemu
