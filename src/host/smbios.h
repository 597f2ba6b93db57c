// SPDX-License-Identifier: Apache-2.0
// What the firmware says the machine is (SMBIOS tables of /sys/firmware/dmi/tables), as `virsh sysinfo` shows
// it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yado::host {

/// One entry of libvirt's <sysinfo>: name and text.
using SysinfoEntries = std::vector<std::pair<std::string, std::string>>;

struct Sysinfo {
    SysinfoEntries bios;
    SysinfoEntries system;
    std::vector<SysinfoEntries> base_boards;
    SysinfoEntries chassis;
    std::vector<SysinfoEntries> processors;
    std::vector<SysinfoEntries> memory_devices;
    std::vector<std::string> oem_strings;

    bool empty() const;
    /// libvirt's document, two spaces a level, with a line end.
    std::string xml() const;
};

/// The host's. Throws config_unsupported "Host SMBIOS information is not available" when there is none.
Sysinfo read_sysinfo(const std::string& root = {});

/// Decodes a raw structure table; stops quietly where it is cut short or malformed.
Sysinfo parse_smbios(std::string_view table);

} // namespace yado::host
