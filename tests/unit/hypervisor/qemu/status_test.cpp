// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/status.h"

#include "hypervisor/qemu/devices/disk_chain.h"
#include "model/domain/document.h"

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

model::Domain domain_with(std::string_view disks) {
    return model::read_domain(
        fmt::format("<domain type='qemu'><name>a</name><memory>1</memory><os><type>hvm</type>"
                    "</os><devices>{}</devices></domain>",
                    disks),
        {.view = {.live = true}});
}

constexpr std::string_view two_images =
    "<disk type='file'><driver type='qcow2' copy_on_read='on'/><source file='/top'/><backingStore "
    "type='file'>"
    "<format type='raw'/><source file='/base'/><backingStore/></backingStore><target dev='vda'/>"
    "<alias name='virtio-disk0'/></disk><disk type='file' device='cdrom'><target dev='sda'/>"
    "<alias name='sata0-0-0'/></disk>";

std::string names_of(unsigned number) {
    return fmt::format("<privateData><nodenames><nodename type='storage' name='libvirt-{0}-storage'/>"
                       "<nodename type='format' name='libvirt-{0}-format'/></nodenames></privateData>",
                       number);
}

TEST(BlockNodeParts, NameEachImagesNodes) {
    model::Domain domain = domain_with(two_images);
    const std::uint64_t last = number_images(domain);
    EXPECT_EQ(last, 3U) << "an empty drive takes a number, too";
    const auto status = first_status(small_qemu(), domain, last, false, true);
    const auto& parts = status.private_parts;
    ASSERT_EQ(parts.size(), 3U);
    EXPECT_EQ(parts[0].inside, "");
    EXPECT_EQ(parts[0].xml, "<privateData><nodenames><nodename type='copyOnRead' "
                            "name='libvirt-CoR-vda'/></nodenames></privateData>");
    EXPECT_EQ(parts[1].inside, "source");
    EXPECT_EQ(parts[1].xml, names_of(2));
    EXPECT_EQ(parts[2].inside, "backingStore/source");
    for (const auto& part : parts) EXPECT_EQ(part.device, "virtio-disk0");
    EXPECT_EQ(status.node_name->index, 3U) << "libvirtd counts on from there";
    EXPECT_TRUE(status.remember_owner);
}

TEST(BlockNodeParts, FollowTheChain) {
    model::Domain domain = domain_with(two_images);
    number_images(domain);
    const std::string secret = names_of(2).insert(13, "<objects><secret alias='s'/></objects>");
    auto parts = with_block_nodes(
        {{"virtio-disk0", "", "<privateData/>"}, {"virtio-disk0", "source", secret}}, domain);
    ASSERT_EQ(parts.size(), 3U);
    EXPECT_EQ(parts[1].xml, secret) << "libvirtd's notes about an image that is still there";
    model::Disk& disk = domain.devices.disks.front();
    model::DiskChain chain = model::chain_of(disk);
    chain.images.erase(chain.images.begin());
    model::set_chain(disk, chain);
    parts = with_block_nodes(parts, domain);
    ASSERT_EQ(parts.size(), 2U);
    EXPECT_EQ(parts[1].inside, "source");
    EXPECT_EQ(parts[1].xml, names_of(3));
    disk.mirror.emplace();
    model::set_chain(*disk.mirror, {{{model::FileSource{"/copy", "", {}}, {}, 9U}}, true});
    parts = with_block_nodes(parts, domain);
    ASSERT_EQ(parts.size(), 3U);
    EXPECT_EQ(parts[2].inside, "mirror/source");
}

} // namespace
} // namespace yado::qemu
