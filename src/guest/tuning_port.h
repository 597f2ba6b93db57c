// SPDX-License-Identifier: Apache-2.0
// What a Machine tells and takes about limits, threads and figures beyond its life and devices.
#pragma once

#include "model/domain/tuning.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace yado::guest {

/// What the kernel holds a guest to now; nothing where the host has no means for it. -1: no limit.
struct HeldLimits {
    struct Time {
        std::uint64_t period = 0; ///< microseconds
        std::int64_t quota = -1;
    };
    std::optional<std::uint64_t> cpu_shares;
    std::optional<Time> global, vcpu, emulator, iothread;
    std::optional<std::int64_t> hard_kib, soft_kib, swap_kib; ///< memory; the last one memory and swap space
    std::optional<std::uint64_t> io_weight;
    bool block = false; ///< whether disks can be limited at all
    std::string memory_nodes;
};

/// A thread of QEMU that serves disks.
struct IoThreadState {
    std::uint32_t id = 0;
    std::uint64_t poll_max_ns = 0, poll_grow = 0, poll_shrink = 0;
    std::vector<unsigned> cpus; ///< where it may run
};

/// Where a vCPU's thread is, and what it has used.
struct VcpuTimes {
    std::uint64_t run_ns = 0, wait_ns = 0, delay_ns = 0;
    int cpu = -1; ///< of the host; -1: not known
    std::vector<unsigned> cpus;
};

enum class DirtyRateMode : std::uint8_t { page_sampling, dirty_bitmap, dirty_ring };
/// How fast the guest's memory changes, as measured last.
struct DirtyRate {
    int status = 0; ///< virDomainDirtyRateStatus: not started, measuring, measured
    std::int64_t start_time = 0;
    std::int32_t period = 0;    ///< seconds
    std::string mode;           ///< "page-sampling", "dirty-bitmap", "dirty-ring"
    std::int64_t megabytes = 0; ///< a second
    std::vector<std::pair<std::uint64_t, std::uint64_t>> vcpus; ///< the same by vCPU
};

/// What is counted by the kernel, by the words of <perf>.
using PerfCounts = std::vector<std::pair<model::PerfEventName, std::uint64_t>>;

/// Which figures of a guest are wanted: those of the kernel cost nothing and always come.
struct FiguresWanted {
    bool blocks = false, balloon = false, iothreads = false, dirty_rate = false, vcpus = false, perf = false;
};

} // namespace yado::guest
