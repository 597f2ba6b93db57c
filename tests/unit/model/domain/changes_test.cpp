// SPDX-License-Identifier: Apache-2.0
#include "model/domain/changes.h"

#include <gtest/gtest.h>

#include "model/domain/document.h"
#include "support/model/fixed_context.h"

namespace yado::model {
namespace {

constexpr std::string_view rich = R"(
<domain type='qemu'>
  <name>d</name>
  <uuid>7a6f1e7e-2b3f-4a55-9a8d-0f6d3c1b2a55</uuid>
  <memory unit='MiB'>512</memory>
  <vcpu current='1'>2</vcpu>
  <iothreads>1</iothreads>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <devices>
    <disk type='file'><source file='/a'/><target dev='vda' bus='virtio'/></disk>
    <disk type='file' device='cdrom'><source file='/x.iso'/><target dev='sda' bus='sata'/></disk>
    <controller type='scsi' index='0' model='virtio-scsi'/>
    <interface type='user'><mac address='52:54:00:00:00:07'/><link state='up'/></interface>
    <graphics type='vnc' passwd='old'/>
    <memballoon model='virtio'><stats period='5'/></memballoon>
  </devices>
</domain>)";

Domain defined(std::string_view text) { return parse_definition(text, test::fixed_context()); }

/// The domain as it is, and as it is when `from` in its document becomes `to`: "~ PATH live", a line each.
std::vector<std::string> changed(std::string_view from, std::string_view to) {
    static constexpr std::string_view kinds[] = {"~", "+", "-"};
    static constexpr std::string_view whens[] = {"next boot", "live", "never"};
    const Domain before = defined(rich);
    std::string text = write_domain(before, schema::definition_view);
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from << " in\n" << text;
    text.replace(at, from.size(), to);
    std::vector<std::string> found;
    for (const schema::Difference& d : changes(before, defined(text))) {
        found.push_back(fmt::format("{} {} {}", kinds[static_cast<std::size_t>(d.kind)], d.path,
                                    whens[static_cast<std::size_t>(d.change)]));
    }
    return found;
}

using Lines = std::vector<std::string>;

TEST(Changes, NothingChangedIsNothing) {
    const Domain domain = defined(rich);
    EXPECT_TRUE(changes(domain, domain).empty());
    EXPECT_TRUE(changes(domain, read_domain(write_domain(domain, schema::definition_view))).empty());
}

TEST(Changes, SettersWorkOnRunningGuests) {
    EXPECT_EQ(changed("<currentMemory unit='KiB'>524288", "<currentMemory unit='KiB'>262144"),
              Lines{"~ /domain/currentMemory live"});
    EXPECT_EQ(changed("current='1'", "current='2'"), Lines{"- /domain/vcpu/@current live"});
    EXPECT_EQ(changed("passwd='old'", "passwd='new'"), Lines{"~ /domain/devices/graphics[1]/@passwd live"});
    EXPECT_EQ(changed("period='5'", "period='9'"), Lines{"~ /domain/devices/memballoon/stats/@period live"});
    EXPECT_EQ(changed("state='up'", "state='down'"),
              Lines{"~ /domain/devices/interface[mac/@address='52:54:00:00:00:07']/link/@state live"});
    EXPECT_EQ(changed("<on_reboot>restart", "<on_reboot>destroy"), Lines{"~ /domain/on_reboot live"});
    EXPECT_EQ(changed("<memory unit", "<title>t</title>\n<memory unit"), Lines{"+ /domain/title live"});
    EXPECT_EQ(changed("<memory unit", "<metadata><a:b xmlns:a='urn:a'/></metadata>\n<memory unit"),
              Lines{"+ /domain/metadata live"});
}

TEST(Changes, TheMachineItselfWaitsForTheNextStart) {
    EXPECT_EQ(changed("<memory unit='KiB'>524288", "<memory unit='KiB'>1048576"),
              Lines{"~ /domain/memory next boot"});
    EXPECT_EQ(changed("'>2</vcpu>", "'>4</vcpu>"), Lines{"~ /domain/vcpu next boot"});
    EXPECT_EQ(changed("<graphics type='vnc'", "<graphics type='vnc' keymap='de'"),
              Lines{"+ /domain/devices/graphics[1]/@keymap next boot"});
}

TEST(Changes, AnotherDomainIsNotAChange) {
    EXPECT_EQ(changed("<name>d</name>", "<name>e</name>"), Lines{"~ /domain/name never"});
    EXPECT_EQ(changed("<uuid>7", "<uuid>8"), Lines{"~ /domain/uuid never"});
}

TEST(Changes, MediaOfDrivesCanBeChanged) {
    EXPECT_EQ(changed("file='/x.iso'", "file='/y.iso'"),
              Lines{"~ /domain/devices/disk[target/@dev='sda']/source/@file live"});
    EXPECT_EQ(changed("file='/a'", "file='/b'"),
              Lines{"~ /domain/devices/disk[target/@dev='vda']/source/@file next boot"});
}

TEST(Changes, DevicesThatCanBePluggedAreToldFromOthers) {
    const auto added = [](std::string_view device) {
        return changed("<memballoon", std::string(device) + "<memballoon");
    };
    EXPECT_EQ(added("<disk type='file'><source file='/b'/><target dev='sdb' bus='scsi'/></disk>"),
              Lines{"+ /domain/devices/disk[target/@dev='sdb'] live"});
    EXPECT_EQ(added("<disk type='file'><source file='/b'/><target dev='sdb' bus='sata'/></disk>"),
              Lines{"+ /domain/devices/disk[target/@dev='sdb'] next boot"});
    EXPECT_EQ(added("<input type='tablet' bus='usb'/>"), Lines{"+ /domain/devices/input[3] live"});
    EXPECT_EQ(added("<sound model='usb'/>"), Lines{"+ /domain/devices/sound[1] next boot"});
    EXPECT_EQ(
        added("<controller type='sata' index='1'><address type='pci' bus='0x00' slot='0x09'/></controller>")
            .front(),
        "+ /domain/devices/controller[@type='sata'][@index='1'] next boot");
}

} // namespace
} // namespace yado::model
