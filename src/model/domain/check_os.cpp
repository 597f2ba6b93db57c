// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "model/domain/check_devices.h"
#include "model/domain/check_machine.h"
#include "model/domain/complete_devices.h"
#include "model/domain/machine.h"

namespace yado::model {

using schema::Diagnostics;
using schema::YesNo;

namespace {

struct OsCheck {
    const Domain& domain;
    const Os& os;
    Diagnostics& out;

    void refuse(ErrorSource source, Code code, std::string_view part, std::string_view text) const {
        problem(out, source, code, fmt::format("/domain/os/{}", part), "{}", text);
    }

    void type() const {
        static constexpr std::array<std::string_view, 6> known{"hvm", "xen", "linux", "exe", "uml", "xenpvh"};
        if (std::ranges::find(known, os.type.type) == known.end()) {
            refuse(domain_conf, Code::config_unsupported, "type",
                   fmt::format("unknown OS type '{}'", os.type.type));
        }
        if (!os.type.arch.empty() && !is_known_arch(os.type.arch)) {
            refuse(domain_conf, Code::config_unsupported, "type/@arch",
                   fmt::format("Unknown architecture {}", os.type.arch));
        }
    }

    /// The document names the firmware itself.
    void given_firmware() const {
        const bool path = os.loader && !os.loader->path.empty();
        if (!os.firmware_features.empty()) {
            refuse(domain_conf, Code::xml_detail, "firmware",
                   "cannot use feature-based firmware autoselection when firmware autoselection is disabled");
        }
        if ((os.loader || os.nvram) && !path) {
            refuse(domain_conf, Code::xml_detail, "loader",
                   "no loader path specified and firmware auto selection disabled");
        }
    }

    void chosen_loader(const Loader& loader) const {
        const auto cannot = [this](std::string_view name) {
            refuse(domain_conf, Code::xml_detail, fmt::format("loader/@{}", name),
                   fmt::format("loader attribute '{}' cannot be specified when firmware autoselection is "
                               "enabled",
                               name));
        };
        if (loader.readonly != YesNo::unset) { cannot("readonly"); }
        if (loader.type != LoaderType::unset || !loader.path.empty()) { cannot("type"); }
        if (loader.secure == YesNo::no) { cannot("secure"); }
    }

    bool wants(FirmwareFeatureName name, YesNo enabled) const {
        const auto found = std::ranges::find(os.firmware_features, name, &FirmwareFeature::name);
        return found != os.firmware_features.end() && found->enabled == enabled;
    }

    /// The daemon looks for one.
    void chosen_firmware() const {
        if (os.loader) { chosen_loader(*os.loader); }
        if (os.nvram && !os.nvram->template_path.empty()) {
            refuse(domain_conf, Code::xml_detail, "nvram/@template",
                   "nvram attribute 'template' cannot be specified when firmware autoselection is enabled");
        }
        if (os.nvram && os.firmware != Firmware::efi) {
            refuse(domain_conf, Code::xml_detail, "nvram",
                   fmt::format("firmware type '{}' does not support nvram", schema::word(os.firmware)));
        }
        if (wants(FirmwareFeatureName::enrolled_keys, YesNo::yes) &&
            wants(FirmwareFeatureName::secure_boot, YesNo::no)) {
            refuse(domain_conf, Code::xml_detail, "firmware/feature",
                   "firmware feature 'enrolled-keys' cannot be enabled when firmware feature 'secure-boot' "
                   "is disabled");
        }
    }

    void tables() const {
        std::set<AcpiTableType> seen;
        for (const AcpiTable& table : os.acpi_tables) {
            if (!seen.insert(table.type).second) {
                refuse(domain_conf, Code::xml_error, "acpi", "Only one acpi table is supported");
            }
        }
    }

    void limits() const {
        constexpr std::int64_t most = 65535; // milliseconds
        if (os.boot_menu && os.boot_menu->timeout.value_or(0) > most) {
            refuse(domain_conf, Code::config_unsupported, "bootmenu/@timeout",
                   "invalid value for boot menu timeout, must be in range [0,65535]");
        }
        const std::int64_t reboot = os.bios ? os.bios->reboot_timeout.value_or(0) : 0;
        if (reboot < -1 || reboot > most) {
            refuse(domain_conf, Code::config_unsupported, "bios/@rebootTimeout",
                   "invalid value for rebootTimeout, must be in range [-1,65535]");
        }
    }

    void of_qemu() const {
        const Loader* loader = os.loader ? &*os.loader : nullptr;
        const bool flash = loader != nullptr && loader->type == LoaderType::pflash;
        if (is_x86(os.type.arch) && (os.firmware == Firmware::efi || flash) && !domain.features.acpi) {
            refuse(driver, Code::config_unsupported, "loader", "UEFI requires ACPI on this architecture");
        }
        if (loader != nullptr && loader->secure == YesNo::yes) {
            const bool smm = domain.features.smm && domain.features.smm->state == schema::OnOff::on;
            if (board_of(domain) != Board::q35) {
                refuse(driver, Code::config_unsupported, "loader/@secure",
                       "Secure boot is supported with q35 machine types only");
            } else if (os.type.arch != "x86_64") {
                refuse(driver, Code::config_unsupported, "loader/@secure",
                       "Secure boot is supported for x86_64 architecture only");
            } else if (!smm) {
                refuse(driver, Code::config_unsupported, "loader/@secure",
                       "Secure boot requires SMM feature enabled");
            }
        }
        if (os.bios && os.bios->use_serial == YesNo::yes && domain.devices.serials.empty()) {
            refuse(driver, Code::xml_error, "bios/@useserial",
                   "need at least one serial port to use BIOS serial output");
        }
    }

    void run() const {
        type();
        if (os.firmware == Firmware::unset) {
            given_firmware();
        } else {
            chosen_firmware();
        }
        if (os.loader && os.loader->stateless == YesNo::yes && os.nvram) {
            refuse(domain_conf, Code::xml_detail, "nvram", "NVRAM is not permitted when loader is stateless");
        }
        tables();
        limits();
        if (is_qemu(domain)) { of_qemu(); }
    }
};

/// month/day/year, as SMBIOS has it.
bool is_bios_date(std::string_view text) {
    const std::size_t first = text.find('/');
    const std::size_t second = first == std::string_view::npos ? first : text.find('/', first + 1);
    if (second == std::string_view::npos) { return false; }
    const std::string_view year = text.substr(second + 1);
    const auto month = parse_number<std::uint32_t>(text.substr(0, first));
    const auto day = parse_number<std::uint32_t>(text.substr(first + 1, second - first - 1));
    return month && day && *month >= 1 && *month <= 12 && *day >= 1 && *day <= 31 &&
           (year.size() == 2 || year.size() == 4) && parse_number<std::uint32_t>(year).has_value();
}

void check_smbios(const Domain& domain, const Smbios& smbios, Diagnostics& out) {
    const auto refuse = [&out](std::string_view part, std::string_view text) {
        problem(out, domain_conf, Code::xml_detail, fmt::format("/domain/sysinfo/{}", part), "{}", text);
    };
    const std::string_view date = smbios.bios ? smbios.bios->value_of("date") : std::string_view();
    if (!date.empty() && !is_bios_date(date)) { refuse("bios/entry", "Invalid BIOS 'date' format"); }
    const std::string_view uuid = smbios.system ? smbios.system->value_of("uuid") : std::string_view();
    if (uuid.empty()) { return; }
    const auto parsed = Uuid::parse(uuid);
    if (!parsed) {
        refuse("system/entry", "malformed <sysinfo> uuid element");
    } else if (*parsed != domain.uuid) {
        refuse("system/entry", "UUID mismatch between <uuid> and <sysinfo>");
    }
}

void check_firmware_config(const Domain& domain, const FirmwareConfig& config, Diagnostics& out) {
    for (const FirmwareFile& each : config.files) {
        const std::string path = "/domain/sysinfo/entry";
        if (each.value.empty() && each.file.empty()) {
            problem(out, domain_conf, Code::xml_error, path,
                    "Firmware entry must have either value or 'file' attribute");
        }
        if (!is_qemu(domain)) { continue; }
        if (!each.name.starts_with("opt/")) {
            problem(out, driver, Code::config_unsupported, path + "/@name", "Invalid firmware name");
        } else if (each.name.starts_with("opt/ovmf/") || each.name.starts_with("opt/org.qemu/")) {
            problem(out, driver, Code::config_unsupported, path + "/@name", "That firmware name is reserved");
        }
    }
}

} // namespace

void check_os(const Domain& domain, Diagnostics& out) { OsCheck{domain, domain.os, out}.run(); }

void check_sysinfo(const Domain& domain, Diagnostics& out) {
    for (const Sysinfo& each : domain.sysinfo) {
        if (const auto* smbios = std::get_if<Smbios>(&each.kind)) { check_smbios(domain, *smbios, out); }
        if (const auto* config = std::get_if<FirmwareConfig>(&each.kind)) {
            check_firmware_config(domain, *config, out);
        }
    }
}

void check_labels(const Domain& domain, Diagnostics& out) {
    std::set<std::string_view> models;
    for (std::size_t i = 0; i < domain.security_labels.size(); ++i) {
        const SecurityLabel& label = domain.security_labels[i];
        const auto refuse = [&](Code code, std::string_view part, std::string_view text) {
            problem(out, domain_conf, code, fmt::format("/domain/seclabel[{}]{}", i + 1, part), "{}", text);
        };
        if (label.type == LabelType::none && label.relabel == YesNo::yes) {
            refuse(Code::config_unsupported, "/@relabel",
                   "resource relabeling is not compatible with 'none' label type");
        }
        if (label.type == LabelType::dynamic && label.relabel == YesNo::no) {
            refuse(Code::config_unsupported, "/@relabel", "dynamic label type must use resource relabeling");
        }
        if (label.type == LabelType::static_ && label.label.empty()) {
            refuse(Code::xml_error, "/label", "security label is missing");
        }
        if (!models.insert(label.model).second) {
            refuse(Code::xml_detail, "/@model",
                   fmt::format("seclabel for model {} is already provided", shown(label.model)));
        }
        if (label.model.empty()) {
            refuse(Code::xml_error, "/@model", "missing security model in domain seclabel");
        }
    }
}

} // namespace yado::model
