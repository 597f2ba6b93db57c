// SPDX-License-Identifier: Apache-2.0
// The way of a guest's packets through a virtual network, step by step: guest, bridge, host, outside. What
// stops them is named. The command is `net-check`.
#pragma once

#include "cli/checkup.h"
#include "host/foreign_filter.h"
#include "host/netlink/network.h"
#include "model/network/network.h"

#include <optional>
#include <string>
#include <vector>

namespace yado::cli {

/// A card of a guest that is to be on the network.
struct CheckedCard {
    std::string guest, device, mac;
    std::optional<host::Link> link;   ///< of `device`
    std::optional<std::string> lease; ///< the address it was given
};

/// All that is looked at.
struct NetworkView {
    model::Network network;
    bool active = false;
    std::optional<host::Link> bridge;
    std::vector<host::LinkAddress> addresses; ///< of the bridge
    std::vector<std::string> ports;           ///< what is plugged into it
    std::vector<CheckedCard> cards;
    std::string ip_forward, ip6_forward; ///< "1" when on; empty when this kernel has none such
    std::vector<host::HostRoute> routes;
    bool rules = false; ///< the bridge is in the daemon's table
    host::ForeignChains foreign;
    std::vector<std::string> silent; ///< chains among them that do not name the bridge, as text
    bool server = false;             ///< the name server runs
    bool leading_device_up = false;  ///< the device of <forward dev=…>
};

/// In the order of the way. Only the first steps when the later ones follow from them.
std::vector<Finding> check_network(const NetworkView& view);

} // namespace yado::cli
