// SPDX-License-Identifier: Apache-2.0
// complete() fills in what a network's document leaves open, as libvirt does when it is defined. What depends
// on the host or on chance comes through NetworkContext.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "model/network/network.h"
#include "model/network/port.h"

namespace yado::model {

struct NetworkContext {
    std::function<Uuid()> new_uuid = [] { return Uuid::random(); };
    /// An address for the bridge; the prefix is libvirt's 52:54:00. Must be set.
    std::function<Mac()> new_mac;
    /// A name no interface of the host and no other network has: `pattern` with a number for its "%d". Must
    /// be set.
    std::function<std::string(std::string_view pattern)> new_bridge;
};

/// Fills `network` as libvirt's define does. Applying it again to the result changes nothing.
void complete(Network& network, const NetworkContext& context);
void complete(NetworkPort& port);

} // namespace yado::model
