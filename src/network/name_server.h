// SPDX-License-Identifier: Apache-2.0
// The dnsmasq processes of networks. They are no children of the daemon: each goes into the background by
// itself, outlives the daemon, and is found again by its pid file.
#pragma once

#include "base/async/loop.h"
#include "host/processes.h"
#include "network/backend.h"
#include "network/dnsmasq.h"

#include <memory>
#include <string>

namespace yado::network {

class NameServers {
  public:
    struct Places {
        std::string directory; ///< of configurations and leases: /var/lib/libvirt/dnsmasq
        std::string runtime;   ///< of pid files: /run/libvirt/network
        std::string program;   ///< dnsmasq; empty: looked for
        std::string daemon;    ///< our own program, which is the lease program too
    };
    NameServers(Loop& loop, host::Processes& processes, Places places);

    /// Writes its files and starts it. Throws operation_failed or internal_error with what dnsmasq says; then
    /// no file of it is left.
    Task<void> start(model::Network network);
    /// Ends the process and removes what only it needed. Leases stay, so that guests keep their addresses.
    Task<void> stop(model::Network network);
    /// Removes its leases.
    Task<void> forget(model::Network network);
    /// Starts it when it does not run.
    Task<void> recover(model::Network network);
    /// Files of `now`; the process reads what it can read again, and is started anew for the rest.
    Task<void> update(model::Network before, model::Network now);
    Task<void> set_plugged(model::Network network, std::vector<PluggedCard> cards);
    Task<std::vector<Lease>> leases(model::Network network);

  private:
    DnsmasqPaths paths_of(const model::Network& network) const {
        return dnsmasq_paths(network, places_.directory, places_.runtime);
    }
    Task<void> run(model::Network network);
    /// Null when it does not run.
    Task<std::unique_ptr<host::Child>> find(model::Network network);
    Task<void> end(model::Network network);
    std::string lease_program_path() const;

    Loop& loop_;
    host::Processes& processes_;
    Places places_;
};

} // namespace yado::network
