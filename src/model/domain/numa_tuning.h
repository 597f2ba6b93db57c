// SPDX-License-Identifier: Apache-2.0
// <numatune>: which NUMA nodes of the host the guest's memory is taken from.
#pragma once

#include <cstdint>
#include <vector>

#include "model/cpu_set.h"
#include "schema/io.h"

namespace yado::model {

enum class NumaMode : std::uint8_t { unset, strict, preferred, interleave, restrictive };
enum class NumaPlacement : std::uint8_t { unset, static_, auto_ };

struct NumaMemory {
    NumaMode mode{};
    NumaPlacement placement{};
    CpuSet nodes;
};
/// Of one cell of the guest.
struct NumaCellMemory {
    std::uint32_t cell = 0;
    NumaMode mode{};
    CpuSet nodes;
};
struct NumaTuning {
    schema::Rare<NumaMemory> memory;
    std::vector<NumaCellMemory> cells;
};
void describe(schema::Io& io, NumaTuning& tuning);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::NumaMode> {
    static constexpr std::string_view values[] = {"", "strict", "preferred", "interleave", "restrictive"};
};
template <> struct EnumNames<model::NumaPlacement> {
    static constexpr std::string_view values[] = {"", "static", "auto"};
};
} // namespace yado::schema
