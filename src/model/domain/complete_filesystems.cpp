// SPDX-License-Identifier: Apache-2.0
// File systems, as libvirt fills them.
#include "model/domain/complete_devices.h"

#include <fmt/format.h>

namespace yado::model {
namespace {

void complete_usage(RamSource& memory) {
    std::uint64_t kib = 0;
    const std::string text = fmt::format("{} {}", memory.usage, memory.units.empty() ? "KiB" : memory.units);
    if (schema::parse_size(text, 1024, kib) == schema::no_problem) {
        memory.usage = kib;
        memory.units = "KiB";
    }
}

} // namespace

void complete_filesystems(Domain& domain) {
    for (Filesystem& filesystem : domain.devices.filesystems) {
        if (auto* memory = std::get_if<RamSource>(&filesystem.source)) { complete_usage(*memory); }
        FilesystemDriver& driver = filesystem.driver;
        if (driver.type == FilesystemDriverType::unset) { // these belong to a type
            driver.format = ImageFormat::unset;
            driver.write_policy = WritePolicy::unset;
        }
        if (!filesystem.is_virtiofs()) {
            driver.queue = 0;
            filesystem.binary = VirtiofsBinary();
        }
        const MountSource* mount = filesystem.mount();
        const bool served_elsewhere = mount != nullptr && !mount->socket.empty();
        if (filesystem.access == FilesystemAccess::unset && mount != nullptr && !served_elsewhere) {
            filesystem.access = FilesystemAccess::passthrough;
        }
    }
}

} // namespace yado::model
