// SPDX-License-Identifier: Apache-2.0
// What the host's packet filter does for networks. One change is one transaction: its rules are there whole
// or not at all.
#pragma once

#include "base/async/task.h"
#include "model/network/network.h"

#include <string>
#include <vector>

namespace yado::network {

class Firewall {
  public:
    virtual ~Firewall() = default;
    /// The rules of a network that has a bridge of its own are in effect when this ends, in place of earlier
    /// ones of the same bridge. `network` is the live form: NAT says its ports.
    virtual Task<void> add(model::Network network) = 0;
    /// Nothing of them is left; without complaint when there was nothing.
    virtual Task<void> remove(std::string bridge) = 0;
    /// Exactly the rules of these are in effect, whatever somebody else has done to them meanwhile.
    virtual Task<void> restore(std::vector<model::Network> networks) = 0;
};

/// Whether rules are made for it: "open" leaves the filtering to the administrator, and networks on a bridge
/// or card of the host are the host's own.
constexpr bool is_filtered(model::ForwardMode mode) {
    return mode == model::ForwardMode::none || mode == model::ForwardMode::nat ||
           mode == model::ForwardMode::route;
}

} // namespace yado::network
