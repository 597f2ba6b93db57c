// SPDX-License-Identifier: Apache-2.0
// Control groups of machines, cgroup v1, v2 or both mounted (hybrid), laid out as libvirt does without
// systemd-machined, so that its tools find ours and we find its: machine/qemu-ID-NAME.libvirt-qemu, the
// process itself in the child "emulator" where vCPU threads may get groups of their own (v2, cpu, cpuset).
//
// Everything blocks on sysfs. Nothing here is required for a guest to run: what cannot be created is left
// out.
#pragma once

#include "host/processes.h"

#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace yado::host {

enum class CgroupLayout { none, v1, hybrid, v2 };
/// "none", "v1", "hybrid", "v2".
std::string_view name_of(CgroupLayout layout);

/// libvirt's names, which are those of v1; `blkio` is "io" on v2, `cpuacct` part of every v2 group.
enum class Controller : unsigned { cpu, cpuacct, cpuset, memory, blkio, devices, freezer, pids };
inline constexpr unsigned controller_count = 8;
std::string_view name_of(Controller controller);

class ControllerSet {
  public:
    constexpr ControllerSet() = default;
    constexpr ControllerSet(std::initializer_list<Controller> list) {
        for (const Controller c : list) add(c);
    }
    static constexpr ControllerSet all() {
        ControllerSet set;
        set.bits_ = (1u << controller_count) - 1;
        return set;
    }
    constexpr void add(Controller c) { bits_ |= 1u << static_cast<unsigned>(c); }
    constexpr void remove(Controller c) { bits_ &= ~(1u << static_cast<unsigned>(c)); }
    constexpr bool has(Controller c) const { return (bits_ & 1u << static_cast<unsigned>(c)) != 0; }
    constexpr bool empty() const { return bits_ == 0; }
    friend constexpr bool operator==(ControllerSet, ControllerSet) = default;

  private:
    unsigned bits_ = 0;
};

/// The directories of one machine; a plain value, found again by name after a daemon restart.
struct MachineCgroup {
    std::string name;    ///< "qemu-1-web.libvirt-qemu"
    std::string unified; ///< v2 directory, empty when there is none
    std::array<std::string, controller_count>
        separate; ///< v1 directories by controller, empty when there is none

    bool empty() const;
    /// The directory that holds the files of `controller` for the whole machine, empty when it has none.
    const std::string& directory(Controller controller) const;
    /// The groups below it that are called so, for threads that are limited apart: "emulator", "vcpu0",
    /// "iothread1". Only for the controllers that are split; the groups need not exist.
    MachineCgroup part(std::string_view name) const;
};

struct CgroupUsage {
    std::optional<std::uint64_t> cpu_nanoseconds;
    std::optional<std::uint64_t> memory_bytes;
};

/// libvirt's name for a machine's group: "qemu-ID-" and the letters, digits, '-' and '.' of `domain`, no two
/// of the latter in a row and none at the end, 64 characters at most, then ".libvirt-DRIVER".
std::string machine_cgroup_name(std::string_view driver, int id, std::string_view domain);

class Cgroups {
  public:
    Cgroups() = default;
    Cgroups(const Cgroups&) = delete;
    Cgroups& operator=(const Cgroups&) = delete;
    virtual ~Cgroups() = default;

    virtual CgroupLayout layout() const = 0;
    /// Controllers a machine's group can have on this host, as far as is known before one is made.
    virtual ControllerSet available() const = 0;

    /// Makes the groups of a new machine for the controllers `wanted` that the host has, and in any case one
    /// that tracks its processes. Hosts that let us create nothing give an empty result.
    virtual MachineCgroup create(const std::string& name, ControllerSet wanted) = 0;
    /// The groups that exist under `name`; may be empty.
    virtual MachineCgroup find(const std::string& name) const = 0;

    /// For ProcessSpec::cgroup: joined by the new process itself before it runs its program, which on v1
    /// takes no global lock of the kernel (0.06 ms a group, not the 15 ms and more of moving a process from
    /// outside).
    virtual CgroupPlacement placement(const MachineCgroup& machine) const = 0;
    /// Every process of the machine, helpers included, without duplicates.
    virtual std::vector<pid_t> processes(const MachineCgroup& machine) const = 0;
    /// SIGKILL to all of them; they may still be ending on return.
    virtual void kill(const MachineCgroup& machine) = 0;
    /// Removes the groups. False when processes are still in them; call again later.
    virtual bool remove(const MachineCgroup& machine) = 0;

    /// Makes the groups of a part, if they are not there, and puts the thread into them. Throws
    /// operation_invalid when the machine has no controller that can be split, system_error when the kernel
    /// refuses.
    virtual void add_thread(const MachineCgroup& machine, const std::string& part, pid_t thread) = 0;
    /// Whether the part has groups of its own.
    virtual bool has_part(const MachineCgroup& machine, const std::string& part) const = 0;
    /// Removes a part without threads; nothing when it is not there.
    virtual void remove_part(const MachineCgroup& machine, const std::string& part) = 0;

    virtual CgroupUsage usage(const MachineCgroup& machine) const = 0;
    /// Content of one file, e.g. (memory, "memory.max"); nothing when it is not there.
    virtual std::optional<std::string> read(const MachineCgroup& machine, Controller controller,
                                            const std::string& file) const = 0;
    /// Throws operation_invalid when the machine lacks the controller, system_error when the kernel refuses.
    virtual void write(const MachineCgroup& machine, Controller controller, const std::string& file,
                       const std::string& value) = 0;
};

/// The real thing. `mountinfo` lists the mounts (the default is this process's), `partition` is the parent of
/// all machines, from the root of each hierarchy.
std::unique_ptr<Cgroups> make_cgroups(const std::string& mountinfo = "/proc/self/mountinfo",
                                      const std::string& partition = "/machine");

} // namespace yado::host
