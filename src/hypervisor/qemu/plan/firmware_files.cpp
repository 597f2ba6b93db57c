// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/plan/firmware_files.h"

#include "base/error.h"
#include "base/files.h"
#include "base/log.h"

#include <map>
#include <unistd.h>

namespace yado::qemu {

std::vector<FirmwareDescriptor> installed_firmware(const std::string& root) {
    constexpr std::size_t longest = 1U << 20U, most_files = 1000;
    std::map<std::string, std::string> paths; // by name; later folders win
    for (const std::string_view folder : {"/usr/share/qemu/firmware", "/etc/qemu/firmware"}) {
        const std::string directory = root + std::string(folder);
        if (::access(directory.c_str(), F_OK) != 0) continue;
        for (const DirectoryEntry& each : list_directory(directory, most_files)) {
            if (each.name.ends_with(".json") && !each.name.starts_with('.'))
                paths[each.name] = directory + "/" + each.name;
        }
    }
    std::vector<FirmwareDescriptor> result;
    for (const auto& [name, path] : paths) {
        try {
            const std::string text = read_file(path, longest);
            if (!text.empty()) result.push_back(parse_firmware(text));
        } catch (const Error& error) {
            log_warning("qemu.firmware", "'{}' is left out: {}", path, error.message());
        }
    }
    return result;
}

} // namespace yado::qemu
