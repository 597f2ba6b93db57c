// SPDX-License-Identifier: Apache-2.0
// The network that a host begins with, and where it goes when its addresses are somebody else's.
#pragma once

#include "model/network/network.h"

#include <string>
#include <vector>

namespace yado::network {

/// The document of the network "default": NAT, 192.168.122.0/24.
std::string default_network_xml();

/// Whether the addresses are those of such a network and nothing names them: they may be others.
bool is_movable(const model::Network& network);
/// The same network on each of the other subnets 192.168.N.0/24 in turn, the next ones first.
std::vector<model::Network> other_subnets(const model::Network& network);

} // namespace yado::network
