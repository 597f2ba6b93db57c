// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/capabilities/domain_document.h"
#include "hypervisor/qemu/capabilities/host_document.h"

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "hypervisor/qemu/capabilities/cpu_features.h"
#include "support/base/manual_loop.h"
#include "support/hypervisor/qemu/recorded_capabilities.h"
#include "support/model/golden_file.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <memory>
#include <unistd.h>

namespace yado::qemu {
namespace {

using test_support::ManualLoop;
using test_support::recorded_capabilities;

std::filesystem::path golden(const std::string& name) {
    return std::filesystem::path(YADO_SOURCE_DIR) / "tests/golden/qemu" / name;
}

HostFacts some_host() {
    HostFacts facts;
    facts.uuid = *Uuid::parse("00112233-4455-6677-8899-aabbccddeeff");
    facts.arch = "x86_64";
    facts.cpu.vendor = "GenuineIntel";
    facts.cpu.family = 6;
    facts.cpu.model = 85;
    facts.cpu.stepping = 7;
    facts.cpu.microcode = 0x5003604;
    facts.cpu.physical_bits = 46;
    facts.cpu.cores = 2;
    facts.cpu.threads = 2;
    for (const std::string_view flag : split_words(
             "fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse "
             "sse2 "
             "ss ht syscall nx pdpe1gb rdtscp lm constant_tsc nonstop_tsc cpuid pni pclmulqdq vmx ssse3 cx16 "
             "sse4_1 sse4_2 tsc_deadline_timer aes xsave avx hypervisor lahf_lm ibrs ibpb stibp ssbd")) {
        facts.cpu.flags.emplace_back(flag);
    }
    host::Cell cell;
    cell.memory.value = 8'000'000;
    cell.pages = {{{4}, 2'000'000, 100}, {{2048}, 0, 0}};
    cell.distances = {{0, 10}};
    cell.cpus = {{0, 0, 0, 0, {0, 2}}, {1, 0, 0, 1, {1, 3}}, {2, 0, 0, 0, {0, 2}}, {3, 0, 0, 1, {1, 3}}};
    facts.topology.cells = {cell};
    facts.topology.caches = {
        {0, 1, "data", {32}, {0, 2}}, {0, 2, "both", {1024}, {0, 2}}, {0, 3, "both", {33792}, {0, 1, 2, 3}}};
    facts.power_management = {"suspend_mem", "suspend_disk"};
    facts.iommu = true;
    facts.kvm.reason = "there is no /dev/kvm";
    facts.run_as = host::Credentials{.user = 64055, .group = 64055, .supplementary = {}};
    return facts;
}

CapabilityCache::Pointer shared(QemuCapabilities capabilities) {
    return std::make_shared<const QemuCapabilities>(std::move(capabilities));
}

TEST(HostDocumentTest, WithoutKvm) {
    const std::vector<GuestProgram> programs = {
        {"i686", shared(recorded_capabilities(YADO_SOURCE_DIR, "i686"))},
        {"x86_64", shared(recorded_capabilities(YADO_SOURCE_DIR))}};
    const std::string document = model::write_capabilities(host_document(some_host(), programs));
    EXPECT_TRUE(test::matches_golden(golden("host-without-kvm.xml"), document)) << document;
    EXPECT_EQ(document.find("type='kvm'/>"), std::string::npos);
    EXPECT_EQ(model::write_capabilities(model::read_capabilities(document)), document);
}

TEST(HostDocumentTest, KvmIsOfferedForWhatItRuns) {
    HostFacts facts = some_host();
    facts.kvm = {.usable = true, .reason = {}, .hint = {}, .tsc_hz = 2'500'000'000};
    QemuCapabilities arm = recorded_capabilities(YADO_SOURCE_DIR, "i686");
    arm.arch = "aarch64";
    QemuCapabilities unaccelerated = recorded_capabilities(YADO_SOURCE_DIR);
    unaccelerated.kvm_built = false;
    QemuCapabilities only_kvm = recorded_capabilities(YADO_SOURCE_DIR);
    only_kvm.tcg_built = false;
    const auto types = [&](std::string arch, QemuCapabilities capabilities) {
        const std::vector<GuestProgram> programs = {{std::move(arch), shared(std::move(capabilities))}};
        const model::Capabilities document = host_document(facts, programs);
        std::vector<std::string> names;
        for (const auto& type : document.guests.at(0).arch.domains) names.push_back(type.type);
        return join(names, " ");
    };
    EXPECT_EQ(types("x86_64", recorded_capabilities(YADO_SOURCE_DIR)), "qemu kvm");
    EXPECT_EQ(types("i686", recorded_capabilities(YADO_SOURCE_DIR)), "qemu kvm");
    EXPECT_EQ(types("aarch64", arm), "qemu");
    EXPECT_EQ(types("x86_64", unaccelerated), "qemu");
    EXPECT_EQ(types("x86_64", only_kvm), "kvm");
    const model::Capabilities document = host_document(facts, {});
    ASSERT_TRUE(document.host.cpu.counter);
    EXPECT_EQ(document.host.cpu.counter->frequency, 2'500'000'000U);
}

TEST(HostDocumentTest, ACpuThatIsLessThanKvm64HasNoModel) {
    HostFacts facts = some_host();
    std::erase(facts.cpu.flags, "cx16");
    const model::Capabilities document = host_document(facts, {});
    EXPECT_EQ(document.host.cpu.model, "");
    const auto& features = document.host.cpu.features;
    EXPECT_TRUE(std::ranges::any_of(features, [](const auto& each) { return each.name == "lm"; }));
}

TEST(CpuFeaturesTest, Names) {
    const std::vector<std::string> flags = {"ssbd", "sse4_1", "rep_good", "nonstop_tsc", "xsave"};
    EXPECT_EQ(join(x86_features(flags, "GenuineIntel"), " "), "sse4.1 xsave osxsave ssbd invtsc");
    EXPECT_EQ(join(x86_features(flags, "AuthenticAMD"), " "), "sse4.1 xsave osxsave invtsc amd-ssbd");
    EXPECT_EQ(libvirt_feature("lahf-lm"), "lahf_lm");
    EXPECT_EQ(libvirt_feature("avx512-bf16"), "avx512-bf16");
    EXPECT_EQ(vendor_of_model("EPYC-Rome"), "AMD");
    EXPECT_EQ(vendor_of_model("qemu64"), "unknown");
}

class DomainDocumentTest : public testing::Test {
  protected:
    DomainDocumentTest()
        : cache_(
              loop_,
              [this](std::string binary, Accelerator accelerator) {
                  return answer(this, std::move(binary), accelerator);
              },
              "") {
        for (const char* name : {"/qemu-system-i386", "/qemu-system-x86_64"}) {
            write_file_replacing(root_.path() + name, "", 0755);
        }
        host_.arch = "x86_64";
        host_.binaries = {{"i686", narrow_}, {"x86_64", wide_}};
        host_.kvm.reason = "there is no /dev/kvm";
    }
    static Task<QemuCapabilities> answer(DomainDocumentTest* test, std::string binary,
                                         Accelerator accelerator) {
        QemuCapabilities found =
            recorded_capabilities(YADO_SOURCE_DIR, binary == test->wide_ ? "x86_64" : "i686");
        found.binary = std::move(binary);
        found.accelerator = accelerator;
        if (accelerator == Accelerator::kvm)
            found.host_model = {.model = "kvm-told", .vendor = "", .added = {}, .removed = {}};
        co_return found;
    }
    model::DomainCapabilities get(DomainDocumentRequest request) {
        return loop_.run(domain_document(cache_, host_, std::move(request)));
    }
    std::string failure(DomainDocumentRequest request) {
        try {
            get(std::move(request));
        } catch (const Error& error) {
            EXPECT_EQ(error.source(), ErrorSource::qemu);
            return fmt::format("{} {}", static_cast<int>(error.code()), error.message());
        }
        return "answered";
    }

    TemporaryDirectory root_;
    std::string narrow_ = root_.path() + "/qemu-system-i386";
    std::string wide_ = root_.path() + "/qemu-system-x86_64";
    ManualLoop loop_;
    CapabilityCache cache_;
    DomainDocumentHost host_;
};

TEST_F(DomainDocumentTest, Golden) {
    const QemuCapabilities capabilities = recorded_capabilities(YADO_SOURCE_DIR);
    for (const char* machine : {"pc", "q35"}) {
        const std::string document = model::write_domain_capabilities(
            abilities(capabilities, *capabilities.machine(machine), "x86_64", "qemu"));
        EXPECT_TRUE(test::matches_golden(golden(fmt::format("domain-{}.xml", machine)), document))
            << document;
        EXPECT_EQ(model::write_domain_capabilities(model::read_domain_capabilities(document)), document);
    }
}

TEST_F(DomainDocumentTest, WhatQemuLacksIsNotOffered) {
    QemuCapabilities capabilities = recorded_capabilities(YADO_SOURCE_DIR);
    capabilities.devices = {"ich9-ahci", "virtio-blk-pci"};
    capabilities.objects = {};
    capabilities.commands = {};
    capabilities.cpus = {};
    capabilities.host_model = {};
    const auto document = abilities(capabilities, *capabilities.machine("pc"), "x86_64", "qemu");
    EXPECT_TRUE(document.devices.disk.allows("bus", "ide"));
    EXPECT_TRUE(document.devices.disk.allows("bus", "sata"));
    EXPECT_FALSE(document.devices.disk.allows("bus", "usb"));
    EXPECT_FALSE(document.devices.disk.allows("bus", "fdc"));
    EXPECT_FALSE(document.devices.disk.allows("diskDevice", "floppy"));
    EXPECT_EQ(document.devices.rng.supported, schema::YesNo::no);
    EXPECT_TRUE(document.devices.rng.enums.empty());
    EXPECT_EQ(document.devices.graphics.supported, schema::YesNo::no);
    EXPECT_EQ(document.iothreads, schema::YesNo::no);
    for (const auto& mode : document.cpu_modes) EXPECT_EQ(mode.supported, schema::YesNo::no);
}

TEST_F(DomainDocumentTest, ChoosesWhatIsNotAskedFor) {
    const auto document = get({});
    EXPECT_EQ(document.path, wide_);
    EXPECT_EQ(document.arch, "x86_64");
    EXPECT_EQ(document.machine, "pc-i440fx-7.2");
    EXPECT_EQ(document.domain_type, "qemu");
    EXPECT_EQ(get({.emulator = "", .arch = "i686", .machine = "", .virt_type = ""}).path, narrow_);
    EXPECT_EQ(get({.emulator = wide_, .arch = "i686", .machine = "q35", .virt_type = "none"}).machine,
              "pc-q35-7.2");
    host_.binaries.erase(host_.binaries.begin());
    EXPECT_EQ(get({.emulator = "", .arch = "i686", .machine = "", .virt_type = ""}).path, wide_);
}

TEST_F(DomainDocumentTest, UsesKvmWhereItWorks) {
    host_.kvm = {.usable = true, .reason = {}, .hint = {}, .tsc_hz = {}};
    const auto document = get({});
    EXPECT_EQ(document.domain_type, "kvm");
    EXPECT_EQ(document.cpu_modes.at(0).supported, schema::YesNo::yes); // host-passthrough
    EXPECT_EQ(std::get<model::HostModelMode>(document.cpu_modes.at(2).mode).model.name, "kvm-told");
    EXPECT_EQ(get({.emulator = "", .arch = "", .machine = "", .virt_type = "qemu"}).domain_type, "qemu");
}

TEST_F(DomainDocumentTest, RefusesInLibvirtsWords) {
    const auto asking = [](std::string emulator, std::string arch, std::string machine, std::string type) {
        return DomainDocumentRequest{std::move(emulator), std::move(arch), std::move(machine),
                                     std::move(type)};
    };
    EXPECT_EQ(failure(asking("", "", "", "xxx")), "8 invalid argument: unknown virttype: xxx");
    EXPECT_EQ(failure(asking("", "foo", "", "")), "8 invalid argument: unknown architecture: foo");
    EXPECT_EQ(failure(asking("", "aarch64", "", "")),
              "67 unsupported configuration: unable to find any emulator to serve 'aarch64' architecture");
    EXPECT_EQ(failure(asking("", "", "nope", "test")),
              "8 invalid argument: the machine 'nope' is not supported by emulator '" + wide_ + "'");
    EXPECT_EQ(failure(asking("/nonexistent/qemu", "", "", "")),
              "38 Cannot check QEMU binary /nonexistent/qemu: No such file or directory");
    EXPECT_EQ(failure(asking(narrow_, "", "", "")),
              "8 invalid argument: Emulator '" + narrow_ + "' does not support arch 'x86_64'");
    EXPECT_EQ(
        failure(asking(wide_, "aarch64", "", "")),
        "8 invalid argument: architecture from emulator 'x86_64' doesn't match given architecture 'aarch64'");
    EXPECT_EQ(failure(asking("", "", "", "test")),
              "8 invalid argument: Emulator '" + wide_ + "' does not support virt type 'test'");
    EXPECT_EQ(failure(asking("", "", "", "kvm")),
              "8 invalid argument: Emulator '" + wide_ +
                  "' does not support virt type 'kvm': there is no /dev/kvm");
}

TEST_F(DomainDocumentTest, ProgramsAreAskedTogetherAndBrokenOnesLeftOut) {
    std::vector<FoundBinary> binaries = host_.binaries;
    binaries.insert(binaries.begin(), {"aarch64", root_.path() + "/missing"});
    const auto programs = loop_.run(guest_programs(loop_, cache_, binaries));
    ASSERT_EQ(programs.size(), 2U);
    EXPECT_EQ(programs[0].arch, "i686");
    EXPECT_EQ(programs[0].capabilities->binary, narrow_);
    const auto alone = loop_.run(guest_programs(loop_, cache_, {{"x86_64", wide_}}));
    ASSERT_EQ(alone.size(), 2U);
    EXPECT_EQ(alone[0].arch, "i686");
    EXPECT_EQ(alone[0].capabilities->binary, wide_);
}

TEST(HostDocumentRealTest, AllProgramsOfThisHost) {
    const auto binaries = find_binaries();
    if (binaries.empty()) GTEST_SKIP() << "no qemu-system-* program is installed";
    ManualLoop loop;
    const auto processes = host::make_processes(loop);
    CapabilityCache cache(loop, *processes, "");
    const auto programs = loop.run(guest_programs(loop, cache, binaries));
    EXPECT_GE(programs.size(), binaries.size());
    const auto document = host_document(host_facts(host::Node()), programs);
    EXPECT_FALSE(document.host.cpu.arch.empty());
    for (const auto& guest : document.guests) {
        EXPECT_FALSE(guest.arch.machines.empty()) << guest.arch.name;
        EXPECT_NE(guest.arch.word_size, 0U) << guest.arch.name;
    }
    EXPECT_NO_THROW(model::read_capabilities(model::write_capabilities(document)));
}

} // namespace
} // namespace yado::qemu
