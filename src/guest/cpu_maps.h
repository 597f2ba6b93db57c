// SPDX-License-Identifier: Apache-2.0
// Sets of CPUs as calls carry them: one bit a CPU, the lowest first.
#pragma once

#include "model/cpu_set.h"
#include "protocol/wire.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace yado::guest {

inline model::CpuSet set_of(const protocol::Blob& map) {
    model::CpuSet set;
    for (std::size_t byte = 0; byte < map.size(); ++byte) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            const auto cpu = static_cast<std::uint32_t>(byte * 8 + bit);
            if ((map[byte] >> bit & 1U) != 0 && cpu <= model::CpuSet::limit) set.insert(cpu);
        }
    }
    return set;
}

/// Bits that `length` bytes do not hold are left out.
template <class Numbers> protocol::Blob map_of(const Numbers& cpus, std::size_t length) {
    protocol::Blob map(length, 0);
    for (const auto cpu : cpus)
        if (cpu / 8 < length) map[cpu / 8] = static_cast<std::uint8_t>(map[cpu / 8] | 1U << cpu % 8);
    return map;
}

/// As many bytes as it takes, at least one.
template <class Numbers> protocol::Blob map_of(const Numbers& cpus) {
    std::size_t length = 1;
    for (const auto cpu : cpus) length = std::max<std::size_t>(length, cpu / 8 + 1);
    return map_of(cpus, length);
}

} // namespace yado::guest
