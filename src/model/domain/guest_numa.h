// SPDX-License-Identifier: Apache-2.0
// <numa> of <cpu>: the nodes the guest sees, how far they are from each other and what is between them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/cpu_set.h"
#include "model/domain/memory_backing.h"
#include "schema/io.h"

namespace yado::model {

enum class NumaAssociativity : std::uint8_t { unset, none, direct, full };
enum class NumaCachePolicy : std::uint8_t { unset, none, writeback, writethrough };
enum class NumaTraffic : std::uint8_t { access, read, write };

struct NumaDistance {
    std::uint32_t cell = 0;
    std::uint32_t value = 0; ///< 10 is the cell itself, 255 out of reach
};
/// A cache of the memory side, as ACPI's HMAT tells of it.
struct NumaCache {
    std::uint32_t level = 0;
    NumaAssociativity associativity{};
    NumaCachePolicy policy{};
    std::uint64_t size_kib = 0;
    std::uint64_t line = 0; ///< bytes
};
struct NumaCell {
    std::optional<std::uint32_t> id; ///< its place when not given
    CpuSet cpus;
    std::uint64_t memory_kib = 0;
    MemoryAccess access{};
    schema::YesNo discard{};
    std::vector<NumaDistance> distances;
    std::vector<NumaCache> caches;
};
/// From the CPUs of one cell to the memory of another, or to one of its caches.
struct NumaPath {
    std::uint32_t initiator = 0, target = 0;
    std::optional<std::uint32_t> cache; ///< level
    NumaTraffic traffic{};
};
struct NumaLatency {
    NumaPath path;
    std::uint64_t value = 0; ///< nanoseconds
};
struct NumaBandwidth {
    NumaPath path;
    std::uint64_t kib = 0; ///< a second
};
struct Interconnects {
    std::vector<NumaLatency> latencies;
    std::vector<NumaBandwidth> bandwidths;
    bool empty() const { return latencies.empty() && bandwidths.empty(); }
};

struct GuestNuma {
    std::vector<NumaCell> cells;
    Interconnects interconnects;

    std::uint64_t memory_kib() const;
    /// Whether one is told otherwise than QEMU assumes: 10 in a cell, 20 between two.
    bool has_distances() const;
    bool has_caches() const;
    /// From the first to the second, by their places.
    std::uint32_t distance(std::size_t from, std::size_t to) const;
};
void describe(schema::Io& io, GuestNuma& numa);

inline constexpr std::uint32_t local_distance = 10, remote_distance = 20, unreachable_distance = 255;
/// QEMU's own limit.
inline constexpr std::size_t most_numa_cells = 128;

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::NumaAssociativity> {
    static constexpr std::string_view values[] = {"", "none", "direct", "full"};
};
template <> struct EnumNames<model::NumaCachePolicy> {
    static constexpr std::string_view values[] = {"", "none", "writeback", "writethrough"};
};
template <> struct EnumNames<model::NumaTraffic> {
    static constexpr std::string_view values[] = {"access", "read", "write"};
};
} // namespace yado::schema
