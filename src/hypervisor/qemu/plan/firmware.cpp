// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/plan/firmware.h"

#include "base/error.h"
#include "hypervisor/qemu/capabilities/capabilities.h"
#include "model/domain/complete_machine.h"

#include <algorithm>
#include <boost/json.hpp>
#include <fnmatch.h>

namespace yado::qemu {
namespace {

namespace json = boost::json;
using model::FirmwareFeatureName;
using schema::YesNo;

[[noreturn]] void malformed(std::string_view what) {
    fail(ErrorSource::qemu, Code::config_unsupported, "firmware description: {}", what);
}

const json::value& member(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    if (value == nullptr) malformed(fmt::format("no '{}'", name));
    return *value;
}
const json::object& object_of(const json::value& value, std::string_view name) {
    if (!value.is_object()) malformed(fmt::format("'{}' is no object", name));
    return value.get_object();
}
const json::array& array_of(const json::value& value, std::string_view name) {
    if (!value.is_array()) malformed(fmt::format("'{}' is no list", name));
    return value.get_array();
}
std::string text_of(const json::value& value, std::string_view name) {
    if (!value.is_string()) malformed(fmt::format("'{}' is no string", name));
    return std::string(value.get_string());
}

FirmwareImage image_of(const json::object& mapping, std::string_view name) {
    const json::object& file = object_of(member(mapping, name), name);
    FirmwareImage image;
    image.path = text_of(member(file, "filename"), "filename");
    const std::string format = text_of(member(file, "format"), "format");
    const auto known = schema::from_word<model::ImageFormat>(format);
    if (known != model::ImageFormat::raw && known != model::ImageFormat::qcow2)
        malformed(fmt::format("format '{}'", format));
    image.format = *known;
    return image;
}

void read_mapping(FirmwareDescriptor& result, const json::object& mapping) {
    const std::string device = text_of(member(mapping, "device"), "device");
    if (device == "memory" || device == "kernel") {
        result.device = device == "memory" ? FirmwareDevice::memory : FirmwareDevice::kernel;
        result.mode = FlashMode::stateless;
        result.executable.path = text_of(member(mapping, "filename"), "filename");
        return;
    }
    if (device != "flash") malformed(fmt::format("device '{}'", device));
    const json::value* mode = mapping.if_contains("mode");
    const std::string word = mode == nullptr ? "split" : text_of(*mode, "mode");
    if (word != "split" && word != "combined" && word != "stateless")
        malformed(fmt::format("mode '{}'", word));
    result.mode = word == "split"      ? FlashMode::split
                  : word == "combined" ? FlashMode::combined
                                       : FlashMode::stateless;
    result.executable = image_of(mapping, "executable");
    if (result.mode == FlashMode::split) result.variables = image_of(mapping, "nvram-template");
}

bool fits_machine(const FirmwareDescriptor& firmware, const model::OsType& type) {
    return std::ranges::any_of(firmware.targets, [&type](const FirmwareTarget& target) {
        return target.arch == type.arch && std::ranges::any_of(target.machines, [&](const std::string& each) {
                   return ::fnmatch(each.c_str(), type.machine.c_str(), 0) == 0;
               });
    });
}

/// Secure Boot and keys: what is not asked for may be either way.
bool fits_wishes(const FirmwareDescriptor& firmware, const model::Os& os) {
    return std::ranges::all_of(os.firmware_features, [&firmware](const model::FirmwareFeature& wish) {
        return wish.enabled == YesNo::unset ||
               firmware.has(schema::word(wish.name)) == (wish.enabled == YesNo::yes);
    });
}

bool fits_loader(const FirmwareDescriptor& firmware, const model::Os& os) {
    const YesNo stateless = os.loader ? os.loader->stateless : YesNo::unset;
    const YesNo secure = os.loader ? os.loader->secure : YesNo::unset;
    if (secure == YesNo::yes && !firmware.has("requires-smm")) return false;
    if (stateless == YesNo::yes) return firmware.mode == FlashMode::stateless;
    // Variables of a guest must be its own.
    return os.firmware != model::Firmware::efi || firmware.mode == FlashMode::split;
}

std::string_view memory_encryption(const model::Domain& domain) {
    if (!domain.launch_security) return {};
    const model::LaunchSecurityKind& kind = domain.launch_security->kind;
    constexpr std::uint32_t encrypted_state = 4; // bit of the policy
    if (const auto* sev = std::get_if<model::Sev>(&kind))
        return (sev->policy & encrypted_state) != 0 ? "amd-sev-es" : "amd-sev";
    if (std::holds_alternative<model::SevSnp>(kind)) return "amd-sev-snp";
    return std::holds_alternative<model::Tdx>(kind) ? "intel-tdx" : "";
}

bool fits(const FirmwareDescriptor& firmware, const model::Domain& domain) {
    const bool efi = domain.os.firmware == model::Firmware::efi;
    if (!firmware.interfaces.contains(efi ? "uefi" : "bios")) return false;
    if (firmware.device == FirmwareDevice::kernel) return false;
    if (domain.pm.suspend_to_mem == YesNo::yes && !firmware.has("acpi-s3")) return false;
    if (domain.pm.suspend_to_disk == YesNo::yes && !firmware.has("acpi-s4")) return false;
    const std::string_view encryption = memory_encryption(domain);
    if (!encryption.empty() && !firmware.has(encryption)) return false;
    return fits_machine(firmware, domain.os.type) && fits_wishes(firmware, domain.os) &&
           fits_loader(firmware, domain.os);
}

void place_variables(model::Domain& domain, const FirmwareDescriptor& firmware, const FirmwareFacts& facts) {
    model::Nvram& nvram = domain.os.nvram.ensure();
    if (nvram.path.empty() && nvram.source.index() == 0)
        nvram.path = model::nvram_path(facts.nvram_dir, domain.name);
    if (nvram.template_path.empty()) nvram.template_path = firmware.variables.path;
    if (firmware.variables.format != model::ImageFormat::raw) nvram.format = firmware.variables.format;
}

} // namespace

FirmwareDescriptor parse_firmware(std::string_view text) {
    boost::system::error_code error;
    const json::value document = json::parse(text, error);
    if (error) malformed(error.message());
    const json::object& object = object_of(document, "the whole");
    FirmwareDescriptor result;
    for (const json::value& each : array_of(member(object, "interface-types"), "interface-types"))
        result.interfaces.insert(text_of(each, "interface-types"));
    read_mapping(result, object_of(member(object, "mapping"), "mapping"));
    for (const json::value& each : array_of(member(object, "targets"), "targets")) {
        const json::object& target = object_of(each, "targets");
        FirmwareTarget& added = result.targets.emplace_back();
        added.arch = arch_of_target(text_of(member(target, "architecture"), "architecture"));
        for (const json::value& machine : array_of(member(target, "machines"), "machines"))
            added.machines.push_back(text_of(machine, "machines"));
    }
    for (const json::value& each : array_of(member(object, "features"), "features"))
        result.features.insert(text_of(each, "features"));
    return result;
}

const FirmwareDescriptor* find_firmware(const model::Domain& domain,
                                        const std::vector<FirmwareDescriptor>& descriptors) {
    for (const FirmwareDescriptor& each : descriptors) {
        if (fits(each, domain)) return &each;
    }
    return nullptr;
}

void choose_firmware(model::Domain& domain, const FirmwareFacts& facts) {
    model::Os& os = domain.os;
    if (os.firmware == model::Firmware::unset || (os.loader && !os.loader->path.empty())) return;
    const FirmwareDescriptor* found = find_firmware(domain, facts.descriptors);
    if (found == nullptr) {
        fail(ErrorSource::qemu, Code::operation_failed, "Unable to find any firmware to satisfy '{}'",
             schema::word(os.firmware));
    }
    model::Loader& loader = os.loader.ensure();
    loader.path = found->executable.path;
    loader.type = found->device == FirmwareDevice::flash ? model::LoaderType::pflash : model::LoaderType::rom;
    if (loader.type == model::LoaderType::pflash) {
        loader.readonly = YesNo::yes;
        if (found->executable.format != model::ImageFormat::raw) loader.format = found->executable.format;
    }
    if (found->mode == FlashMode::split) place_variables(domain, *found, facts);
    if (!found->has("requires-smm")) return;
    model::Smm& smm = domain.features.smm.ensure();
    if (smm.state == schema::OnOff::off) {
        fail(ErrorSource::qemu, Code::operation_invalid,
             "domain has SMM turned off but chosen firmware requires it");
    }
    smm.state = schema::OnOff::on;
    loader.secure = YesNo::yes;
}

std::string variables_template(const model::Loader& loader, const FirmwareFacts& facts) {
    for (const auto& [firmware, variables] : facts.templates) {
        if (firmware == loader.path) return variables;
    }
    for (const FirmwareDescriptor& each : facts.descriptors) {
        if (each.device == FirmwareDevice::flash && each.executable.path == loader.path)
            return each.variables.path;
    }
    return {};
}

} // namespace yado::qemu
