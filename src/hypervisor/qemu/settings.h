// SPDX-License-Identifier: Apache-2.0
// Where the QEMU hypervisor keeps things and how it runs guests; filled by the daemon from its mode and
// qemu.conf.
#pragma once

#include "base/uuid.h"
#include "host/cgroups.h"
#include "host/processes.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace yado::qemu {

struct Paths {
    std::string lib;      ///< /var/lib/libvirt/qemu: domain-ID-NAME directories
    std::string channels; ///< /var/lib/libvirt/qemu/channel/target
    std::string run;      ///< /run/libvirt/qemu: NAME.pid
    std::string log;      ///< /var/log/libvirt/qemu: NAME.log
    std::string nvram;    ///< /var/lib/libvirt/qemu/nvram: UEFI variables of guests
    std::string cache;    ///< capabilities of QEMU binaries
};

struct Settings {
    Paths paths;
    Uuid host_uuid;                               ///< of this host, for <capabilities>
    std::optional<host::Credentials> credentials; ///< whom QEMU runs as; ours when unset
    bool dynamic_ownership = true;                ///< give disk images to that user while they are used
    std::string vnc_listen = "127.0.0.1";
    unsigned vnc_port_min = 5900, vnc_port_max = 65535;
    bool sandbox = true;
    host::ControllerSet cgroup_controllers = host::ControllerSet::all();
    std::uint64_t max_processes = 0; ///< 0: as the daemon
    std::uint64_t max_files = 0;
    std::optional<std::uint64_t> max_core; ///< bytes; none: unlimited
};

} // namespace yado::qemu
