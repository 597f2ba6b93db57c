// SPDX-License-Identifier: Apache-2.0
// The networks of one URI with what they run on.
#pragma once

#include "base/async/loop.h"
#include "daemon/drivers.h"
#include "daemon/paths.h"
#include "host/hooks.h"
#include "host/netlink/network.h"
#include "host/nftables.h"
#include "host/processes.h"
#include "network/backend.h"
#include "network/firewall.h"
#include "network/foreign_filters.h"
#include "network/name_server.h"
#include "network/network_service.h"
#include "network/networks.h"

#include <chrono>
#include <memory>
#include <optional>

namespace yado::daemon {

/// What networks of the host run on; none for networks that live in memory.
struct NetworkHost {
    host::Processes& processes;
    const Paths& paths;
    std::chrono::seconds hook_limit;
};

class HostNetworks {
  public:
    /// Adds its service to `driver`, which must outlive this object.
    HostNetworks(Loop& loop, Driver& driver, const std::optional<NetworkHost>& host);
    ~HostNetworks();

    /// Finds the networks of a former daemon; before clients come.
    Task<void> begin();
    network::Networks& networks() const { return *networks_; }
    network::NetworkService& service() { return *service_; }

  private:
    std::unique_ptr<host::Network> kernel_;
    std::unique_ptr<host::Nftables> nftables_;
    std::unique_ptr<network::Firewall> firewall_;
    std::unique_ptr<network::NameServers> servers_;
    std::optional<network::ForeignFilters> foreign_;
    std::unique_ptr<network::Backend> backend_;
    std::optional<host::Hooks> hooks_;
    std::unique_ptr<network::Networks> networks_;
    std::unique_ptr<network::NetworkService> service_;
    std::string first_network_; ///< defined where there has never been one
    bool in_memory_ = false;
};

} // namespace yado::daemon
