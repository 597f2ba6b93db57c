// SPDX-License-Identifier: Apache-2.0
// <blkiotune>, <memtune>, <resource> and <perf>: the share of the host a guest gets of disks and memory, and
// what is counted while it runs. <cputune> is in cpu_tuning.h, <numatune> in numa_tuning.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/units.h"
#include "schema/io.h"

namespace yado::model {

/// Limits on one device of the host; 0: none.
struct BlockDeviceTuning {
    std::string path;
    std::uint32_t weight = 0;
    std::uint32_t read_iops = 0, write_iops = 0;   ///< a second
    std::uint64_t read_bytes = 0, write_bytes = 0; ///< a second
};
struct BlockTuning {
    std::uint32_t weight = 0;
    std::vector<BlockDeviceTuning> devices;
};
void describe(schema::Io& io, BlockTuning& tuning);

struct MemoryTuning {
    std::optional<KiB> hard_limit, soft_limit, min_guarantee, swap_hard_limit;
};
void describe(schema::Io& io, MemoryTuning& tuning);
/// As much as libvirt can say; means that there is no limit.
inline constexpr KiB unlimited_memory{9007199254740991};

struct Resources {
    std::string partition; ///< the cgroup the guest's is made in
    std::string app_id;    ///< VMID of its Fibre Channel frames
};
void describe(schema::Io& io, Resources& resources);

enum class PerfEventName : std::uint8_t {
    cmt,
    mbmt,
    mbml,
    cpu_cycles,
    instructions,
    cache_references,
    cache_misses,
    branch_instructions,
    branch_misses,
    bus_cycles,
    stalled_cycles_frontend,
    stalled_cycles_backend,
    ref_cpu_cycles,
    cpu_clock,
    task_clock,
    page_faults,
    context_switches,
    cpu_migrations,
    page_faults_min,
    page_faults_maj,
    alignment_faults,
    emulation_faults,
};
struct PerfEvent {
    PerfEventName name{};
    schema::YesNo enabled{};
};
void describe(schema::Io& io, PerfEvent& event);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::PerfEventName> {
    static constexpr std::string_view values[] = {"cmt",
                                                  "mbmt",
                                                  "mbml",
                                                  "cpu_cycles",
                                                  "instructions",
                                                  "cache_references",
                                                  "cache_misses",
                                                  "branch_instructions",
                                                  "branch_misses",
                                                  "bus_cycles",
                                                  "stalled_cycles_frontend",
                                                  "stalled_cycles_backend",
                                                  "ref_cpu_cycles",
                                                  "cpu_clock",
                                                  "task_clock",
                                                  "page_faults",
                                                  "context_switches",
                                                  "cpu_migrations",
                                                  "page_faults_min",
                                                  "page_faults_maj",
                                                  "alignment_faults",
                                                  "emulation_faults"};
};
} // namespace yado::schema
