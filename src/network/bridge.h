// SPDX-License-Identifier: Apache-2.0
// The bridge of a network with its addresses and routes, and what the host must be set to for it. Everything
// here blocks on the kernel.
#pragma once

#include "host/netlink/network.h"
#include "model/network/network.h"

#include <optional>
#include <string>

namespace yado::network {

host::IpBytes bytes_of(const model::IpAddress& address);

/// Makes the bridge, or takes over one that a former run has left, and switches it on with its addresses and
/// routes; turns forwarding on where the network leads out. A failure leaves no new bridge behind.
/// Throws operation_failed, naming it, for an interface of that name that is not left from us.
void start_bridge(host::Network& host, const model::Network& network);
/// What is missing of a bridge that should be running is made again. False when it is gone.
bool repair_bridge(host::Network& host, const model::Network& network);
/// Without complaint when it is gone.
void stop_bridge(host::Network& host, const model::Network& network);
/// Traffic limits of the bridge: of all guests together.
void limit_bridge(host::Network& host, const model::Network& network);

/// The interface that the network's addresses would get into the way of: it reaches a part of them, or all of
/// them directly. Nothing when there is none. Routes by the network's own bridge do not count.
std::optional<std::string> interface_in_conflict(host::Network& host, const model::Network& network);

} // namespace yado::network
