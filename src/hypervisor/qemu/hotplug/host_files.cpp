// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/hotplug/host_files.h"

#include "base/error.h"
#include "base/fault.h"
#include "base/files.h"
#include "hypervisor/qemu/launch.h"
#include "hypervisor/qemu/ownership.h"

#include <fcntl.h>
#include <unistd.h>

namespace yado::qemu {
namespace {

bool lends(const Settings& settings) { return settings.credentials && settings.dynamic_ownership; }

void make_log(const std::string& path, const Settings& settings) {
    const UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
    if (!fd) fail_errno("cannot open '{}'", path);
    if (settings.credentials &&
        ::fchown(fd.get(), settings.credentials->user, settings.credentials->group) != 0)
        fail_errno("cannot give '{}' to QEMU's user", path);
}

} // namespace

void lend_files(const DeviceParts& parts, const Settings& settings) {
    std::vector<std::string> lent;
    try {
        for (const std::string& path : parts.log_files) make_log(path, settings);
        for (const std::string& path : parts.paths) {
            fault::point("hotplug.lend");
            if (::access(path.c_str(), F_OK) != 0) {
                Error error = system_error(errno, fmt::format("Cannot access storage file '{}'", path));
                throw error.set_source(ErrorSource::storage);
            }
            if (!lends(settings)) continue;
            lend_file(path, *settings.credentials, settings.remember_owner);
            lent.push_back(path);
        }
    } catch (...) {
        return_files(lent, settings);
        throw;
    }
}

void return_files(const std::vector<std::string>& paths, const Settings& settings) noexcept {
    if (!lends(settings)) return;
    for (const std::string& path : paths) return_file(path, *settings.credentials);
}

void return_images(const model::Disk& disk, const Settings& settings) noexcept {
    if (!lends(settings)) return;
    model::Domain alone;
    alone.devices.disks.push_back(disk);
    for (const std::string& path : lent_files(alone)) return_file(path, *settings.credentials);
    for (const std::string& path : shared_files(alone))
        return_file(path, *settings.credentials, GiveBack::if_remembered);
}

} // namespace yado::qemu
