// SPDX-License-Identifier: Apache-2.0
// <os>: the machine and how it boots.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/storage_source.h"
#include "schema/io.h"

namespace yado::model {

enum class BootDevice : std::uint8_t { fd, cdrom, hd, network };
enum class LoaderType : std::uint8_t { unset, rom, pflash };
enum class Firmware : std::uint8_t { unset, bios, efi };
enum class SmbiosMode : std::uint8_t { unset, none, emulate, host, sysinfo };

enum class FirmwareFeatureName : std::uint8_t { enrolled_keys, secure_boot };
enum class AcpiTableType : std::uint8_t { slic, raw, rawset };

struct BootEntry {
    BootDevice device{};
};
struct Loader {
    schema::YesNo readonly{}, secure{};
    LoaderType type{};
    schema::YesNo stateless{}; ///< yes: the firmware keeps no variables
    ImageFormat format{};      ///< raw when not given
    std::string path;
};
/// The guest's own UEFI variables: a file, or storage of any other kind.
struct Nvram {
    std::string template_path; ///< what the file is made from at the first start
    ImageFormat template_format{}, format{};
    OptionalSource source;
    std::string path;

    /// The file, however it is named; empty for none and for storage of another kind.
    const std::string& file() const;
};
/// UEFI variables as one JSON file, of firmware that keeps them so.
struct Varstore {
    std::string template_path, path;
};
struct FirmwareFeature {
    schema::YesNo enabled{};
    FirmwareFeatureName name{};
};
/// What a container runs first.
struct InitArgument {
    std::string text;
};
struct InitVariable {
    std::string name, value;
};
struct Init {
    std::string path;
    std::vector<InitArgument> arguments;
    std::vector<InitVariable> environment;
    std::string directory, user, group;
    bool empty() const;
};
struct AcpiTable {
    AcpiTableType type{};
    std::string path;
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
    std::vector<FirmwareFeature> firmware_features; ///< wishes for the selection of a firmware
    Init init;                                      ///< of containers
    schema::Rare<Loader> loader;
    schema::Rare<Nvram> nvram;
    schema::Rare<Varstore> varstore;
    std::string kernel, initrd, shim, cmdline, dtb, root;
    std::vector<AcpiTable> acpi_tables;
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
template <> struct EnumNames<model::FirmwareFeatureName> {
    static constexpr std::string_view values[] = {"enrolled-keys", "secure-boot"};
};
template <> struct EnumNames<model::AcpiTableType> {
    static constexpr std::string_view values[] = {"slic", "raw", "rawset"};
};
template <> struct EnumNames<model::SmbiosMode> {
    static constexpr std::string_view values[] = {"", "none", "emulate", "host", "sysinfo"};
};
} // namespace yado::schema
