// SPDX-License-Identifier: Apache-2.0
// What a QEMU process needs around it on the host: directories, its log, the monitor's socket, a cgroup,
// ownership of its files. Made in named steps before it starts, each undone when a later one fails, and taken
// away when it has ended. Everything here blocks.
#pragma once

#include "base/unique_fd.h"
#include "host/cgroups.h"
#include "hypervisor/qemu/plan/plan.h"
#include "hypervisor/qemu/sealing.h"
#include "hypervisor/qemu/settings.h"
#include "model/domain/domain.h"

#include <string>
#include <string_view>
#include <vector>

namespace yado::qemu {

/// Names of one running guest's places, found again from name and id alone.
struct GuestPlaces {
    GuestPlaces(const Paths& paths, std::string_view name, int id);

    std::string domain_dir;  ///< sockets and generated files, removed at the end
    std::string channel_dir; ///< channel sockets whose path the daemon chooses, removed at the end
    std::string monitor;     ///< socket QEMU listens on
    std::string memory_dir;  ///< of files that memory is mapped from, removed at the end
    std::string master_key;  ///< with which secrets are given to QEMU; libvirtd looks for it
    std::string log;
    std::string swtpm_socket; ///< of the emulated TPM, removed at the end
    std::string pid_file;
    std::string cgroup; ///< name for host::Cgroups
};

/// What the new process gets.
struct Prepared {
    UniqueFd monitor_listener;   ///< for QEMU
    UniqueFd monitor;            ///< our end, connected already
    UniqueFd log;                ///< its stdout and stderr
    std::uint64_t log_start = 0; ///< length of the log before QEMU writes
    host::MachineCgroup cgroup;
};

/// What prepare_places() needs beside the plan.
struct LaunchExtras {
    std::uint64_t qemu_version = 0; ///< of the log's first line, as is the next
    std::string package;
    MasterKey master_key{};
    bool reset_nvram = false; ///< firmware variables begin anew
};

/// Throws what the failing step throws, with everything undone.
Prepared prepare_places(const GuestPlaces& places, const LaunchPlan& plan, const Settings& settings,
                        host::Cgroups& cgroups, const LaunchExtras& extras);

/// Takes it all away; what is not there is fine. `reason` ends the log.
void clear_places(const GuestPlaces& places, const model::Domain& domain, const Settings& settings,
                  host::Cgroups& cgroups, std::string_view reason);

/// Files of the domain that change hands while it runs.
std::vector<std::string> lent_files(const model::Domain& domain);
/// Images below and those that copies are made of. Others may use them too, so they are given back only where
/// it is written down whose they were.
std::vector<std::string> shared_files(const model::Domain& domain);

/// What was written to the log from `start` on, at most its last 1 KiB, without our own lines.
std::string log_tail(const std::string& path, std::uint64_t start);

/// Connects to QEMU's monitor; long paths work. Throws system_error.
UniqueFd connect_monitor(const std::string& path);

/// Whether the process is a QEMU of this domain, going by its command line: UUID and name, which no other
/// guest has.
bool runs_domain(pid_t pid, const model::Domain& domain);

/// Ends a QEMU of this domain that no status file tells the pid of (the daemon died while it started it), and
/// what was started beside it.
void kill_stray(const GuestPlaces& places, const model::Domain& domain, host::Cgroups& cgroups);

} // namespace yado::qemu
