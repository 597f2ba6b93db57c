// SPDX-License-Identifier: Apache-2.0
#include "daemon/host_services.h"

namespace yado::daemon {

HostServices::HostServices(Loop& loop, Driver& driver, const Paths* paths)
    : secrets_(loop, paths == nullptr ? "" : paths->config_dir + "/secrets"), secret_service_(secrets_) {
    secrets_.load();
    driver.services.add(secret_service_);
}

} // namespace yado::daemon
