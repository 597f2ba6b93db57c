// SPDX-License-Identifier: Apache-2.0
// Disks and file systems as the parts that hotplug sends too: nodes, objects, sockets, limits, processes.
#include "hypervisor/qemu/devices/disk.h"

#include "base/base64.h"
#include "base/error.h"
#include "hypervisor/qemu/devices/filesystem.h"
#include "model/domain/complete.h"
#include "model/domain/document.h"
#include "support/hypervisor/qemu/recorded_capabilities.h"
#include "support/model/fixed_context.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace yado::qemu {
namespace {

namespace json = boost::json;

class QemuDisk : public testing::Test {
  protected:
    void define(const std::string& devices, const std::string& before = "") {
        domain = model::parse_definition(
            fmt::format("<domain type='qemu'><name>part</name><memory unit='MiB'>64</memory>{}<os><type "
                        "arch='x86_64' machine='q35'>hvm</type></os><devices>{}</devices></domain>",
                        before, devices),
            test::fixed_context());
        model::assign_aliases(domain);
        facts.domain_dir = "/dir";
        facts.disks.secret = [](const model::SecretReference& secret,
                                model::SecretUsage) -> std::optional<std::string> {
            return "value of " + secret.usage;
        };
    }
    DiskBackend backend(unsigned number = 1) {
        return disk_backend(context(), domain.devices.disks.front(), number);
    }
    DeviceContext context() { return {domain, capabilities, facts}; }

    model::Domain domain;
    QemuCapabilities capabilities = test_support::recorded_capabilities(YADO_SOURCE_DIR);
    LaunchFacts facts;
};

std::vector<std::string> names(const std::vector<json::object>& nodes) {
    std::vector<std::string> found;
    for (const json::object& node : nodes) found.emplace_back(node.at("node-name").as_string());
    return found;
}
using Names = std::vector<std::string>;

TEST_F(QemuDisk, NodesComeLowestFirstAndTheTopIsNamed) {
    define(
        "<disk type='file'><driver type='qcow2' copy_on_read='on'/><source file='/top'/><backingStore "
        "type='block'><format type='raw'/><source dev='/dev/low'/></backingStore><target dev='vda'/></disk>");
    const DiskBackend disk = backend(7);
    EXPECT_EQ(names(disk.nodes), (Names{"libvirt-8-storage", "libvirt-8-format", "libvirt-7-storage",
                                        "libvirt-7-format", "libvirt-CoR-vda"}));
    EXPECT_EQ(disk.top, "libvirt-CoR-vda");
    EXPECT_EQ(disk.paths, (Names{"/top", "/dev/low"}));
    EXPECT_EQ(numbers_taken(domain.devices.disks.front()), 2U);
}

TEST_F(QemuDisk, SecretsAreSealedWhereThereIsASeal) {
    define("<disk type='file'><source file='/a'/><target dev='vda'/><encryption format='luks'><secret "
           "type='passphrase' usage='key'/></encryption></disk>");
    facts.disks.seal = [](std::string_view value) {
        return SealedSecret{.data = fmt::format("sealed {}", value), .key_id = "masterKey0", .iv = "iv"};
    };
    const DiskBackend sealed = backend();
    ASSERT_EQ(sealed.objects.size(), 1U);
    EXPECT_EQ(
        json::serialize(sealed.objects[0]),
        R"({"qom-type":"secret","id":"libvirt-1-format-encryption-secret0","data":"sealed value of key",)"
        R"("keyid":"masterKey0","iv":"iv","format":"base64"})");
    EXPECT_EQ(sealed.nodes.back().at("key-secret"), sealed.objects[0].at("id"));
    facts.disks.seal = nullptr;
    const std::string plain(backend().objects.at(0).at("data").as_string());
    const auto bytes = from_base64(plain);
    ASSERT_TRUE(bytes);
    EXPECT_EQ(std::string(bytes->begin(), bytes->end()), "value of key");
}

TEST_F(QemuDisk, SecretsThatAreNotThereAreNamed) {
    const std::string disk = "<disk type='file'><source file='/a'><encryption format='luks'><secret "
                             "type='passphrase' uuid='4ec115d7-3a88-3ceb-bc12-0ac909a6fd87'/></encryption>"
                             "</source><target dev='vda'/></disk>";
    define(disk);
    facts.disks.secret = nullptr;
    try {
        backend();
        FAIL() << "it was taken";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), Code::no_secret);
        EXPECT_EQ(error.message(), "Secret not found: no secret with matching uuid "
                                   "'4ec115d7-3a88-3ceb-bc12-0ac909a6fd87'");
    }
}

TEST_F(QemuDisk, NbdUsesTlsWhereTheHostSaysSo) {
    const std::string_view disk = "<disk type='network'><source protocol='nbd'{}><host name='h'/></source>"
                                  "<target dev='vda'/></disk>";
    define(fmt::format(fmt::runtime(disk), ""));
    EXPECT_TRUE(backend().objects.empty());
    facts.disks.nbd_tls = true;
    ASSERT_EQ(backend().objects.size(), 1U);
    EXPECT_EQ(backend().nodes.front().at("tls-creds"), backend().objects[0].at("id"));
    define(fmt::format(fmt::runtime(disk), " tls='no'"));
    EXPECT_TRUE(backend().objects.empty());
}

TEST_F(QemuDisk, ChainsAreBounded) {
    std::string chain;
    constexpr int depth = 100;
    for (int i = 0; i < depth; ++i) {
        chain += "<backingStore type='file'><format type='qcow2'/><source file='/b'/>";
    }
    for (int i = 0; i < depth; ++i) chain += "</backingStore>";
    define("<disk type='file'><driver type='qcow2'/><source file='/a'/>" + chain +
           "<target dev='vda'/></disk>");
    EXPECT_EQ(backend().nodes.size(), 2U * (depth + 1));
    // A document cannot nest as deep as this.
    model::BackingStore* last = &*domain.devices.disks.front().backing;
    while (last->backing) last = &*last->backing;
    for (int i = 0; i < 101; ++i) {
        last->backing = *domain.devices.disks.front().backing;
        last->backing->backing.reset();
        last = &*last->backing;
    }
    EXPECT_THROW(backend(), Error);
}

TEST_F(QemuDisk, ReservationsOfSeveralDisksShareOneProcess) {
    define(
        "<disk type='block' device='lun'><source dev='/dev/a'><reservations managed='yes'/></source><target "
        "dev='sda' bus='scsi'/></disk><disk type='block' device='lun'><source dev='/dev/b'><reservations "
        "managed='yes'/></source><target dev='sdb' bus='scsi'/></disk>");
    const LaunchPlan launch = plan(domain, capabilities, facts);
    ASSERT_EQ(launch.helpers.size(), 1U);
    EXPECT_EQ(launch.helpers[0].socket, "/dir/pr-helper0.sock");
    EXPECT_EQ(std::ranges::count_if(
                  launch.argv, [](const std::string& each) { return each.contains("pr-manager-helper"); }),
              1);
}

TEST_F(QemuDisk, LimitsAreSetByTheQueueOfAVirtioDisk) {
    const std::string limits =
        "<iotune><total_bytes_sec>5000</total_bytes_sec><read_iops_sec>6</read_iops_sec>"
        "<total_bytes_sec_max>7000</total_bytes_sec_max><group_name>g</group_name>"
        "<total_bytes_sec_max_length>8</total_bytes_sec_max_length></iotune>";
    define("<disk type='file'><source file='/a'/><target dev='vda'/>" + limits + "</disk>");
    EXPECT_EQ(json::serialize(throttle_arguments(domain.devices.disks.front())),
              R"({"id":"/machine/peripheral/virtio-disk0/virtio-backend","bps":5000,"bps_rd":0,"bps_wr":0,)"
              R"("iops":0,"iops_rd":6,"iops_wr":0,"bps_max":7000,"bps_max_length":8,"group":"g"})");
    define("<disk type='file'><source file='/a'/><target dev='sda' bus='sata'/>" + limits + "</disk>");
    EXPECT_EQ(throttle_arguments(domain.devices.disks.front()).at("id").as_string(), "sata0-0-0");
}

TEST_F(QemuDisk, WhatAnotherProcessServesHasNoNodes) {
    define("<disk type='vhostuser'><source type='unix' path='/s,1'><reconnect enabled='yes' timeout='3'/>"
           "</source><target dev='vda'/></disk>",
           "<memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>");
    const model::Disk& disk = domain.devices.disks.front();
    EXPECT_TRUE(backend().nodes.empty());
    const auto socket = disk_socket(disk);
    ASSERT_TRUE(socket);
    EXPECT_EQ(socket->option(), "socket,id=chr-vu-virtio-disk0,path=/s,,1,reconnect=3");
    EXPECT_EQ(disk_device(context(), disk, {}, 0).at("chardev").as_string(), "chr-vu-virtio-disk0");
}

TEST_F(QemuDisk, VirtiofsBringsItsProcess) {
    define("<filesystem><driver type='virtiofs'/><binary path='/bin/virtiofsd' xattr='on'><cache "
           "mode='none'/><lock flock='off'/><thread_pool size='4'/></binary><source dir='/export,1'/><target "
           "dir='tag'/></filesystem>",
           "<memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>");
    const FilesystemParts parts = filesystem_parts(context(), domain.devices.filesystems.front());
    ASSERT_TRUE(parts.helper);
    EXPECT_EQ(parts.helper->argv,
              (Names{"/bin/virtiofsd", "--socket-path=/dir/fs0-fs.sock", "-o",
                     "source=/export,,1,cache=none,xattr,no_flock", "--thread-pool-size=4"}));
    EXPECT_EQ(parts.chardev, "socket,id=chr-vu-fs0,path=/dir/fs0-fs.sock");
    EXPECT_EQ(parts.device.at("chardev").as_string(), "chr-vu-fs0");
}

} // namespace
} // namespace yado::qemu
