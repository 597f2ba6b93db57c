// SPDX-License-Identifier: Apache-2.0
// What guests keep on the host from one start to the next: firmware variables and emulated TPMs.
#include "base/error.h"
#include "base/files.h"
#include "hypervisor/qemu/hypervisor.h"
#include "model/domain/complete_machine.h"

#include <unistd.h>

namespace yado::qemu {
namespace {

/// Empty when it has none in a file. A domain whose firmware the daemon chooses need not name it.
std::string nvram_file(const model::Domain& domain, const std::string& directory) {
    if (domain.os.nvram && !domain.os.nvram->file().empty()) return domain.os.nvram->file();
    return domain.os.firmware == model::Firmware::efi ? model::nvram_path(directory, domain.name) : "";
}

/// The folder below the daemon's own that holds it; empty when it has none there.
std::string tpm_folder(const model::Domain& domain, const std::string& directory) {
    for (const model::Tpm& tpm : domain.devices.tpms) {
        const auto* emulator = std::get_if<model::TpmEmulator>(&tpm.backend);
        if (emulator != nullptr && !emulator->source) return directory + "/" + domain.uuid.text();
    }
    return {};
}

} // namespace

Task<bool> QemuHypervisor::has_belonging(model::Domain domain, guest::Belonging what) {
    const std::string path = what == guest::Belonging::nvram
                                 ? nvram_file(domain, settings_.paths.nvram)
                                 : tpm_folder(domain, settings_.paths.swtpm_state);
    auto look = [&path] { return !path.empty() && ::access(path.c_str(), F_OK) == 0; };
    const bool there = co_await blocking(loop_, look);
    co_return there;
}

Task<void> QemuHypervisor::remove_belonging(model::Domain domain, guest::Belonging what) {
    auto remove = [this, &domain, what] {
        if (what == guest::Belonging::nvram) {
            const std::string path = nvram_file(domain, settings_.paths.nvram);
            if (!path.empty()) remove_file_durably(path);
        } else if (const std::string folder = tpm_folder(domain, settings_.paths.swtpm_state);
                   !folder.empty()) {
            remove_tree(folder);
        }
    };
    co_await blocking(loop_, remove);
}

} // namespace yado::qemu
