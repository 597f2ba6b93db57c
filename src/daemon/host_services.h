// SPDX-License-Identifier: Apache-2.0
// The services beside the domains of one URI (networks, secrets; storage when it comes), wired together.
#pragma once

#include "base/async/loop.h"
#include "daemon/drivers.h"
#include "daemon/host_networks.h"
#include "daemon/paths.h"
#include "secret/secret_service.h"
#include "secret/secrets.h"

namespace yado::daemon {

class HostServices {
  public:
    /// Adds its services to `driver`, which must outlive this object. Without `host` everything is kept in
    /// memory alone.
    HostServices(Loop& loop, Driver& driver, const std::optional<NetworkHost>& host);

    /// Finds what runs; before clients come.
    Task<void> begin();
    /// Nothing runs that needs the daemon.
    bool idle() const { return !networks_.networks().any_active(); }

    secret::Secrets& secrets() { return secrets_; }
    HostNetworks& networks() { return networks_; }

  private:
    secret::Secrets secrets_;
    secret::SecretService secret_service_;
    HostNetworks networks_;
};

} // namespace yado::daemon
