// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/plan/host_facts.h"

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "base/units.h"
#include "host/smbios.h"
#include "hypervisor/qemu/plan/firmware_files.h"

#include <algorithm>

namespace yado::qemu {
namespace {

constexpr std::size_t longest_list = 4U << 20U;

/// "Hugepagesize:    2048 kB" of /proc/meminfo.
std::uint64_t usual_huge_page_kib(std::string_view meminfo) {
    constexpr std::string_view name = "Hugepagesize:";
    const std::size_t at = meminfo.find(name);
    if (at == std::string_view::npos) return 0;
    const std::string_view rest = meminfo.substr(at + name.size());
    const std::string_view line = trim(rest.substr(0, rest.find('\n')));
    return parse_number<std::uint64_t>(line.substr(0, line.find(' '))).value_or(0);
}

model::SmbiosTable table_of(const host::SysinfoEntries& entries) {
    model::SmbiosTable table;
    for (const auto& [name, value] : entries) table.entries.push_back({name, value});
    return table;
}

model::Smbios smbios_of_host(const std::string& root) {
    const host::Sysinfo found = host::read_sysinfo(root);
    model::Smbios result;
    if (!found.bios.empty()) result.bios = table_of(found.bios);
    if (!found.system.empty()) result.system = table_of(found.system);
    for (const host::SysinfoEntries& each : found.base_boards) result.base_boards.push_back(table_of(each));
    if (!found.chassis.empty()) result.chassis = table_of(found.chassis);
    for (const std::string& each : found.oem_strings) result.oem_strings.push_back({each});
    return result;
}

bool needs_huge_pages(const model::Domain& domain) {
    const auto asks = [](const model::MemoryDevice& each) {
        return each.source && each.source->page_size_kib.has_value();
    };
    return (domain.memory_backing && domain.memory_backing->huge_pages) ||
           std::ranges::any_of(domain.devices.memories, asks);
}

} // namespace

std::vector<HugePageMount> huge_page_mounts(std::string_view mounts, std::uint64_t usual_kib) {
    std::vector<HugePageMount> found;
    while (!mounts.empty()) {
        const std::string_view line = mounts.substr(0, mounts.find('\n'));
        mounts.remove_prefix(std::min(line.size() + 1, mounts.size()));
        // device, place, type, options …
        std::string_view fields[4];
        std::string_view rest = line;
        for (std::string_view& field : fields) {
            field = rest.substr(0, rest.find(' '));
            rest.remove_prefix(std::min(field.size() + 1, rest.size()));
        }
        if (fields[2] != "hugetlbfs") continue;
        HugePageMount mount{.size_kib = usual_kib, .path = std::string(fields[1])};
        if (const std::size_t at = fields[3].find("pagesize="); at != std::string_view::npos) {
            const std::string_view size = fields[3].substr(at + 9);
            mount.size_kib = to_kib(parse_bytes(size.substr(0, size.find(',')))).value;
        }
        found.push_back(std::move(mount));
    }
    std::ranges::partition(found,
                           [usual_kib](const HugePageMount& each) { return each.size_kib == usual_kib; });
    return found;
}

HostFindings look_at_host(const model::Domain& domain, const std::string& root) {
    HostFindings found;
    const bool flash = domain.os.loader && domain.os.loader->type == model::LoaderType::pflash;
    if (domain.os.firmware != model::Firmware::unset || flash) found.firmware = installed_firmware(root);
    if (needs_huge_pages(domain)) {
        const std::string meminfo = read_file(root + "/proc/meminfo", longest_list);
        found.huge_pages =
            huge_page_mounts(read_file(root + "/proc/mounts", longest_list), usual_huge_page_kib(meminfo));
    }
    if (domain.os.smbios == model::SmbiosMode::host) found.smbios = smbios_of_host(root);
    return found;
}

void HostFindings::add_to(LaunchFacts& facts) && {
    facts.firmware.descriptors = std::move(firmware);
    if (facts.huge_pages.empty()) facts.huge_pages = std::move(huge_pages);
    facts.host_smbios = std::move(smbios);
}

} // namespace yado::qemu
