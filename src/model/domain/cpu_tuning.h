// SPDX-License-Identifier: Apache-2.0
// <cputune>: which CPUs of the host a guest's threads run on, and how much of them they get.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/cpu_set.h"
#include "schema/io.h"

namespace yado::model {

enum class Scheduler : std::uint8_t { batch, idle, fifo, rr };
enum class CacheType : std::uint8_t { both, code, data };

/// CPU time in microseconds: `quota` in every `period`; 0: not said, a negative quota: no limit.
struct CpuTime {
    std::uint64_t period = 0;
    std::int64_t quota = 0;
};
struct VcpuPin {
    std::uint32_t vcpu = 0;
    CpuSet cpus;
};
struct EmulatorPin {
    CpuSet cpus;
};
struct IoThreadPin {
    std::uint32_t iothread = 0;
    CpuSet cpus;
};
struct Scheduling {
    Scheduler scheduler{};
    std::optional<std::int32_t> priority; ///< of fifo and rr
};
/// complete() leaves one vCPU in each.
struct VcpuScheduling {
    CpuSet vcpus;
    Scheduling scheduling;
};
struct IoThreadScheduling {
    CpuSet iothreads;
    Scheduling scheduling;
};

struct CacheAllocation {
    std::uint32_t id = 0, level = 0;
    CacheType type{};
    std::uint64_t bytes = 0;
};
struct CacheMonitor {
    std::uint32_t level = 0;
    CpuSet vcpus;
};
struct CacheTuning {
    CpuSet vcpus;
    std::string id; ///< of the group the kernel knows; only while the guest runs
    std::vector<CacheAllocation> caches;
    std::vector<CacheMonitor> monitors;
};
struct NodeBandwidth {
    std::uint32_t id = 0, percent = 0;
};
struct BandwidthMonitor {
    CpuSet vcpus;
};
struct BandwidthTuning {
    CpuSet vcpus;
    std::string id;
    std::vector<NodeBandwidth> nodes;
    std::vector<BandwidthMonitor> monitors;
};

struct CpuTuning {
    std::optional<std::uint64_t> shares;
    CpuTime vcpu;     ///< of each vCPU
    CpuTime global;   ///< of the whole guest
    CpuTime emulator; ///< of QEMU's own threads
    CpuTime iothread;
    std::vector<VcpuPin> vcpu_pins;
    schema::Rare<EmulatorPin> emulator_pin;
    std::vector<IoThreadPin> iothread_pins;
    schema::Rare<Scheduling> emulator_scheduling;
    std::vector<VcpuScheduling> vcpu_scheduling;
    std::vector<IoThreadScheduling> iothread_scheduling;
    std::vector<CacheTuning> caches;
    std::vector<BandwidthTuning> memory;
};
void describe(schema::Io& io, CpuTuning& tuning);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::Scheduler> {
    static constexpr std::string_view values[] = {"batch", "idle", "fifo", "rr"};
};
template <> struct EnumNames<model::CacheType> {
    static constexpr std::string_view values[] = {"both", "code", "data"};
};
} // namespace yado::schema
