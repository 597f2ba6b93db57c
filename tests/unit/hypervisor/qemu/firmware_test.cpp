// SPDX-License-Identifier: Apache-2.0
// Which firmware a guest gets, from descriptions of our own and, where there are some, those of the host.
#include "hypervisor/qemu/plan/firmware.h"

#include "base/error.h"
#include "hypervisor/qemu/plan/firmware_files.h"
#include "hypervisor/qemu/plan/host_facts.h"
#include "model/domain/document.h"
#include "support/model/fixed_context.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace yado::qemu {
namespace {

FirmwareFacts facts() {
    FirmwareFacts facts;
    facts.descriptors = installed_firmware(YADO_SOURCE_DIR "/tests/golden/qemu/firmware");
    return facts;
}

model::Domain domain_with(std::string_view os, std::string_view features = "<acpi/>",
                          std::string_view machine = "q35", std::string_view word = "efi") {
    return model::parse_definition(
        fmt::format("<domain type='qemu'><name>f</name><memory>65536</memory><os firmware='{}'><type "
                    "arch='x86_64' machine='{}'>hvm</type>{}</os><features>{}</features></domain>",
                    word, machine, os, features),
        test::fixed_context());
}

/// The firmware a domain gets, or why it gets none.
std::string chosen(model::Domain domain) {
    try {
        choose_firmware(domain, facts());
    } catch (const Error& error) {
        return fmt::format("{} {}", static_cast<int>(error.code()), error.message());
    }
    return domain.os.loader ? domain.os.loader->path : "none";
}

TEST(QemuFirmware, FilesOfTheAdministratorReplaceAndHide) {
    std::vector<std::string> paths;
    for (const FirmwareDescriptor& each : facts().descriptors) paths.push_back(each.executable.path);
    EXPECT_EQ(paths, (std::vector<std::string>{
                         "/usr/share/OVMF/OVMF_CODE_4M.ms.fd", "/usr/share/OVMF/OVMF_CODE_4M.secboot.fd",
                         "/usr/share/own/bios.bin", "/usr/share/OVMF/OVMF_CODE_4M.fd"}));
    EXPECT_TRUE(installed_firmware("/nonexistent").empty());
}

TEST(QemuFirmware, WishesDecide) {
    const auto wish = [](std::string_view name, std::string_view enabled) {
        return fmt::format("<firmware><feature name='{}' enabled='{}'/></firmware>", name, enabled);
    };
    EXPECT_EQ(chosen(domain_with("")), "/usr/share/OVMF/OVMF_CODE_4M.ms.fd");
    EXPECT_EQ(chosen(domain_with(wish("secure-boot", "no"))), "/usr/share/OVMF/OVMF_CODE_4M.fd");
    EXPECT_EQ(chosen(domain_with(wish("enrolled-keys", "no"))), "/usr/share/OVMF/OVMF_CODE_4M.secboot.fd");
    EXPECT_EQ(chosen(domain_with("", "<acpi/>", "pc")), "/usr/share/OVMF/OVMF_CODE_4M.fd");
    EXPECT_EQ(chosen(domain_with("<loader stateless='yes'/>")),
              "9 operation failed: Unable to find any firmware to satisfy 'efi'");
    EXPECT_EQ(chosen(domain_with("", "<acpi/>", "q35", "bios")),
              "9 operation failed: Unable to find any firmware to satisfy 'bios'");
    EXPECT_EQ(
        chosen(domain_with("", "<acpi/><smm state='off'/>")),
        "55 Requested operation is not valid: domain has SMM turned off but chosen firmware requires it");
}

TEST(QemuFirmware, TheDomainIsFilledAsLibvirtFillsIt) {
    model::Domain domain = domain_with("");
    choose_firmware(domain, facts());
    EXPECT_EQ(domain.os.loader->type, model::LoaderType::pflash);
    EXPECT_EQ(domain.os.loader->readonly, schema::YesNo::yes);
    EXPECT_EQ(domain.os.loader->secure, schema::YesNo::yes);
    EXPECT_EQ(domain.features.smm->state, schema::OnOff::on);
    EXPECT_EQ(domain.os.nvram->path, "/var/lib/libvirt/qemu/nvram/f_VARS.fd");
    EXPECT_EQ(domain.os.nvram->template_path, "/usr/share/OVMF/OVMF_VARS_4M.ms.fd");
    const std::string once = model::write_domain(domain, schema::definition_view);
    choose_firmware(domain, facts());
    EXPECT_EQ(model::write_domain(domain, schema::definition_view), once);
}

TEST(QemuFirmware, VariablesOfAGivenLoaderAreFound) {
    model::Loader loader;
    loader.path = "/usr/share/OVMF/OVMF_CODE_4M.fd";
    FirmwareFacts known = facts();
    EXPECT_EQ(variables_template(loader, known), "/usr/share/OVMF/OVMF_VARS_4M.fd");
    known.templates = {{loader.path, "/own/VARS.fd"}};
    EXPECT_EQ(variables_template(loader, known), "/own/VARS.fd");
    loader.path = "/unknown";
    EXPECT_EQ(variables_template(loader, known), "");
}

TEST(QemuFirmware, StrangeDescriptionsAreRefused) {
    for (const std::string_view text :
         {"", "[]", "{}", R"({"interface-types":"uefi"})",
          R"({"interface-types":["uefi"],"mapping":{"device":"tape"},"targets":[],"features":[]})",
          R"({"interface-types":[1],"mapping":{},"targets":[],"features":[]})",
          R"({"interface-types":["uefi"],"mapping":{"device":"flash","executable":{"filename":"/a",)"
          R"("format":"vmdk"}},"targets":[],"features":[]})"}) {
        EXPECT_THROW(parse_firmware(text), Error) << text;
    }
    EXPECT_THROW(parse_firmware(std::string(100'000, '[')), Error);
}

TEST(QemuFirmware, TheHostsOwnIsUnderstood) {
    if (::access("/usr/share/qemu/firmware/60-edk2-x86_64.json", R_OK) != 0)
        GTEST_SKIP() << "package ovmf is not installed";
    EXPECT_GE(installed_firmware().size(), 3U);
}

TEST(QemuHostFacts, HugePageMountsAreFound) {
    const auto found = huge_page_mounts("proc /proc proc rw 0 0\n"
                                        "none /mnt/huge1G hugetlbfs rw,relatime,pagesize=1024M 0 0\n"
                                        "hugetlbfs /dev/hugepages hugetlbfs rw,relatime 0 0\n"
                                        "short\n",
                                        2048);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].path, "/dev/hugepages");
    EXPECT_EQ(found[0].size_kib, 2048U);
    EXPECT_EQ(found[1].path, "/mnt/huge1G");
    EXPECT_EQ(found[1].size_kib, 1048576U);
}

} // namespace
} // namespace yado::qemu
