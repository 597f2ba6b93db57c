// SPDX-License-Identifier: Apache-2.0
// <memoryBacking>: what the host gives the guest as memory.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/cpu_set.h"
#include "schema/io.h"

namespace yado::model {

enum class BackingSource : std::uint8_t { unset, file, anonymous, memfd };
enum class MemoryAccess : std::uint8_t { unset, shared, private_ };
enum class AllocationMode : std::uint8_t { unset, immediate, ondemand };

struct HugePage {
    std::uint64_t size_kib = 0;
    CpuSet nodes; ///< cells of the guest that have these pages; empty: all that no other entry names
};
/// Without entries: pages of the host's usual size.
struct HugePages {
    std::vector<HugePage> pages;
};
struct Allocation {
    AllocationMode mode{};
    std::optional<std::uint32_t> threads; ///< that touch the pages before the guest starts
};

struct MemoryBacking {
    schema::Rare<HugePages> huge_pages;
    bool no_share_pages = false; ///< the host does not merge pages of equal content
    bool locked = false;         ///< never swapped out
    BackingSource source{};
    MemoryAccess access{}; ///< shared: other processes of the host can map it
    Allocation allocation;
    bool discard = false; ///< the content is thrown away at the end rather than written back
};
void describe(schema::Io& io, MemoryBacking& backing);

/// The pages of a cell of the guest, or of all its memory for cell -1; null for the host's small ones. An
/// entry without a size, which stands for the usual size of huge pages, has size 0.
const HugePage* huge_page_of(const MemoryBacking& backing, int cell);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::BackingSource> {
    static constexpr std::string_view values[] = {"", "file", "anonymous", "memfd"};
};
template <> struct EnumNames<model::MemoryAccess> {
    static constexpr std::string_view values[] = {"", "shared", "private"};
};
template <> struct EnumNames<model::AllocationMode> {
    static constexpr std::string_view values[] = {"", "immediate", "ondemand"};
};
} // namespace yado::schema
