// SPDX-License-Identifier: Apache-2.0
// Rules that let a network's packets pass where somebody else's filter drops what it does not know: iptables
// tables whose policy is "drop", as Docker and ufw leave them. Each rule has a comment that says whose it is.
#pragma once

#include "host/foreign_filter.h"
#include "model/network/network.h"

#include <string>
#include <string_view>
#include <vector>

namespace yado::network {

/// For iptables-restore --noflush: what is to be put first, as "-I CHAIN …" lines; none when nothing drops.
/// `v6`: those of ip6tables.
std::vector<std::string> pass_rules(const model::Network& network, const host::ForeignChains& chains,
                                    bool v6);
/// The "-D CHAIN …" lines that take away what earlier runs have put there, from what iptables-save prints.
std::vector<std::string> removals(std::string_view saved, const std::string& bridge);
/// The whole input; empty without rules.
std::string restore_input(const std::vector<std::string>& rules);
/// Chains that drop a network's packets and where no rule of ours can be put.
std::vector<std::string> unreachable_chains(const host::ForeignChains& chains);

} // namespace yado::network
