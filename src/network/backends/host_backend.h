// SPDX-License-Identifier: Apache-2.0
// Networks of this host: bridges in the kernel, a name server for each, filter rules.
#pragma once

#include "base/async/loop.h"
#include "host/netlink/network.h"
#include "network/backend.h"
#include "network/firewall.h"
#include "network/foreign_filters.h"
#include "network/name_server.h"

namespace yado::network {

class HostBackend final : public Backend {
  public:
    /// `foreign`: null where other filters are not looked at.
    HostBackend(Loop& loop, host::Network& host, Firewall& firewall, NameServers& servers,
                ForeignFilters* foreign)
        : loop_(loop), host_(host), firewall_(firewall), servers_(servers), foreign_(foreign) {}

    Task<std::vector<std::string>> interface_names() override;
    Task<std::optional<std::string>> conflict(model::Network network) override;
    Task<void> start(model::Network network) override;
    Task<void> stop(model::Network network) override;
    Task<void> forget(model::Network network) override;
    Task<bool> recover(model::Network network) override;
    Task<void> restore_rules(std::vector<model::Network> networks) override;
    Task<void> update(model::Network before, model::Network now) override;
    Task<void> set_plugged(model::Network network, std::vector<PluggedCard> cards) override;
    Task<std::vector<Lease>> leases(model::Network network) override;

  private:
    Task<void> start_steps(model::Network network);

    Loop& loop_;
    host::Network& host_;
    Firewall& firewall_;
    NameServers& servers_;
    ForeignFilters* foreign_;
};

} // namespace yado::network
