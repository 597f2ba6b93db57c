// SPDX-License-Identifier: Apache-2.0
// Limits of one control group in the same words for cgroup v1 and v2. Everything blocks on sysfs. What is not
// limited is -1. Setters throw system_error naming the file when the kernel refuses, operation_invalid when
// the group has not got the controller.
#pragma once

#include "host/cgroups.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace yado::host {

inline constexpr std::int64_t no_limit = -1;

/// Microseconds of CPU time in every period.
struct CpuTimeLimit {
    std::uint64_t period = 100000;
    std::int64_t quota = no_limit;
    friend bool operator==(const CpuTimeLimit&, const CpuTimeLimit&) = default;
};
/// Bytes. `with_swap` counts memory and swap space together, whatever the kernel counts.
struct MemoryLimit {
    std::int64_t hard = no_limit, with_swap = no_limit;
    friend bool operator==(const MemoryLimit&, const MemoryLimit&) = default;
};
/// What of one block device is limited, a second.
enum class DeviceRate : std::uint8_t { read_bytes, write_bytes, read_operations, write_operations };

class CgroupLimits {
  public:
    /// `group`: a machine's, or a part of it. `parent`: the one above, which a set that is taken away is
    /// copied from.
    CgroupLimits(Cgroups& cgroups, MachineCgroup group, MachineCgroup parent = {})
        : cgroups_(cgroups), group_(std::move(group)), parent_(std::move(parent)) {}

    bool has(Controller controller) const;

    /// Of 1024 usually (v1), of 100 (v2).
    std::optional<std::uint64_t> cpu_shares() const;
    void set_cpu_shares(std::optional<std::uint64_t> shares);
    std::optional<CpuTimeLimit> cpu_time() const;
    void set_cpu_time(const CpuTimeLimit& limit);

    /// "0-3,7"; empty: all that the parent has.
    std::string cpus() const;
    void set_cpus(const std::string& list);
    std::string memory_nodes() const;
    void set_memory_nodes(const std::string& list);

    std::optional<MemoryLimit> memory() const;
    void set_memory(const MemoryLimit& limit);
    /// Bytes.
    std::optional<std::int64_t> soft_memory() const;
    void set_soft_memory(std::int64_t bytes);

    std::optional<std::uint64_t> io_weight() const;
    void set_io_weight(std::optional<std::uint64_t> weight);
    /// `device`: "8:0", see block_device_number(). 0: none of its own.
    void set_device_weight(const std::string& device, std::uint64_t weight);
    /// 0: no limit.
    void set_device_rate(const std::string& device, DeviceRate rate, std::uint64_t value);

  private:
    bool v2(Controller controller) const;
    std::string file(Controller controller, const char* v1, const char* v2_file) const;
    std::optional<std::string> read(Controller controller, const std::string& file) const;
    void write(Controller controller, const std::string& file, const std::string& value);
    void set_list(const char* file, const std::string& list);
    std::optional<std::string> weight_file() const;

    Cgroups& cgroups_;
    MachineCgroup group_, parent_;
};

/// "8:0" of a block device. Throws system_error when it cannot be looked at, invalid_arg when it is none.
std::string block_device_number(const std::string& path);

} // namespace yado::host
