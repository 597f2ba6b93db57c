// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/plan/smbios.h"

#include "base/error.h"

namespace yado::qemu {
namespace {

std::string table_option(int type, const model::SmbiosTable& table) {
    std::string text = fmt::format("type={}", type);
    for (const model::SmbiosEntry& each : table.entries)
        text += fmt::format(",{}={}", each.name, escaped(each.value));
    return text;
}

const model::Smbios& tables_of(const DeviceContext& context) {
    const model::Domain& domain = context.domain;
    if (domain.os.smbios == model::SmbiosMode::host) {
        if (!context.facts.host_smbios) {
            fail(ErrorSource::qemu, Code::config_unsupported, "Host SMBIOS information is not available");
        }
        return *context.facts.host_smbios;
    }
    const model::Smbios* own = model::smbios_of(domain.sysinfo);
    if (own == nullptr) {
        fail(ErrorSource::qemu, Code::xml_error, "Domain '{}' sysinfo are not available", domain.name);
    }
    return *own;
}

} // namespace

std::vector<std::string> smbios_options(const DeviceContext& context) {
    std::vector<std::string> options;
    const model::SmbiosMode mode = context.domain.os.smbios;
    if (mode != model::SmbiosMode::host && mode != model::SmbiosMode::sysinfo) return options;
    const model::Smbios& tables = tables_of(context);
    if (tables.bios) options.push_back(table_option(0, *tables.bios));
    if (tables.system) {
        model::SmbiosTable system = *tables.system;
        // The host's own would name another machine, which some software counts as a copy.
        if (mode == model::SmbiosMode::host)
            std::erase_if(system.entries, [](const model::SmbiosEntry& each) { return each.name == "uuid"; });
        options.push_back(table_option(1, system));
    }
    if (tables.base_boards.size() > 1) {
        fail(ErrorSource::qemu, Code::config_unsupported,
             "qemu does not support more than one entry to Type 2 in SMBIOS table");
    }
    for (const model::SmbiosTable& board : tables.base_boards) options.push_back(table_option(2, board));
    if (tables.chassis) options.push_back(table_option(3, *tables.chassis));
    if (!tables.oem_strings.empty()) {
        std::string text = "type=11";
        for (const model::OemString& each : tables.oem_strings) text += ",value=" + escaped(each.text);
        options.push_back(std::move(text));
    }
    return options;
}

std::vector<std::string> firmware_config_options(const DeviceContext& context) {
    std::vector<std::string> options;
    for (const model::Sysinfo& each : context.domain.sysinfo) {
        const auto* config = std::get_if<model::FirmwareConfig>(&each.kind);
        if (config == nullptr) continue;
        for (const model::FirmwareFile& file : config->files) {
            const bool by_file = !file.file.empty();
            options.push_back(fmt::format("name={},{}={}", escaped(file.name), by_file ? "file" : "string",
                                          escaped(by_file ? file.file : file.value)));
        }
    }
    return options;
}

} // namespace yado::qemu
