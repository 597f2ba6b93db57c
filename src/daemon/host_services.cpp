// SPDX-License-Identifier: Apache-2.0
#include "daemon/host_services.h"

#include "base/error.h"
#include "daemon/guest_networks.h"

namespace yado::daemon {
namespace {

storage::PoolPlaces pool_places(const Paths* paths) {
    if (paths == nullptr) return {};
    return {.config = paths->config_dir + "/storage",
            .state = paths->run_dir + (paths->system ? "/storage" : "/storage/run"),
            .images = paths->images,
            .made_default = paths->yado_state + "/default-pool"};
}

std::optional<std::string> value_of_secret(const secret::Secrets& secrets,
                                           const model::SecretReference& reference,
                                           model::SecretUsage usage) {
    // The words of both lists are the same, but that a usage may be not given.
    const auto type = usage == model::SecretUsage::unset
                          ? model::SecretUsageType::none
                          : static_cast<model::SecretUsageType>(static_cast<int>(usage) - 1);
    const auto found =
        reference.uuid.is_null() ? secrets.find_usage(type, reference.usage) : secrets.find(reference.uuid);
    if (!found) return std::nullopt;
    const model::SecretUsageType its_type = found->definition.usage_type();
    if (usage != model::SecretUsage::unset && its_type != model::SecretUsageType::none && its_type != type) {
        const auto& words = schema::UnionTags<model::SecretPurpose>::values;
        fail(ErrorSource::secret, Code::config_unsupported,
             "secret with UUID {} is of type '{}' not expected type '{}'", found->uuid().text(),
             words[static_cast<std::size_t>(its_type)], words[static_cast<std::size_t>(type)]);
    }
    if (!found->value) {
        fail(ErrorSource::secret, Code::no_secret, "secret '{}' does not have a value", found->uuid().text());
    }
    return std::string(found->value->begin(), found->value->end());
}

storage::Ports storage_ports(const secret::Secrets& secrets) {
    const auto value = [&secrets](const model::SecretReference& reference) {
        const auto found = value_of_secret(secrets, reference, model::SecretUsage::volume);
        if (!found) {
            fail(ErrorSource::secret, Code::no_secret, "no secret with matching {} '{}'",
                 reference.usage.empty() ? "uuid" : "usage",
                 reference.usage.empty() ? reference.uuid.text() : reference.usage);
        }
        return *found;
    };
    return {.secret_value = value};
}

} // namespace

HostServices::HostServices(Loop& loop, Driver& driver, host::Processes& processes,
                           const std::optional<NetworkHost>& host)
    : secrets_(loop, host ? host->paths.config_dir + "/secrets" : ""), secret_service_(secrets_),
      networks_(loop, driver, host),
      pools_(loop, {loop, processes, storage_ports(secrets_)}, pool_places(host ? &host->paths : nullptr)),
      storage_service_(pools_), network_names_(networks_.networks()), pool_names_(pools_) {
    secrets_.load();
    driver.services.add(secret_service_);
    driver.services.add(storage_service_);
    driver.naming["network"] = &network_names_;
    driver.naming["storage_pool"] = &pool_names_;
}

Task<void> HostServices::begin() {
    co_await networks_.begin();
    co_await pools_.begin();
}

void HostServices::serve(guest::Ports& ports) {
    ports.secret = [this](const model::SecretReference& reference, model::SecretUsage usage) {
        return value_of_secret(secrets_, reference, usage);
    };
    serve_networks(ports.network, networks_.networks());
}

} // namespace yado::daemon
