// SPDX-License-Identifier: Apache-2.0
// What running guests need of the services beside them. The daemon fills these in (daemon/application.cpp);
// an empty function is a service that is not there.
#pragma once

#include "base/async/task.h"
#include "base/uuid.h"
#include "model/auth.h"
#include "model/domain/devices/interface.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace yado::guest {

/// A card of a guest that goes to a virtual network.
struct NetworkPortRequest {
    std::string guest;
    Uuid guest_uuid;
    model::Interface card; ///< of kind network; MAC, name of the network, port group
};
/// What the network makes of it while the guest runs.
struct NetworkPort {
    Uuid id; ///< of the port, which release() finds again
    model::ActualInterface actual;
};

/// An address that a network's DHCP server has given out.
struct LeasedAddress {
    std::string mac, address;
    unsigned prefix = 0;
    bool v6 = false;
};

struct NetworkPorts {
    /// A port for the card. Throws no_network when there is no such network, operation_invalid when it is not
    /// active.
    std::function<Task<NetworkPort>(NetworkPortRequest)> attach;
    /// The guest still has its port after a restart of the daemon. The card says which.
    std::function<Task<void>(NetworkPortRequest)> keep;
    /// The card is gone; its tap is away already. Harmless when there is no port. A card without the port's
    /// id is one whose start was interrupted: the guest and the MAC say which port was made for it.
    std::function<Task<void>(NetworkPortRequest)> release;
    /// Filters of a card with <filterref>, whose tap is there and down; called again after a restart. Throws
    /// when the filter is missing.
    std::function<Task<void>(NetworkPortRequest)> filter;
    std::function<Task<void>(NetworkPortRequest)> unfilter;
    /// Those of the network of this name that have not expired. Throws no_network.
    std::function<Task<std::vector<LeasedAddress>>(std::string)> leases;
};

struct Ports {
    NetworkPorts network;
    /// The value of a secret, private ones too; nothing when there is no such secret. Throws no_secret when
    /// it has no value, config_unsupported when it is for something else.
    std::function<std::optional<std::string>(const model::SecretReference&, model::SecretUsage)> secret;
};

} // namespace yado::guest
