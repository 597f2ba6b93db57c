// SPDX-License-Identifier: Apache-2.0
// <os>: the machine and how it boots.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/io.h"

namespace yado::model {

enum class BootDevice : std::uint8_t { fd, cdrom, hd, network };
enum class LoaderType : std::uint8_t { unset, rom, pflash };
enum class Firmware : std::uint8_t { unset, bios, efi };
enum class SmbiosMode : std::uint8_t { unset, none, emulate, host, sysinfo };

struct BootEntry {
    BootDevice device{};
};
struct Loader {
    schema::YesNo readonly{}, secure{};
    LoaderType type{};
    std::string path;
};
struct Nvram {
    std::string template_path, path;
    schema::Kept rest; ///< source and type of remote stores
};
struct BootMenu {
    schema::YesNo enable{};
    std::optional<std::uint32_t> timeout; ///< milliseconds
};
struct Bios {
    schema::YesNo use_serial{};
    std::optional<std::int32_t> reboot_timeout; ///< milliseconds; -1: do not reboot
};
struct OsType {
    std::string arch, machine;
    std::string type; ///< "hvm", "xen", "exe" …
};

struct Os {
    Firmware firmware{};
    OsType type;
    schema::Kept firmware_features; ///< <firmware><feature …/></firmware>
    schema::Kept init;              ///< init, initarg, initenv, initdir, inituser, initgroup: containers only
    schema::Rare<Loader> loader;
    schema::Rare<Nvram> nvram;
    std::string kernel, initrd, cmdline, dtb;
    schema::Kept acpi;
    std::vector<BootEntry> boot;
    schema::Rare<BootMenu> boot_menu;
    schema::Rare<Bios> bios;
    SmbiosMode smbios{};
};
void describe(schema::Io& io, Os& os);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::BootDevice> {
    static constexpr std::string_view values[] = {"fd", "cdrom", "hd", "network"};
};
template <> struct EnumNames<model::LoaderType> {
    static constexpr std::string_view values[] = {"", "rom", "pflash"};
};
template <> struct EnumNames<model::Firmware> {
    static constexpr std::string_view values[] = {"", "bios", "efi"};
};
template <> struct EnumNames<model::SmbiosMode> {
    static constexpr std::string_view values[] = {"", "none", "emulate", "host", "sysinfo"};
};
} // namespace yado::schema
