// SPDX-License-Identifier: Apache-2.0
// The chains a filter can belong to: "root", or a protocol's name with any ending ("arp-mine").
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace yado::model {

inline constexpr std::string_view root_chain = "root";

struct FilterChain {
    std::string_view prefix;
    std::optional<std::int32_t> priority; ///< among the chains, when the filter says none
};
inline constexpr FilterChain filter_chains[] = {{"mac", -800},  {"vlan", -750}, {"stp", {}},   {"arp", -500},
                                                {"rarp", -400}, {"ipv4", -700}, {"ipv6", -600}};

/// Null for "root" and for names that are no chain's.
constexpr const FilterChain* chain_of(std::string_view name) {
    for (const FilterChain& chain : filter_chains) {
        if (name.starts_with(chain.prefix)) { return &chain; }
    }
    return nullptr;
}

} // namespace yado::model
