// SPDX-License-Identifier: Apache-2.0
// The services beside the domains of one URI (secrets; networks and storage when they come), wired together.
#pragma once

#include "base/async/loop.h"
#include "daemon/drivers.h"
#include "daemon/paths.h"
#include "secret/secret_service.h"
#include "secret/secrets.h"

namespace yado::daemon {

class HostServices {
  public:
    /// Adds its services to `driver`, which must outlive this object. Without `paths` everything is kept in
    /// memory alone.
    HostServices(Loop& loop, Driver& driver, const Paths* paths);

    secret::Secrets& secrets() { return secrets_; }

  private:
    secret::Secrets secrets_;
    secret::SecretService secret_service_;
};

} // namespace yado::daemon
