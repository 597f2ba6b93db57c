// SPDX-License-Identifier: Apache-2.0
#include "cli/host_words.h"

#include <algorithm>
#include <fmt/format.h>

namespace yado::cli {
namespace {

constexpr unsigned bits_per_byte = 8;
constexpr unsigned marks_max = 65536; ///< a daemon may claim any number

bool is_set(std::span<const std::uint8_t> map, unsigned cpu) {
    return cpu / bits_per_byte < map.size() && (map[cpu / bits_per_byte] >> (cpu % bits_per_byte) & 1) != 0;
}

} // namespace

std::vector<unsigned> set_bits(std::span<const std::uint8_t> map, unsigned count) {
    std::vector<unsigned> bits;
    const std::size_t end = std::min<std::size_t>(count, map.size() * bits_per_byte);
    for (unsigned cpu = 0; cpu < end; ++cpu)
        if (is_set(map, cpu)) bits.push_back(cpu);
    return bits;
}

std::string ranges_text(std::span<const std::uint8_t> map, unsigned count) {
    const std::vector<unsigned> bits = set_bits(map, count);
    std::string text;
    for (std::size_t i = 0; i < bits.size();) {
        std::size_t last = i;
        while (last + 1 < bits.size() && bits[last + 1] == bits[last] + 1) ++last;
        text += text.empty() ? "" : ",";
        text += std::to_string(bits[i]);
        if (last != i) text += fmt::format("-{}", bits[last]);
        i = last + 1;
    }
    return text;
}

std::string marks_text(std::span<const std::uint8_t> map, unsigned count) {
    std::string text;
    for (unsigned cpu = 0; cpu < std::min(count, marks_max); ++cpu) text += is_set(map, cpu) ? 'y' : '-';
    return text;
}

} // namespace yado::cli
