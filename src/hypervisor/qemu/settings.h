// SPDX-License-Identifier: Apache-2.0
// Where the QEMU hypervisor keeps things and how it runs guests; filled by the daemon from its mode and
// qemu.conf.
#pragma once

#include "base/uuid.h"
#include "host/cgroups.h"
#include "host/processes.h"
#include "hypervisor/qemu/plan/plan.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace yado::qemu {

struct Paths {
    std::string lib;         ///< /var/lib/libvirt/qemu: domain-ID-NAME directories
    std::string channels;    ///< /var/lib/libvirt/qemu/channel/target
    std::string run;         ///< /run/libvirt/qemu: NAME.pid
    std::string log;         ///< /var/log/libvirt/qemu: NAME.log
    std::string nvram;       ///< /var/lib/libvirt/qemu/nvram: UEFI variables of guests
    std::string cache;       ///< capabilities of QEMU binaries
    std::string swtpm_state; ///< /var/lib/libvirt/swtpm: UUID/tpm2
    std::string swtpm_log;   ///< /var/log/swtpm/libvirt/qemu
};

struct Settings {
    Paths paths;
    Uuid host_uuid;                                     ///< of this host, for <capabilities>
    std::optional<host::Credentials> credentials;       ///< whom QEMU runs as; ours when unset
    std::optional<host::Credentials> swtpm_credentials; ///< whom emulated TPMs run as
    std::string pr_helper = "/usr/bin/qemu-pr-helper";
    bool dynamic_ownership = true; ///< give disk images to that user while they are used
    bool remember_owner = true;    ///< note in the files whose they were
    std::string vnc_listen = "127.0.0.1";
    std::string vnc_password; ///< of screens that have none of their own; empty: none
    VncFacts vnc;
    SpiceFacts spice;
    CharacterFacts characters;
    unsigned vnc_port_min = 5900, vnc_port_max = 65535;
    unsigned websocket_port_min = 5700, websocket_port_max = 65535;
    bool sandbox = true;
    host::ControllerSet cgroup_controllers = host::ControllerSet::all();
    std::uint64_t max_processes = 0; ///< 0: as the daemon
    std::uint64_t max_files = 0;
    std::optional<std::uint64_t> max_core; ///< bytes, RLIM_INFINITY for no limit; none: as the daemon
    bool dump_guest_core = false;          ///< guest memory in core files, for domains that do not say
    bool process_name = false;             ///< processes are called "qemu:NAME"
    bool log_timestamp = true;
    std::string deprecated = "none"; ///< none, omit, reject, crash: what QEMU does about what it will drop
    std::vector<std::pair<std::string, std::string>> nvram_templates; ///< firmware → its empty variables
};

} // namespace yado::qemu
