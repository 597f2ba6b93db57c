// SPDX-License-Identifier: Apache-2.0
// The port to the program that speaks for the operating system inside a guest. What it says is the guest's
// word: sizes are bounded by who implements this, nothing of it is believed beyond being shown. Calls must
// not overlap (Guest::agent_jobs).
//
// Every call throws agent_unresponsive when there is nobody or no answer in time, AgentLacks when the agent
// does not know the command, and internal_error with the agent's words when it refuses.
#pragma once

#include "base/async/loop.h"
#include "base/async/task.h"
#include "base/error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace yado::guest {

/// The agent does not have this command, or has it switched off.
class AgentLacks : public Error {
  public:
    using Error::Error;
};

struct AgentUser {
    std::string name, domain; ///< domain: of Windows
    std::uint64_t login_ms = 0;
};
/// What guest-get-osinfo says, in its own keys ("kernel-release" …), in libvirt's order.
using AgentOsInfo = std::vector<std::pair<std::string, std::string>>;
struct AgentTimezone {
    std::string name;
    std::int32_t offset_seconds = 0;
};
/// Where a disk hangs, as the guest sees it.
struct AgentDiskPlace {
    std::uint32_t pci_domain = 0, pci_bus = 0, pci_slot = 0,
                  pci_function = 0; ///< of its controller or itself
    std::uint32_t bus = 0, target = 0, unit = 0;
    std::string bus_type; ///< "virtio", "scsi", "sata", …
    std::string serial, device;
};
struct AgentFilesystem {
    std::string name, mountpoint, type;
    std::optional<std::uint64_t> used_bytes, total_bytes;
    std::vector<AgentDiskPlace> disks;
};
struct AgentDisk {
    std::string name;
    bool partition = false;
    std::vector<std::string> dependencies;
    std::optional<AgentDiskPlace> place;
    std::string guest_alias;
};
struct AgentAddress {
    bool ipv6 = false;
    std::string address;
    std::uint32_t prefix = 0;
};
struct AgentInterface {
    std::string name, hardware_address;
    std::vector<AgentAddress> addresses;
};
struct AgentVcpu {
    std::uint32_t id = 0;
    bool online = false, can_offline = false;
};

class GuestAgent {
  public:
    /// How long an answer may take; none: as long as it takes.
    using Limit = std::optional<Loop::Duration>;

    virtual ~GuestAgent() = default;
    /// Whether somebody has the guest's end open.
    virtual bool connected() const = 0;

    virtual Task<std::vector<AgentUser>> users(Limit limit) = 0;
    virtual Task<AgentOsInfo> os_info(Limit limit) = 0;
    virtual Task<AgentTimezone> timezone(Limit limit) = 0;
    virtual Task<std::string> host_name(Limit limit) = 0;
    virtual Task<std::vector<AgentFilesystem>> filesystems(Limit limit) = 0;
    virtual Task<std::vector<AgentDisk>> disks(Limit limit) = 0;
    virtual Task<std::vector<AgentInterface>> interfaces(Limit limit) = 0;
    virtual Task<std::vector<AgentVcpu>> vcpus(Limit limit) = 0;
    /// How many of them, from the first on, were set.
    virtual Task<std::size_t> set_vcpus(std::vector<AgentVcpu> vcpus, Limit limit) = 0;
    virtual Task<std::int64_t> time_ns(Limit limit) = 0;
    /// Nothing: from the hardware clock.
    virtual Task<void> set_time_ns(std::optional<std::int64_t> time, Limit limit) = 0;
    /// All when none is named. The number frozen, thawed.
    virtual Task<std::int32_t> freeze(std::vector<std::string> mountpoints, Limit limit) = 0;
    virtual Task<std::int32_t> thaw(Limit limit) = 0;
    virtual Task<void> trim(std::uint64_t minimum_bytes, Limit limit) = 0;
    virtual Task<void> set_password(std::string user, std::string password, bool crypted, Limit limit) = 0;
    virtual Task<std::vector<std::string>> ssh_keys(std::string user, Limit limit) = 0;
    enum class KeyChange { append, replace, remove };
    virtual Task<void> change_ssh_keys(std::string user, std::vector<std::string> keys, KeyChange change,
                                       Limit limit) = 0;
    enum class Power { shutdown, reboot, halt };
    /// Ends when the guest has begun to go.
    virtual Task<void> power(Power what, Limit limit) = 0;
    enum class Sleep { memory, disk, hybrid };
    virtual Task<void> sleep(Sleep how, Limit limit) = 0;
    /// A client's own command and the whole answer, as JSON.
    virtual Task<std::string> raw(std::string command, Limit limit) = 0;
};

} // namespace yado::guest
