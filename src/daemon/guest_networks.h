// SPDX-License-Identifier: Apache-2.0
// What guests need of networks, in their own words (guest/ports.h).
#pragma once

#include "guest/ports.h"
#include "network/networks.h"

namespace yado::daemon {

/// Fills in what `networks` can do for guests; it must outlive them.
void serve_networks(guest::NetworkPorts& ports, network::Networks& networks);

} // namespace yado::daemon
