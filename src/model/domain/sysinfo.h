// SPDX-License-Identifier: Apache-2.0
// <sysinfo>: what the guest's firmware says about the machine (SMBIOS), and files it is given through fw_cfg.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "schema/io.h"

namespace yado::model {

struct SmbiosEntry {
    std::string name, value;
};
/// One table. complete() leaves the entries it has, in the order of `words`.
struct SmbiosTable {
    std::vector<SmbiosEntry> entries;
    /// Empty when there is none.
    std::string_view value_of(std::string_view name) const;
};
/// A text for programs in the guest.
struct OemString {
    std::string text;
};
struct Smbios {
    schema::Rare<SmbiosTable> bios, system;
    std::vector<SmbiosTable> base_boards;
    schema::Rare<SmbiosTable> chassis;
    std::vector<OemString> oem_strings;
};

struct FirmwareFile {
    std::string name; ///< "opt/com.example/name"
    std::string file; ///< of the host that holds the value
    std::string value;
};
struct FirmwareConfig {
    std::vector<FirmwareFile> files;
};

using SysinfoKind = std::variant<Smbios, FirmwareConfig>;
struct Sysinfo {
    SysinfoKind kind;
};
void describe(schema::Io& io, Smbios& smbios);
void describe(schema::Io& io, FirmwareConfig& config);
void describe(schema::Io& io, Sysinfo& sysinfo);

inline constexpr std::string_view smbios_bios[] = {"vendor", "version", "date", "release"};
inline constexpr std::string_view smbios_system[] = {"manufacturer", "product", "version", "serial",
                                                     "uuid",         "sku",     "family"};
inline constexpr std::string_view smbios_base_board[] = {"manufacturer", "product", "version",
                                                         "serial",       "asset",   "location"};
inline constexpr std::string_view smbios_chassis[] = {"manufacturer", "version", "serial", "asset", "sku"};

/// The first <sysinfo type='smbios'>; null when there is none.
const Smbios* smbios_of(const std::vector<Sysinfo>& all);

} // namespace yado::model

namespace yado::schema {
template <> struct UnionTags<model::SysinfoKind> {
    static constexpr std::string_view values[] = {"smbios", "fwcfg"};
};
} // namespace yado::schema
