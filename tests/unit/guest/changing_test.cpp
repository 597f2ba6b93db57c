// SPDX-License-Identifier: Apache-2.0
// Devices that are attached, detached and updated: what becomes of the definition, of what runs, of the files
// and of the subscribers.
#include "protocol/constants.h"
#include "support/guest/guest_host.h"

#include <gtest/gtest.h>

namespace yado::guest {
namespace {

using test_support::FakeMachine;
using test_support::GuestHost;
namespace Impacts = p::DomainModificationImpact;

template <class F> std::string error_of(F&& call) {
    try {
        call();
    } catch (const Error& error) {
        return fmt::format("{}: {}", static_cast<int>(error.code()), error.message());
    }
    return "no error";
}

std::string disk(std::string_view target, std::string_view bus = "virtio", std::string_view more = "") {
    return fmt::format(
        "<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='/{0}.img'/>"
        "<target dev='{0}' bus='{1}'/>{2}</disk>",
        target, bus, more);
}

std::string card(std::string_view mac, std::string_view more = "") {
    return fmt::format("<interface type='user'><mac address='{}'/><model type='virtio'/>{}</interface>", mac,
                       more);
}

struct Changing : testing::Test {
    GuestHost host;

    Changing() {
        host.define("vm");
        host.start("vm");
        host.events.clear();
    }

    FakeMachine& machine() { return *host.hypervisor.machine("vm"); }
    void attach(const std::string& xml, std::uint32_t flags) {
        host.loop.run(host.changing().attach_with_flags(host.context(),
                                                        {.dom = host.ref("vm"), .xml = xml, .flags = flags}));
    }
    void detach(const std::string& xml, std::uint32_t flags) {
        host.loop.run(host.changing().detach_with_flags(host.context(),
                                                        {.dom = host.ref("vm"), .xml = xml, .flags = flags}));
    }
    void update(const std::string& xml, std::uint32_t flags) {
        host.loop.run(
            host.changing().update(host.context(), {.dom = host.ref("vm"), .xml = xml, .flags = flags}));
    }
    std::string live_xml() {
        auto context = host.context();
        return host.service().get_xml(context, {.dom = host.ref("vm")}).xml;
    }
    std::string config_xml() {
        auto context = host.context();
        return host.service()
            .get_xml(context, {.dom = host.ref("vm"), .flags = p::DomainXMLFlags::inactive})
            .xml;
    }
    std::string status_file() { return read_file(host.directory.path() + "/run/vm.xml", 1 << 20); }
    template <class Body> std::vector<std::string> aliases_told() {
        std::vector<std::string> found;
        for (const DomainEvent& event : host.events) {
            if (const auto* body = std::get_if<Body>(&event.body)) found.push_back(body->alias);
        }
        return found;
    }
    using Names = std::vector<std::string>;
};

TEST_F(Changing, ADiskIsPluggedInWithTheAddressAndNameItsTargetGives) {
    attach(disk("vdc"), Impacts::live);
    EXPECT_EQ(machine().calls.back(), "attach virtio-disk2");
    EXPECT_TRUE(live_xml().contains("<alias name='virtio-disk2'/>"));
    EXPECT_TRUE(status_file().contains("<alias name='virtio-disk2'/>")) << "on disk before the answer";
    EXPECT_FALSE(config_xml().contains("vdc"));
    EXPECT_EQ(aliases_told<DeviceAdded>(), Names{"virtio-disk2"});
    host.restart();
    EXPECT_TRUE(live_xml().contains("<alias name='virtio-disk2'/>"));
}

TEST_F(Changing, BothDocumentsChangeOrNone) {
    machine().refusal = "QEMU will not";
    EXPECT_EQ(error_of([&] { attach(disk("vdc"), Impacts::live | Impacts::config); }),
              "1: internal error: QEMU will not");
    EXPECT_FALSE(live_xml().contains("vdc"));
    EXPECT_FALSE(config_xml().contains("vdc"));
    EXPECT_TRUE(aliases_told<DeviceAdded>().empty());
    machine().refusal.clear();
    attach(disk("vdc"), Impacts::live | Impacts::config);
    EXPECT_TRUE(live_xml().contains("vdc"));
    EXPECT_TRUE(config_xml().contains("vdc"));
}

TEST_F(Changing, WhatADeviceNeedsComesFirst) {
    attach(disk("sda", "scsi"), Impacts::live);
    const auto& calls = machine().calls;
    ASSERT_GE(calls.size(), 2U);
    EXPECT_EQ(calls[calls.size() - 2], "attach scsi0");
    EXPECT_EQ(calls.back(), "attach scsi0-0-0");
    EXPECT_TRUE(live_xml().contains("<alias name='scsi0'/>"));
    EXPECT_EQ(aliases_told<DeviceAdded>(), Names{"scsi0-0-0"}) << "as libvirt, of the device alone";
}

TEST_F(Changing, NumbersOfCardsGoOn) {
    attach(card("52:54:00:00:10:01"), Impacts::live);
    attach(card("52:54:00:00:10:02"), Impacts::live);
    detach(card("52:54:00:00:10:01"), Impacts::live);
    attach(card("52:54:00:00:10:03"), Impacts::live);
    EXPECT_EQ(aliases_told<DeviceAdded>(), (Names{"net0", "net1", "net2"}));
}

TEST_F(Changing, ADeviceStaysUntilTheGuestLetsGo) {
    attach(disk("vdc"), Impacts::live);
    machine().unplugging = Unplugging::pending;
    detach(disk("vdc"), Impacts::live);
    EXPECT_TRUE(live_xml().contains("vdc"));
    EXPECT_TRUE(aliases_told<DeviceRemoved>().empty());
    machine().report(DeviceRemoved{"virtio-disk2"});
    host.loop.run_until_idle();
    EXPECT_EQ(machine().calls.back(), "release virtio-disk2");
    EXPECT_FALSE(live_xml().contains("vdc"));
    EXPECT_FALSE(status_file().contains("vdc"));
    EXPECT_EQ(aliases_told<DeviceRemoved>(), Names{"virtio-disk2"});
}

TEST_F(Changing, WhatTheGuestLetsGoAtOnceIsToldOnce) {
    attach(disk("vdc"), Impacts::live);
    detach(disk("vdc"), Impacts::live);
    EXPECT_FALSE(live_xml().contains("vdc"));
    EXPECT_EQ(aliases_told<DeviceRemoved>(), Names{"virtio-disk2"});
    EXPECT_EQ(std::ranges::count(machine().calls, "release virtio-disk2"), 1);
}

TEST_F(Changing, AGuestThatRefusesKeepsItsDevice) {
    attach(disk("vdc"), Impacts::live);
    machine().refusal = "unplug of device was rejected by the guest";
    EXPECT_EQ(error_of([&] { detach(disk("vdc"), Impacts::live); }),
              "9: operation failed: unplug of device was rejected by the guest");
    EXPECT_TRUE(live_xml().contains("vdc"));
    machine().report(DeviceUnplugRefused{"virtio-disk2"});
    EXPECT_EQ(aliases_told<DeviceRemovalFailed>(), Names{"virtio-disk2"});
    machine().refusal.clear();
    machine().report(DeviceRemoved{"virtio-disk2"});
    host.loop.run_until_idle();
    EXPECT_FALSE(live_xml().contains("vdc")) << "whoever waited has given up";
}

TEST_F(Changing, ByAliasNobodyWaits) {
    attach(disk("vdc"), Impacts::live);
    const auto detach_alias = [&](std::string alias) {
        host.loop.run(host.changing().detach_alias(
            host.context(), {.dom = host.ref("vm"), .alias = std::move(alias), .flags = Impacts::live}));
    };
    detach_alias("virtio-disk2");
    EXPECT_TRUE(live_xml().contains("vdc"));
    EXPECT_EQ(error_of([&] { detach_alias("nosuch"); }),
              "1: internal error: no device found with alias nosuch");
}

TEST_F(Changing, ErrorsAreLibvirts) {
    const auto attach_error = [&](const std::string& xml, std::uint32_t flags) {
        return error_of([&] { attach(xml, flags); });
    };
    const auto detach_error = [&](const std::string& xml, std::uint32_t flags) {
        return error_of([&] { detach(xml, flags); });
    };
    attach(disk("vdc"), Impacts::live | Impacts::config);
    EXPECT_EQ(attach_error(disk("vdc"), Impacts::config),
              "55: Requested operation is not valid: target vdc already exists");
    EXPECT_TRUE(
        attach_error(disk("vdc"), Impacts::live).starts_with("27: XML error: target 'vdc' duplicated"));
    EXPECT_EQ(attach_error("<foo/>", Impacts::config),
              "67: unsupported configuration: unknown device type 'foo'");
    EXPECT_EQ(attach_error(disk("vdd"), 8),
              "8: unsupported flags (0x8) in function qemuDomainAttachDeviceLiveAndConfig");
    EXPECT_EQ(attach_error("<sound model='ich6'/>", Impacts::live),
              "84: Operation not supported: live attach of device 'sound' is not supported");
    EXPECT_EQ(attach_error("<memballoon model='virtio'/>", Impacts::config),
              "84: Operation not supported: persistent attach of device 'memballoon' is not supported");
    EXPECT_EQ(attach_error("<controller type='usb' index='4' model='qemu-xhci'/>", Impacts::live),
              "84: Operation not supported: 'usb' controller cannot be hot plugged.");
    EXPECT_EQ(detach_error(disk("vdz"), Impacts::live), "99: device not found: disk vdz not found");
    EXPECT_EQ(detach_error(disk("vdz"), Impacts::config), "99: device not found: no target device vdz");
    EXPECT_EQ(detach_error(card("52:54:00:00:10:99"), Impacts::live),
              "99: device not found: no device found at address '(<null>)' matching MAC address "
              "'52:54:00:00:10:99' and alias '(<null>)'");
    EXPECT_EQ(error_of([&] { update("<sound model='ich6'/>", Impacts::config); }),
              "84: Operation not supported: persistent update of device 'sound' is not supported");
}

TEST_F(Changing, TwoCardsOfOneAddressAreNotGuessedBetween) {
    attach(card("52:54:00:00:10:01"), Impacts::config);
    attach(card("52:54:00:00:10:01"), Impacts::config);
    EXPECT_EQ(error_of([&] { detach(card("52:54:00:00:10:01"), Impacts::config); }),
              "9: operation failed: multiple devices matching MAC address 52:54:00:00:10:01 found");
}

TEST_F(Changing, ALinkGoesDownAndUp) {
    attach(card("52:54:00:00:10:01"), Impacts::live | Impacts::config);
    update(card("52:54:00:00:10:01", "<link state='down'/>"), Impacts::live);
    EXPECT_EQ(machine().calls.back(), "net0 down");
    EXPECT_TRUE(live_xml().contains("<link state='down'/>"));
    EXPECT_FALSE(config_xml().contains("<link"));
    EXPECT_EQ(
        error_of([&] {
            update(
                "<interface type='user'><mac address='52:54:00:00:10:01'/><model type='e1000'/></interface>",
                Impacts::live);
        }),
        "84: Operation not supported: cannot modify network device model from virtio to e1000");
}

TEST_F(Changing, OnlyDrivesGetOtherMedia) {
    attach(disk("vdc"), Impacts::live);
    std::string other = disk("vdc");
    other.replace(other.find("/vdc.img"), 8, "/other");
    EXPECT_EQ(error_of([&] { update(other, Impacts::live); }),
              "67: unsupported configuration: disk source can be changed only in removable drives");
    EXPECT_EQ(error_of([&] { update(disk("vdc", "virtio", "<serial>x</serial>"), Impacts::live); }),
              "84: Operation not supported: cannot modify field 'serial' of the disk");
    update(disk("vdc"), Impacts::live); // nothing changes
}

TEST_F(Changing, VcpusComeAndGo) {
    host.loop.run(host.service().destroy(host.context(), {.dom = host.ref("vm")}));
    const std::uint32_t config = p::DomainVcpuFlags::config;
    const std::uint32_t live = p::DomainVcpuFlags::live;
    const auto set = [&](std::uint32_t count, std::uint32_t flags) {
        host.loop.run(host.service().set_vcpus_with_flags(
            host.context(), {.dom = host.ref("vm"), .nvcpus = count, .flags = flags}));
    };
    const auto set_one = [&](std::string ids, int state) {
        host.loop.run(host.service().set_vcpu(
            host.context(),
            {.dom = host.ref("vm"), .cpumap = std::move(ids), .state = state, .flags = live}));
    };
    set(4, config | p::DomainVcpuFlags::maximum);
    host.start("vm");
    set(2, live);
    EXPECT_EQ(machine().calls.back(), "attach vcpu1");
    EXPECT_TRUE(live_xml().contains("current='2'>4</vcpu>"));
    EXPECT_TRUE(status_file().contains("<vcpu id='1' enabled='yes' hotpluggable='yes' order='2'/>"));
    set_one("3", 1);
    EXPECT_EQ(machine().calls.back(), "attach vcpu3");
    EXPECT_EQ(error_of([&] { set_one("3", 1); }),
              "8: invalid argument: vcpu '3' is already in requested state");
    EXPECT_EQ(error_of([&] { set_one("0", 0); }), "84: Operation not supported: vcpu '0' can't be unplugged");
    EXPECT_EQ(error_of([&] { set_one("9", 1); }),
              "8: invalid argument: vcpu 9 is not present in live config");
    set(2, live);
    EXPECT_EQ(machine().calls.back(), "detach vcpu3");
    machine().unplugging = Unplugging::pending;
    EXPECT_TRUE(error_of([&] { set(1, live); }).starts_with("68: Timed out during operation: vcpu unplug"));
    EXPECT_TRUE(live_xml().contains("current='2'>4</vcpu>"));
    machine().report(DeviceRemoved{"vcpu1"});
    host.loop.run_until_idle();
    EXPECT_TRUE(live_xml().contains("current='1'>4</vcpu>"));
    EXPECT_TRUE(aliases_told<DeviceRemoved>().empty()) << "a vCPU is no device";
}

} // namespace
} // namespace yado::guest
