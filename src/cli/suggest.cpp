// SPDX-License-Identifier: Apache-2.0
#include "cli/suggest.h"

#include "cli/command.h"

#include <algorithm>
#include <numeric>

namespace yado::cli {
namespace {

/// Letters to insert, drop or replace to get from one to the other.
std::size_t distance(std::string_view from, std::string_view to) {
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < from.size(); ++i) {
        std::size_t corner = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < to.size(); ++j) {
            const std::size_t replaced = corner + (from[i] == to[j] ? 0 : 1);
            corner = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
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
