// SPDX-License-Identifier: Apache-2.0
// The command line of every document under tests/golden/domain: CASE.qemu.args, one argument a line, or why this
// release cannot run it, CASE.qemu.errors. The installed QEMU, where there is one, must take every one of them.
#include "hypervisor/qemu/plan/plan.h"

#include "base/error.h"
#include "base/files.h"
#include "model/domain/complete.h"
#include "model/domain/document.h"
#include "support/hypervisor/qemu/recorded_capabilities.h"
#include "support/model/fixed_context.h"
#include "support/model/golden_file.h"

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <map>
#include <ranges>
#include <spawn.h>
#include <sstream>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace yado::qemu {
namespace {

namespace json = boost::json;

const std::filesystem::path folder = std::filesystem::path(YADO_SOURCE_DIR) / "tests/golden/domain";

/// Cases that are a valid definition.
std::vector<std::string> cases() {
    std::vector<std::string> names = test::golden_cases(folder);
    std::erase_if(names, [](const std::string& name) { return !std::filesystem::exists(folder / (name + ".out.xml")); });
    return names;
}

model::Domain domain_of(std::string_view document) {
    model::Domain domain = model::parse_definition(document, test::fixed_context());
    model::assign_aliases(domain);
    return domain;
}

LaunchPlan plan_of(const model::Domain& domain) {
    static const QemuCapabilities recorded = test_support::recorded_capabilities(YADO_SOURCE_DIR);
    LaunchFacts facts;
    facts.id = 1;
    facts.domain_dir = "/var/lib/libvirt/qemu/domain-1-" + domain.name;
    facts.channel_dir = "/var/lib/libvirt/qemu/channel/target/domain-1-" + domain.name;
    return plan(domain, recorded, facts);
}

std::string lines_of(const LaunchPlan& plan, const model::Domain& domain) {
    std::string text;
    for (const auto& [name, value] : plan.environment) text += fmt::format("{}={}\n", name, value);
    for (std::string argument : plan.argv) {
        if (domain.clock.offset == model::ClockOffset::variable && argument.starts_with("base=20")) {
            argument.replace(0, std::min(argument.find(','), argument.size()), "base=NOW"); // it follows the host's clock
        }
        text += argument + "\n";
    }
    return text;
}

class QemuPlan : public testing::TestWithParam<std::string> {};

TEST_P(QemuPlan, IsAsRecorded) {
    std::string arguments;
    std::string errors;
    const model::Domain domain = domain_of(test::read_text(folder / (GetParam() + ".xml")));
    try {
        arguments = lines_of(plan_of(domain), domain);
    } catch (const Error& error) {
        errors = fmt::format("{} {} {}\n", static_cast<int>(error.code()), static_cast<int>(error.source()),
                             error.message());
    }
    EXPECT_TRUE(test::matches_golden(folder / (GetParam() + ".qemu.args"), arguments)) << arguments << errors;
    EXPECT_TRUE(test::matches_golden(folder / (GetParam() + ".qemu.errors"), errors)) << errors;
}

INSTANTIATE_TEST_SUITE_P(All, QemuPlan, testing::ValuesIn(cases()), [](const auto& info) {
    std::string name = info.param;
    std::ranges::replace(name, '-', '_');
    return name;
});

// Fragments that have no file of their own.
LaunchPlan plan_with(const std::string& devices, const std::string& before = "", const std::string& machine = "q35") {
    return plan_of(domain_of(fmt::format(
        "<domain type='qemu'><name>part</name><uuid>c0ffee00-0000-4000-8000-000000000001</uuid>"
        "<memory unit='MiB'>64</memory><os><type arch='x86_64' machine='{}'>hvm</type></os>{}<devices>{}</devices></domain>",
        machine, before, devices)));
}

std::string disk_with(std::string_view driver, std::string_view more = "", std::string_view target = "dev='vda'") {
    return fmt::format("<disk type='file'><driver name='qemu' {}/><source file='/top'/><target {}/>{}</disk>", driver, target,
                       more);
}

/// The arguments that hold `text`, in order.
std::vector<std::string> holding(const LaunchPlan& plan, std::string_view text) {
    std::vector<std::string> found;
    std::ranges::copy_if(plan.argv, std::back_inserter(found), [&](const std::string& each) { return each.contains(text); });
    return found;
}

std::string refusal(const std::string& devices, const std::string& before = "") {
    try {
        plan_with(devices, before);
    } catch (const Error& error) {
        return error.code() == Code::config_unsupported ? error.message() : "another error: " + error.message();
    }
    return "taken";
}

using Texts = std::vector<std::string>;

TEST(QemuPlanDisk, RefusesWhatWouldChangeTheImageOrBeLost) {
    EXPECT_TRUE(refusal(disk_with("type='raw'", "<transient/>")).contains("<transient/> of disk 'vda'"));
    EXPECT_TRUE(refusal(disk_with("type='raw'", "<backingStore type='file'><format type='raw'/><source file='/b'/></backingStore>"))
                    .contains("<backingStore> below an image of format 'raw'"));
    EXPECT_TRUE(refusal(disk_with("type='qcow2'", "<backingStore type='network'><format type='raw'/><source protocol='nbd'>"
                                                  "<host name='h'/></source></backingStore>"))
                    .contains("backing store of type 'network'"));
    EXPECT_TRUE(refusal(disk_with("type='iso'")).contains("storage format 'iso' is not directly supported by QEMU"));
}

TEST(QemuPlanDisk, DetectsZeroesWithoutUnmapWhereTheGuestMayNotDiscard) {
    EXPECT_EQ(holding(plan_with(disk_with("type='raw' detect_zeroes='unmap'")), R"("detect-zeroes":"on")").size(), 1U);
    EXPECT_EQ(holding(plan_with(disk_with("type='raw' detect_zeroes='unmap' discard='unmap'")), R"("detect-zeroes":"unmap")").size(),
              1U);
}

TEST(QemuPlanDisk, CopiesOnReadThroughAFilter) {
    const LaunchPlan plan = plan_with(disk_with("type='raw' copy_on_read='on'"));
    EXPECT_EQ(holding(plan, "copy-on-read"),
              Texts{R"({"driver":"copy-on-read","node-name":"libvirt-CoR-vda","file":"libvirt-1-format","discard":"unmap"})"});
    EXPECT_EQ(holding(plan, R"("drive":"libvirt-CoR-vda")").size(), 1U);
}

TEST(QemuPlanDisk, BuildsTheChainOfTheDocument) {
    const LaunchPlan plan = plan_with(
        disk_with("type='qcow2'", "<backingStore type='file'><format type='qcow2'/><source file='/middle'/>"
                                  "<backingStore type='block'><format type='raw'/><source dev='/dev/low'/><backingStore/>"
                                  "</backingStore></backingStore>") +
        disk_with("type='qcow2'", "<backingStore/>", "dev='vdb'"));
    EXPECT_EQ(holding(plan, R"("-format","read-only")"), Texts{});
    EXPECT_EQ(holding(plan, R"("read-only")"),
              (Texts{R"({"node-name":"libvirt-4-format","read-only":true,"driver":"raw","file":"libvirt-4-storage"})",
                     R"({"node-name":"libvirt-3-format","read-only":true,"driver":"qcow2","file":"libvirt-3-storage","backing":"libvirt-4-format"})",
                     R"({"node-name":"libvirt-2-format","read-only":false,"driver":"qcow2","file":"libvirt-2-storage","backing":"libvirt-3-format"})",
                     R"({"node-name":"libvirt-1-format","read-only":false,"driver":"qcow2","file":"libvirt-1-storage","backing":null})"}));
    EXPECT_EQ(plan.disk_paths, (Texts{"/top", "/middle", "/dev/low", "/top"}));
}

TEST(QemuPlanController, PciRootWithoutHotplugIsAGlobal) {
    const std::string root = "<controller type='pci' index='0' model='pci-root'><target hotplug='off'/></controller>";
    EXPECT_EQ(holding(plan_with(root, "", "pc"), "hotplug"), Texts{"PIIX4_PM.acpi-root-pci-hotplug=off"});
}

TEST(QemuPlanInterface, RomIsTranslated) {
    const std::string card = "<interface type='user'><model type='virtio'/><rom bar='on' file='/x.rom'/></interface>";
    EXPECT_EQ(holding(plan_with(card), R"("rombar":1,"romfile":"/x.rom")").size(), 1U);
}

TEST(QemuPlanCpu, HypervFeaturesAreNamedAsQemuNamesThem) {
    const std::string features = "<features><acpi/><hyperv><relaxed state='on'/><vapic state='off'/><spinlocks state='on' "
                                 "retries='8191'/><stimer state='on'><direct state='on'/></stimer><vendor_id state='on' "
                                 "value='a,b'/></hyperv></features>";
    EXPECT_EQ(holding(plan_with("", features), "hv-"),
              Texts{"qemu64,hv-relaxed=on,hv-spinlocks=0x1fff,hv-stimer=on,hv-stimer-direct=on,hv-vendor-id=a,,b"});
}

TEST(QemuPlanLifecycle, RebootsEndTheGuestWhereAsked) {
    const auto actions = [](std::string_view off, std::string_view reboot) {
        return fmt::format("<on_poweroff>{}</on_poweroff><on_reboot>{}</on_reboot>", off, reboot);
    };
    EXPECT_EQ(holding(plan_with("", actions("destroy", "destroy")), "-no-reboot").size(), 1U);
    EXPECT_EQ(holding(plan_with("", actions("destroy", "restart")), "-no-reboot").size(), 0U);
    EXPECT_TRUE(refusal("", actions("restart", "destroy")).contains("on_reboot 'destroy' with on_poweroff 'restart'"));
}

} // namespace
} // namespace yado::qemu
