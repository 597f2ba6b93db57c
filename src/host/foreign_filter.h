// SPDX-License-Identifier: Apache-2.0
// Packet filters of others on this host: what accepts nothing but what its own rules name drops packets that
// our rules have accepted.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace yado::host {

/// A base chain with the policy "drop".
struct DroppingChain {
    std::string family; ///< "ip", "ip6", "inet", "bridge" …
    std::string table, name;
    std::string hook; ///< "input", "forward" …

    /// One that the program iptables (or ip6tables) manages.
    bool of_iptables() const;
    /// "table ip filter, chain FORWARD"
    std::string text() const;
};

struct ForeignChains {
    std::vector<DroppingChain> dropping;       ///< hooks input and forward
    bool docker_v4 = false, docker_v6 = false; ///< there is Docker's chain for rules of others
};

/// Reads what `nft -j list chains` prints. Throws internal_error when it is something else.
ForeignChains foreign_chains(std::string_view json);

} // namespace yado::host
