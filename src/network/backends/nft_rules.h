// SPDX-License-Identifier: Apache-2.0
// The rules of networks in nft's language: one table, "inet yado", in which a packet finds its network's
// chains through maps of bridges and of addresses, so that the number of networks costs nothing.
#pragma once

#include "model/network/network.h"

#include <span>
#include <string>

namespace yado::network {

inline constexpr const char* nft_table = "inet yado";

/// Commands that put the rules of one network in place of its earlier ones, and the table where it is
/// missing.
std::string nft_add(const model::Network& network);
/// Commands that take them away. They fail where something of them is missing.
std::string nft_remove(const model::Network& network);
/// Commands after which the table holds the rules of these and nothing else; without any, no table.
std::string nft_rebuild(std::span<const model::Network> networks);

} // namespace yado::network
