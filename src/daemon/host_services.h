// SPDX-License-Identifier: Apache-2.0
// The services beside the domains of one URI (networks, secrets, storage), wired together.
#pragma once

#include "base/async/loop.h"
#include "daemon/drivers.h"
#include "daemon/host_networks.h"
#include "daemon/object_names.h"
#include "daemon/paths.h"
#include "guest/ports.h"
#include "host/processes.h"
#include "secret/secret_service.h"
#include "secret/secrets.h"
#include "storage/storage_service.h"

namespace yado::daemon {

class HostServices {
  public:
    /// Adds its services to `driver`, which must outlive this object, and so must `processes`. Without `host`
    /// everything is kept in memory alone.
    HostServices(Loop& loop, Driver& driver, host::Processes& processes,
                 const std::optional<NetworkHost>& host);

    /// Nothing runs that needs the daemon.
    bool idle() const { return !networks_.networks().any_active(); }

    /// Finds what a former daemon left running. Before clients come.
    Task<void> begin();
    secret::Secrets& secrets() { return secrets_; }
    HostNetworks& networks() { return networks_; }
    storage::Pools& pools() { return pools_; }
    /// Gives guests what they need of these services.
    void serve(guest::Ports& ports);

  private:
    secret::Secrets secrets_;
    secret::SecretService secret_service_;
    HostNetworks networks_;
    storage::Pools pools_;
    storage::StorageService storage_service_;
    ObjectNames<network::Networks> network_names_;
    ObjectNames<storage::Pools> pool_names_;
};

} // namespace yado::daemon
