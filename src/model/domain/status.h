// SPDX-License-Identifier: Apache-2.0
// The status document of a running guest: what a restarted daemon needs to find it again. It is libvirt's own
// format, so that either daemon can take over from the other; parts that only libvirt uses are carried along.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/domain/domain.h"
#include "model/domain/status_private.h"

namespace yado::model {

struct StatusMonitor {
    std::string path; ///< the QMP socket
    std::string type; ///< "unix"
};
struct StatusVcpu {
    std::uint32_t id = 0;
    std::int32_t pid = 0; ///< the thread
};
struct StatusFlag {
    std::string name;
};
struct StatusDevice {
    std::string alias;
};
struct StatusTaint {
    std::string flag; ///< "high-privileges"
};
struct StatusDeprecation {
    std::string what; ///< "machine type 'pc-1.0'"
};
struct StatusIndex {
    std::uint64_t index = 0;
};

struct StatusNode {
    std::string node;
};
struct StatusJobDisk {
    std::string target;
    schema::YesNo mirror{}; ///< it writes to the disk's mirror
};
/// A job that works on a disk's images, in libvirt's words.
struct StatusBlockJob {
    std::string name, type, state, new_state, broken_type, flags, problem;
    schema::YesNo shallow_new{};
    std::optional<StatusJobDisk> disk;
    std::optional<StatusNode> base, top, above_top;
    bool delete_committed = false;
    schema::Kept rest;
};
struct StatusBlockJobs {
    schema::YesNo active{};
    std::vector<StatusBlockJob> jobs;
};

/// What is known of the process and stays as it is while the guest's state changes.
struct MachineStatus {
    std::int32_t pid = 0;
    std::optional<std::uint64_t>
        process_start; ///< clock ticks since boot: tells the process from a later one with its pid
    StatusMonitor monitor;
    std::vector<StatusVcpu> vcpus;
    std::vector<StatusFlag> capabilities; ///< QEMU's abilities by libvirt's names, without which it gives up
    std::vector<StatusDevice> devices; ///< what has an id in QEMU; libvirt drops devices listed but not there
    std::string lib_dir, channel_target_dir;
    schema::Rare<Cpu> original_cpu; ///< as declared, before the host's details were filled in
    bool logged_by_daemon = false;  ///< virtlogd writes the guest's log
    bool remember_owner = false;    ///< owners of images before are in their extended attributes
    std::optional<StatusIndex> node_name, fd_set; ///< last number given out
    std::optional<std::int32_t> agent_timeout;    ///< seconds; -2: wait
    StatusBlockJobs block_jobs;
    std::vector<StatusPrivate> private_parts; ///< of the domain's devices
    schema::Kept rest;                        ///< namespaces, job, numad, slirp …
    schema::Kept unknown;                     ///< of newer versions
};

struct DomainStatus : MachineStatus {
    std::string state = "running";   ///< "running", "paused", "shutdown", "crashed", "pmsuspended" …
    std::string reason;              ///< "booted", "user", …
    bool reboot_at_shutdown = false; ///< a shutdown now under way is a reboot
    std::vector<StatusTaint> taints;
    std::vector<StatusDeprecation> deprecations;
    Domain domain;
};
void describe(schema::Io& io, DomainStatus& status);

/// Throws Error when the text is no status document.
DomainStatus read_status(std::string_view text);
/// The whole file: leading comment and document.
std::string write_status(const DomainStatus& status);

} // namespace yado::model
