// SPDX-License-Identifier: Apache-2.0
// The event registrations of all kinds of objects; one of each serves every driver.
#pragma once

#include "daemon/network_events.h"
#include "daemon/object_events.h"
#include "daemon/pool_events.h"
#include "daemon/secret_events.h"
#include "daemon/server/services.h"

namespace yado::daemon {

class ObjectEventServices {
  public:
    void add_to(Services& services) {
        services.add(networks_);
        services.add(pools_);
        services.add(secrets_);
    }

  private:
    ObjectEvents<NetworkEventKind> networks_;
    ObjectEvents<PoolEventKind> pools_;
    ObjectEvents<SecretEventKind> secrets_;
};

} // namespace yado::daemon
