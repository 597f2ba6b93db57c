// SPDX-License-Identifier: Apache-2.0
#include "model/domain/domain.h"

#include <gtest/gtest.h>

#include "model/domain/check.h"
#include "model/domain/document.h"
#include "model/domain/status.h"
#include "schema/compare.h"
#include "schema/outline.h"
#include "support/model/fixed_context.h"
#include "support/model/golden_file.h"

namespace yado::model {
namespace {

const std::filesystem::path folder = std::filesystem::path(YADO_SOURCE_DIR) / "tests/golden/domain";

std::string minimal(std::string_view devices, std::string_view machine = "q35") {
    return fmt::format("<domain type='qemu'><name>d</name><memory>1024</memory><os><type arch='x86_64' "
                       "machine='{}'>hvm</type></os><devices>{}</devices></domain>",
                       machine, devices);
}

Domain defined(std::string_view devices, std::string_view machine = "q35") {
    return parse_definition(minimal(devices, machine), test::fixed_context());
}

template <class F> std::string error_of(F&& call) {
    try {
        call();
    } catch (const Error& error) { return error.message(); }
    return "no error";
}

TEST(Domain, SecretsShowOnlyWhenAskedFor) {
    const Domain domain = defined("<graphics type='vnc' passwd='hidden'/>");
    EXPECT_EQ(write_domain(domain, {}).find("hidden"), std::string::npos);
    EXPECT_NE(write_domain(domain, {.secure = true}).find("passwd='hidden'"), std::string::npos);
    EXPECT_NE(definition_file(domain).find("passwd='hidden'"), std::string::npos);
}

/// As `virsh dumpxml --migratable` of libvirt 9.0 leaves out of the same domains.
TEST(Domain, MigratableFormLeavesOutWhatIsImplied) {
    const auto left_out = [](const Domain& domain) {
        const Domain portable = read_domain(write_domain(domain, {.live = true, .migratable = true}));
        std::vector<std::string> paths;
        for (const schema::Difference& d : schema::compare(domain, portable, "domain", schema::status_view)) {
            paths.push_back(d.path);
        }
        return paths;
    };
    Domain pc = defined("", "pc");
    EXPECT_EQ(left_out(pc),
              (std::vector<std::string>{"/domain/devices/controller[@type='usb'][@index='0']",
                                        "/domain/devices/controller[@type='pci'][@index='0']",
                                        "/domain/devices/input[2]", "/domain/devices/audio[1]"}));
    EXPECT_EQ(left_out(defined("")),
              (std::vector<std::string>{"/domain/devices/input[2]", "/domain/devices/audio[1]"}));
    pc.id = 3;
    assign_aliases(pc);
    const std::string text = write_domain(pc, {.live = true, .migratable = true});
    EXPECT_EQ(text.find("alias"), std::string::npos) << text;
    EXPECT_EQ(text.find("id='3'"), std::string::npos) << text;
}

TEST(Domain, DefinitionFileCanBeReadBack) {
    Domain domain = defined("<disk type='file'><source file='/a'/><target dev='vda'/></disk>");
    domain.name = "a--b-->";
    const std::string file = definition_file(domain);
    EXPECT_TRUE(file.starts_with("<!--\n"));
    EXPECT_NE(file.find("virsh edit a- -b- ->\n"), std::string::npos) << file;
    EXPECT_EQ(write_domain(read_domain(file), schema::definition_view),
              write_domain(domain, schema::definition_view));
}

TEST(Domain, LibvirtsOwnFileCanBeRead) {
    const std::string file =
        "<!--\nWARNING: THIS IS AN AUTO-GENERATED FILE.\n  virsh edit d\n-->\n\n" + minimal("");
    EXPECT_EQ(read_domain(file).name, "d");
}

/// "running" is what libvirtd shows of a guest it has started: its names are ours.
TEST(Domain, AliasesAreLibvirts) {
    const std::string text = test::read_text(folder / "forms/running.xml");
    const Domain running = read_domain(text, {.view = schema::status_view});
    Domain starting = running;
    const auto forget = [](auto& devices) {
        for (auto& device : devices) { device.info.alias.name.clear(); }
    };
    forget(starting.devices.disks);
    forget(starting.devices.controllers);
    forget(starting.devices.interfaces);
    forget(starting.devices.serials);
    forget(starting.devices.consoles);
    forget(starting.devices.channels);
    forget(starting.devices.inputs);
    forget(starting.devices.videos);
    starting.devices.balloon->info.alias.name.clear();
    assign_aliases(starting);
    for (const schema::Difference& d : schema::compare(running, starting, "domain", schema::status_view)) {
        ADD_FAILURE() << d.path << ": " << d.before << " became " << d.after;
    }
}

TEST(Domain, GeneratedAliasesAreForgottenUsersStay) {
    const Domain domain = defined("<interface type='user'><alias name='net0'/></interface>"
                                  "<interface type='user'><alias name='ua-mine'/></interface>");
    EXPECT_EQ(domain.devices.interfaces[0].info.alias.name, "");
    EXPECT_EQ(domain.devices.interfaces[1].info.alias.name, "ua-mine");
}

TEST(Domain, StatusOfLibvirtIsUnderstood) {
    const std::string text = test::read_text(folder / "forms/running.domstatus");
    const DomainStatus status = read_status(text);
    EXPECT_EQ(status.state, "paused");
    EXPECT_EQ(status.reason, "user");
    EXPECT_EQ(status.pid, 235);
    EXPECT_EQ(status.monitor.path, "/var/lib/libvirt/qemu/domain-3-run/monitor.sock");
    ASSERT_EQ(status.vcpus.size(), 1U);
    EXPECT_EQ(status.vcpus[0].pid, 242);
    EXPECT_EQ(status.domain.id, 3);
    EXPECT_EQ(status.domain.devices.serials[0].info.alias.name, "serial0");
    EXPECT_EQ(write_status(status), text);
}

TEST(Domain, StatusKeepsWhatOnlyWeKnow) {
    DomainStatus status;
    status.domain = defined("");
    status.domain.id = 4;
    status.process_start = 123456;
    status.reboot_at_shutdown = true;
    const DomainStatus again = read_status(write_status(status));
    EXPECT_EQ(again.process_start, 123456U);
    EXPECT_TRUE(again.reboot_at_shutdown);
    EXPECT_EQ(again.domain.id, 4);
}

TEST(Domain, BadStatusIsRefused) {
    EXPECT_THROW(read_status("<domain/>"), Error);
    EXPECT_THROW(read_status("<domstatus state='running'><domain type='qemu'/></domstatus>"), Error);
    EXPECT_THROW(read_status("half a doc"), Error);
}

TEST(Complete, OfTheTestDriverAddsLess) {
    CompleteContext context = test::fixed_context();
    context.add_devices = false;
    context.assign_addresses = false;
    context.fill_drivers = false;
    context.default_cpu = nullptr;
    context.emulator = nullptr;
    context.canonical_machine = nullptr;
    const Domain domain =
        parse_definition("<domain type='test'><name>t</name><memory>1</memory><os><type>hvm</type>"
                         "</os></domain>",
                         context);
    EXPECT_TRUE(domain.devices.controllers.empty());
    EXPECT_TRUE(domain.devices.inputs.empty());
    EXPECT_FALSE(domain.devices.balloon.has_value());
    EXPECT_EQ(domain.os.type.arch, "x86_64");
    EXPECT_EQ(domain.devices.emulator, "");
}

TEST(Complete, KnowsTheVirtMachines) {
    const Domain arm = parse_definition("<domain type='qemu'><name>a</name><memory>1</memory><os><type "
                                        "arch='aarch64'>hvm</type></os><devices>"
                                        "<disk type='file'><source file='/a'/><target "
                                        "dev='vda'/></disk><interface type='user'/><serial type='pty'/>"
                                        "</devices></domain>",
                                        test::fixed_context());
    EXPECT_EQ(arm.os.type.machine, "virt-7.2");
    EXPECT_EQ(arm.devices.interfaces[0].model, "virtio");
    EXPECT_EQ(arm.devices.serials[0].model, SerialModel::pl011);
    EXPECT_TRUE(arm.devices.inputs.empty());
    ASSERT_NE(arm.devices.disks[0].info.pci(), nullptr);
    EXPECT_GT(arm.devices.disks[0].info.pci()->bus, 0);
}

TEST(Complete, RefusesWhatHasNoPlace) {
    EXPECT_EQ(error_of([] { defined("", "foo"); }),
              "unsupported configuration: Emulator '/usr/bin/qemu-system-x86_64' does not support machine "
              "type 'foo'");
    EXPECT_EQ(error_of([] { defined("<interface type='user'/>", "isapc"); }),
              "XML error: No PCI buses available");
}

TEST(Complete, HostileNumbersAreHarmless) {
    const std::string many_disks = [] {
        std::string text;
        for (int i = 0; i < 3000; ++i) {
            text += "<disk type='file'><source file='/a'/><target dev='sda' bus='scsi'/></disk>";
        }
        return text;
    }();
    EXPECT_EQ(error_of([&] { defined(many_disks); }),
              "unsupported configuration: more than 2048 devices of one kind");
    for (const std::string_view devices :
         {"<channel type='pty'><target type='virtio'/><address type='virtio-serial' "
          "controller='4000000000'/></channel>",
          "<disk type='file'><source file='/a'/><target dev='sda' bus='scsi'/><address type='drive' "
          "controller='4294967295' bus='9' target='9' unit='9'/></disk>",
          "<controller type='usb' index='65535' model='qemu-xhci' ports='4294967295'/><input type='tablet' "
          "bus='usb'/>",
          "<controller type='pci' index='65535' model='pcie-root-port'/>",
          "<disk type='file'><source file='/a'/><target dev='vdzzzzzzzzzzzzzzzz'/></disk>",
          "<disk type='file'><source file='/a'/><target dev='sdzzzz' bus='scsi'/></disk>",
          "<hub type='usb'><address type='usb' bus='99' port='1.2.3.4.5.6'/></hub>",
          "<interface type='user'><address type='pci' bus='0xff' slot='0x1f' function='7'/></interface>",
          "<shmem name='s'><address type='pci' slot='0xffff'/></shmem>"}) {
        const std::string said = error_of([&] { write_domain(defined(devices), schema::definition_view); });
        EXPECT_FALSE(said.empty()) << devices;
    }
}

/// A quick look at the text decides whether a document has to be written anew for those who may not see
/// secrets.
TEST(Domain, SecretsAreWhereTheyAreLookedFor) {
    for (const schema::OutlineEntry& entry : schema::outline<Domain>("domain")) {
        if (entry.rule.show == schema::Show::secure) {
            EXPECT_TRUE(entry.path.ends_with("/@passwd") || entry.path.ends_with("/cookies")) << entry.path;
        }
    }
    EXPECT_TRUE(
        may_have_secrets(write_domain(defined("<graphics type='vnc' passwd='x'/>"), {.secure = true})));
    EXPECT_FALSE(may_have_secrets(write_domain(defined("<graphics type='vnc'/>"), {.secure = true})));
    const Domain with_cookies =
        defined("<disk type='network' device='cdrom'><source protocol='https' name='x'>"
                "<host name='h' port='443'/><cookies><cookie name='a'>b</cookie></cookies>"
                "</source><target dev='sda' bus='sata'/></disk>");
    EXPECT_TRUE(may_have_secrets(write_domain(with_cookies, {.secure = true})));
    EXPECT_FALSE(may_have_secrets(write_domain(with_cookies, {})));
}

TEST(Check, AsksTheDriverBeforeTheDevices) {
    Domain domain = defined("<input type='mouse' bus='ps2'/>");
    domain.devices.inputs.front().type = InputType::tablet;
    domain.name = "a/b";
    schema::Diagnostics problems;
    check(domain, problems,
          [](const Domain&) { fail(ErrorSource::qemu, Code::config_unsupported, "no KVM"); });
    ASSERT_EQ(problems.problems().size(), 3U);
    EXPECT_EQ(problems.problems()[0].path, "/domain/name");
    EXPECT_EQ(problems.problems()[1].text(), "/domain: no KVM");
    EXPECT_EQ(problems.problems()[1].source, ErrorSource::qemu);
    EXPECT_EQ(problems.problems()[2].message, "ps2 bus does not support tablet input device");
}

TEST(Check, NamesEveryProblem) {
    Domain domain = defined("");
    domain.name = "a/b";
    domain.memory.size.value = 0;
    domain.vcpus.current = 9;
    schema::Diagnostics problems;
    check(domain, problems);
    ASSERT_EQ(problems.problems().size(), 3U);
    EXPECT_EQ(problems.problems()[0].text(), "/domain/name: name a/b cannot contain '/'");
    EXPECT_EQ(problems.problems()[1].path, "/domain/memory");
    EXPECT_EQ(problems.problems()[2].path, "/domain/vcpu/@current");
}

TEST(Mac, IsParsedStrictly) {
    EXPECT_EQ(Mac::parse("52:54:0:aB:1:ff")->text(), "52:54:00:ab:01:ff");
    for (const std::string_view bad : {"", "52:54:00:00:00", "52:54:00:00:00:01:02", "52-54-00-00-00-01",
                                       "g:0:0:0:0:0", "525400000001", "123:0:0:0:0:0", "1:2:3:4:5:6 "}) {
        EXPECT_FALSE(Mac::parse(bad).has_value()) << bad;
    }
    EXPECT_TRUE(Mac::parse("01:00:00:00:00:00")->is_multicast());
}

TEST(CpuSet, RangesAndExclusions) {
    const auto set = CpuSet::parse("0-3,^2,8, 64-65");
    ASSERT_TRUE(set.has_value());
    EXPECT_EQ(set->text(), "0-1,3,8,64-65");
    EXPECT_EQ(set->size(), 6U);
    EXPECT_TRUE(set->contains(64));
    EXPECT_FALSE(set->contains(2));
    EXPECT_FALSE(set->contains(1'000'000));
    EXPECT_EQ(set->numbers(), (std::vector<std::uint32_t>{0, 1, 3, 8, 64, 65}));
    EXPECT_EQ(*CpuSet::parse("1,0"), *CpuSet::parse("0-1"));
    for (const std::string_view bad : {"", "a", "3-1", "1-", "-1", "99999", "0-99999", "1,,2", "^"}) {
        EXPECT_FALSE(CpuSet::parse(bad).has_value()) << bad;
    }
}

} // namespace
} // namespace yado::model
