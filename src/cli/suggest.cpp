// SPDX-License-Identifier: Apache-2.0
#include "cli/suggest.h"

#include "cli/command.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

namespace yado::cli {
namespace {

/// Letters to insert, drop, replace or swap with their neighbour to get from one to the other.
std::size_t distance(std::string_view from, std::string_view to) {
    std::vector<std::size_t> before_last;
    std::vector<std::size_t> last(to.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 0; i < from.size(); ++i) {
        std::vector<std::size_t> row(to.size() + 1, i + 1);
        for (std::size_t j = 0; j < to.size(); ++j) {
            const std::size_t replaced = last[j] + (from[i] == to[j] ? 0 : 1);
            row[j + 1] = std::min({replaced, row[j] + 1, last[j + 1] + 1});
            if (i > 0 && j > 0 && from[i] == to[j - 1] && from[i - 1] == to[j])
                row[j + 1] = std::min(row[j + 1], before_last[j - 1] + 1);
        }
        before_last = std::exchange(last, std::move(row));
    }
    return last.back();
}

} // namespace

std::string_view closest_command(std::string_view name) {
    if (name.size() < 3 || name.size() > 64) return {};
    std::size_t best = std::max<std::size_t>(2, name.size() / 3) + 1;
    std::string_view found;
    for (const Command& command : commands()) {
        const std::size_t apart = distance(name, command.name);
        if (apart < best) {
            best = apart;
            found = command.name;
        }
    }
    return found;
}

} // namespace yado::cli
