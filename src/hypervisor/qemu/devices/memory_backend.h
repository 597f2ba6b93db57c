// SPDX-License-Identifier: Apache-2.0
// Where memory of a guest comes from on the host: the same choice for all its memory, for a cell, and for
// memory that is plugged in.
#pragma once

#include "hypervisor/qemu/devices/device.h"

#include <optional>

namespace yado::qemu {

struct MemoryWish {
    std::string id; ///< "ram-node0"
    std::uint64_t bytes = 0;
    int cell = -1;                              ///< of the guest; -1: no cell in particular
    std::string path;                           ///< the file it is, which keeps its content
    std::string name;                           ///< of a file made for it, where it must be one
    model::MemoryAccess access{};               ///< unset: as <memoryBacking> says
    bool discard = false;                       ///< or where <memoryBacking> says so
    std::optional<std::uint64_t> page_size_kib; ///< unset: as <memoryBacking> says
    model::CpuSet host_nodes;                   ///< empty: any
    std::string_view policy = "bind";           ///< of host_nodes
    std::optional<std::uint64_t> alignment_kib;
    bool persistent = false; ///< the file is on persistent memory
    bool fill = false;       ///< all pages are there before the guest starts: a hole would end it
    bool reserve = true;     ///< not where pages are plugged in one by one
};

/// -object memory-backend-…
boost::json::object memory_backend(const DeviceContext& context, const MemoryWish& wish);

} // namespace yado::qemu
