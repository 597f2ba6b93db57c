// SPDX-License-Identifier: Apache-2.0
// From a completed domain to the command line that runs it: a pure function, so that tests need only text
// files. The same device builders serve hotplug later, which is why they give JSON properties.
#pragma once

#include "hypervisor/qemu/capabilities/capabilities.h"
#include "model/domain/domain.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace yado::qemu {

/// What the plan needs to know that is not in the domain.
struct LaunchFacts {
    int id = 0;
    std::string domain_dir;  ///< "/var/lib/libvirt/qemu/domain-1-vm", for sockets the daemon chooses
    std::string channel_dir; ///< for channel sockets without a path
    int monitor_fd = 3;      ///< number, in the child, of the listening monitor socket
    bool sandbox = true;     ///< qemu.conf seccomp_sandbox
    std::string vnc_listen = "127.0.0.1"; ///< qemu.conf
};

/// A guest's own UEFI variables, copied from a template at its first start.
struct NvramCopy {
    std::string path, from; ///< `from` is empty when the file must be there
};

struct LaunchPlan {
    std::vector<std::string> argv; ///< argv[0] is the binary
    std::vector<std::pair<std::string, std::string>> environment;
    std::vector<std::string> disk_paths;      ///< files QEMU opens for writing or reading, for ownership
    std::vector<std::string> read_only_paths; ///< kernel, initrd, firmware …
    NvramCopy nvram;
    std::vector<std::string> log_files; ///< made before start, owned by QEMU's user
};

/// `domain`: completed, with aliases assigned and graphics ports chosen. Throws config_unsupported naming the
/// element and QEMU's version for what this QEMU cannot do or this release does not translate yet (never
/// drops a device).
LaunchPlan plan(const model::Domain& domain, const QemuCapabilities& capabilities, const LaunchFacts& facts);

} // namespace yado::qemu
