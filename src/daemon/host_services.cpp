// SPDX-License-Identifier: Apache-2.0
#include "daemon/host_services.h"

namespace yado::daemon {

HostServices::HostServices(Loop& loop, Driver& driver, const std::optional<NetworkHost>& host)
    : secrets_(loop, host ? host->paths.config_dir + "/secrets" : ""), secret_service_(secrets_),
      networks_(loop, driver, host) {
    secrets_.load();
    driver.services.add(secret_service_);
}

Task<void> HostServices::begin() { co_await networks_.begin(); }

} // namespace yado::daemon
