// SPDX-License-Identifier: Apache-2.0
// What a card gets when it is plugged into a network: a place on a bridge or on one of the host's cards, and
// the settings that the network and its port group add.
#pragma once

#include "network/network.h"

namespace yado::network {

/// Fills `port`, a request, for the active `network`, whose ports tell what is taken. With `reclaim` the port
/// says itself what it is plugged into, and has been.
/// Throws internal_error, operation_unsupported or invalid_arg in libvirt's words when it cannot be.
void plug_in(const Network& network, model::NetworkPort& port, bool reclaim);

/// The running form as clients see it: with how many use it, and each of its cards.
model::Network with_connections(const Network& network);

} // namespace yado::network
