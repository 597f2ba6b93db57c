// SPDX-License-Identifier: Apache-2.0
// What a domain says of CPUs, memory and disks of the host, as settings of the kernel; and bringing the
// kernel from one set of settings to another.
#pragma once

#include "host/cgroup_limits.h"
#include "host/threads.h"
#include "model/domain/domain.h"

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace yado::qemu {

enum class Knob : std::uint8_t {
    cpu_shares,
    cpu_time,
    memory,
    soft_memory,
    io_weight,
    device_weight,
    read_bytes,
    write_bytes,
    read_operations,
    write_operations,
    cpus,
    memory_nodes,
    affinity,
    scheduling,
};
/// One thing that can be set. `part`: "" for the whole guest, "emulator", "vcpu0", "iothread1"; `device`: the
/// path of a block device of the host.
struct Setting {
    std::string part;
    Knob knob{};
    std::string device;
    friend auto operator<=>(const Setting&, const Setting&) = default;
};
/// A number (bytes for memory), a set of numbers, …; monostate: as it is when nothing is said.
using SettingValue = std::variant<std::monostate, std::int64_t, host::CpuTimeLimit, host::MemoryLimit,
                                  model::CpuSet, host::Scheduling>;
using LimitSettings = std::map<Setting, SettingValue>;

inline constexpr std::string_view emulator_part = "emulator";
std::string vcpu_part(std::size_t number);
std::string iothread_part(std::uint32_t id);

/// Everything the domain says; what it leaves open is not there.
LimitSettings settings_of(const model::Domain& domain);
/// Whether its vCPUs or I/O threads are limited otherwise than the rest and need groups of their own.
bool needs_parts(const LimitSettings& settings);
/// Numbers of its I/O threads.
std::vector<std::uint32_t> iothread_ids(const model::Domain& domain);

/// Sets what is for the whole guest, before its QEMU runs. Throws config_unsupported when the host cannot do
/// what the domain says. Blocking.
void limit_before_start(host::Cgroups& cgroups, host::Threads& threads, const host::MachineCgroup& group,
                        const model::Domain& domain);

/// The threads of a running QEMU.
struct GuestThreads {
    pid_t process = 0;
    std::vector<pid_t> vcpus; ///< by number; 0: not plugged in
    std::map<std::uint32_t, pid_t> iothreads;
};

/// What limits are set with. Everything blocks.
struct Limiting {
    host::Cgroups& cgroups;
    host::Threads& threads;
    host::MachineCgroup group;
    GuestThreads guest;

    /// Throws config_unsupported when the host has not got what the settings need.
    void require(const LimitSettings& settings) const;
    /// Sets what differs; when one thing fails everything is set back. `whole_guest`: what does not need the
    /// process.
    enum class Which { whole_guest, all };
    void change(const LimitSettings& before, const LimitSettings& after, Which which = Which::all);
    /// Sets what is for one part, whose thread is new.
    void place(const LimitSettings& settings, const std::string& part);

  private:
    void set(const Setting& setting, const SettingValue& value);
    void set_group(const Setting& setting, const SettingValue& value);
    void set_threads(const Setting& setting, const SettingValue& value);
    std::vector<pid_t> threads_of(const std::string& part) const;
    void split();
    void join();
    bool is_split() const;
};

} // namespace yado::qemu
