// SPDX-License-Identifier: Apache-2.0
// Which firmware a guest gets when its document only says what it wants (<os firmware='efi'>): distributions
// describe theirs in JSON files (QEMU's docs/interop/firmware.json), and the first that fits is taken. Pure
// functions; firmware_files.h reads the files.
#pragma once

#include "model/domain/domain.h"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yado::qemu {

enum class FirmwareDevice : std::uint8_t { flash, memory, kernel };
enum class FlashMode : std::uint8_t { split, combined, stateless };

struct FirmwareImage {
    std::string path;
    model::ImageFormat format = model::ImageFormat::raw;
};

struct FirmwareTarget {
    std::string arch;                  ///< as in domain XML
    std::vector<std::string> machines; ///< patterns with wildcards: "pc-q35-*"
};

struct FirmwareDescriptor {
    std::set<std::string, std::less<>> interfaces; ///< "uefi", "bios"
    FirmwareDevice device{};
    FlashMode mode{};
    FirmwareImage executable, variables; ///< `variables`: what a guest's own are copied from
    std::vector<FirmwareTarget> targets;
    std::set<std::string, std::less<>> features; ///< "secure-boot", "requires-smm" …

    bool has(std::string_view feature) const { return features.contains(feature); }
};

/// Throws config_unsupported, telling what is wrong with it.
FirmwareDescriptor parse_firmware(std::string_view json);

struct FirmwareFacts {
    std::vector<FirmwareDescriptor> descriptors;                ///< the first is preferred
    std::vector<std::pair<std::string, std::string>> templates; ///< qemu.conf: firmware → its empty variables
    std::string nvram_dir = "/var/lib/libvirt/qemu/nvram";
};

/// The first that does what the domain asks for; null when there is none.
const FirmwareDescriptor* find_firmware(const model::Domain& domain,
                                        const std::vector<FirmwareDescriptor>& descriptors);

/// Fills loader, variable store and SMM of a domain that leaves the choice to the daemon; nothing for others.
/// Throws operation_failed when nothing fits, operation_invalid when the domain forbids what fits.
void choose_firmware(model::Domain& domain, const FirmwareFacts& facts);

/// What the guest's variables are copied from when the document does not say; empty when nobody knows.
std::string variables_template(const model::Loader& loader, const FirmwareFacts& facts);

} // namespace yado::qemu
