// SPDX-License-Identifier: Apache-2.0
// What makes networks run on a host; the test driver has one that only pretends.
#pragma once

#include "base/async/task.h"
#include "model/network/network.h"
#include "model/network/port.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace yado::network {

/// An address that a network's server has given out.
struct Lease {
    std::string interface; ///< the bridge
    std::string mac;       ///< empty when not known (IPv6)
    std::string address;
    std::string host_name;
    std::string client_id;
    std::string iaid;        ///< IPv6
    std::int64_t expiry = 0; ///< seconds since 1970
    bool v6 = false;
    unsigned prefix = 0;
};

/// Who is plugged into a network, as the name server's table of guests tells other programs.
struct PluggedCard {
    std::string domain;
    std::string mac;
};

class Backend {
  public:
    virtual ~Backend() = default;

    /// Names that a new bridge cannot have.
    virtual Task<std::vector<std::string>> interface_names() = 0;
    /// The name of the interface whose addresses or routes a network would get into the way of; nothing when
    /// it can be started. `own_bridge` is left out.
    virtual Task<std::optional<std::string>> conflict(model::Network network) = 0;
    /// All of it runs when this ends; a failure leaves nothing behind.
    virtual Task<void> start(model::Network network) = 0;
    /// Nothing of it is left.
    virtual Task<void> stop(model::Network network) = 0;
    /// What outlives its runs goes too: the leases.
    virtual Task<void> forget(model::Network network) = 0;
    /// A network that ran under a former daemon: what of it is missing is made again, but for filter rules.
    /// False when it is gone.
    virtual Task<bool> recover(model::Network network) = 0;
    /// The filter rules of exactly these networks.
    virtual Task<void> restore_rules(std::vector<model::Network> networks) = 0;
    /// The running network becomes `now`.
    virtual Task<void> update(model::Network before, model::Network now) = 0;
    virtual Task<void> set_plugged(model::Network network, std::vector<PluggedCard> cards) = 0;
    virtual Task<std::vector<Lease>> leases(model::Network network) = 0;
};

} // namespace yado::network
