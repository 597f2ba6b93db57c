// SPDX-License-Identifier: Apache-2.0
// The <domstatus> document: what a restarted daemon needs to find a running guest again, around its live <domain>.
// Names are libvirt's (9.0), whose files can be read; what it writes and we do not know is kept.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/domain/domain.h"

namespace yado::model {

struct MonitorAddress {
    std::string path; ///< of the socket QEMU listens on
    std::string type; ///< "unix"
};
struct VcpuThread {
    std::uint32_t id = 0;
    std::int64_t pid = 0; ///< thread id
};
struct StatusDevice {
    std::string alias;
};
/// What only this daemon writes; libvirt ignores it.
struct StatusExtra {
    std::uint64_t process_start = 0; ///< clock ticks since boot, so that a reused pid is not taken for the guest
};

struct DomainStatus {
    std::string state, reason; ///< guest/states.h has the words
    std::int64_t pid = 0;
    MonitorAddress monitor;
    std::vector<VcpuThread> vcpus;
    std::vector<StatusDevice> devices;
    bool reboot_at_shutdown = false; ///< <fakereboot/>
    StatusExtra extra;
    schema::Kept rest;
    Domain domain;
};
void describe(schema::Io& io, DomainStatus& status);

/// The file's text.
std::string write_status(const DomainStatus& status);
/// Throws Error when `text` is no status document.
DomainStatus read_status(std::string_view text);

} // namespace yado::model
