// SPDX-License-Identifier: Apache-2.0
#include "daemon/host_services.h"

#include "base/error.h"

namespace yado::daemon {
namespace {

storage::PoolPlaces pool_places(const Paths* paths) {
    if (paths == nullptr) return {};
    return {.config = paths->config_dir + "/storage",
            .state = paths->run_dir + (paths->system ? "/storage" : "/storage/run"),
            .images = paths->images,
            .made_default = paths->yado_state + "/default-pool"};
}

storage::Ports storage_ports(secret::Secrets& secrets) {
    const auto value = [&secrets](const model::SecretReference& reference) {
        const secret::Secrets::Pointer found =
            reference.usage.empty() ? secrets.require(reference.uuid)
                                    : secrets.find_usage(model::SecretUsageType::volume, reference.usage);
        if (found == nullptr) {
            fail(ErrorSource::secret, Code::no_secret, "no secret with matching usage '{}'", reference.usage);
        }
        if (!found->value) {
            fail(ErrorSource::secret, Code::no_secret, "secret '{}' does not have a value",
                 found->uuid().text());
        }
        return std::string(found->value->begin(), found->value->end());
    };
    return {.secret_value = value};
}

} // namespace

HostServices::HostServices(Loop& loop, Driver& driver, host::Processes& processes,
                           const std::optional<NetworkHost>& host)
    : secrets_(loop, host ? host->paths.config_dir + "/secrets" : ""), secret_service_(secrets_),
      networks_(loop, driver, host),
      pools_(loop, {loop, processes, storage_ports(secrets_)}, pool_places(host ? &host->paths : nullptr)),
      storage_service_(pools_) {
    secrets_.load();
    driver.services.add(secret_service_);
    driver.services.add(storage_service_);
}

Task<void> HostServices::begin() {
    co_await networks_.begin();
    co_await pools_.begin();
}

} // namespace yado::daemon
