// SPDX-License-Identifier: Apache-2.0
#include "daemon/guest_driver.h"

#include "base/log.h"

namespace yado::daemon {

GuestDriver::GuestDriver(Loop& loop, Driver& driver, std::shared_ptr<guest::Hypervisor> hypervisor,
                         std::unique_ptr<guest::Store> store, const host::Hooks* hooks,
                         std::string save_directory)
    : work_(loop), hypervisor_(std::move(hypervisor)), store_(std::move(store)),
      parts_{loop, registry_, *store_, events_, *hypervisor_, work_, hooks, std::move(save_directory)},
      power_(parts_), domains_(parts_, power_), agents_(parts_, power_), saving_(parts_, power_) {
    driver.hypervisor = hypervisor_.get();
    driver.events = &events_;
    driver.naming["domain"] = &names_;
    driver.services.add(domains_);
    driver.services.add(agents_);
    driver.services.add(saving_);
}

GuestDriver::~GuestDriver() = default;

Task<void> GuestDriver::begin() {
    co_await domains_.recover();
    if (preset_.empty()) {
        work_.run(domains_.start_autostarted()); // clients need not wait for these
        co_return;
    }
    try {
        model::Domain domain = co_await domains_.read(preset_, false);
        co_await domains_.preset(std::move(domain), true);
    } catch (const std::exception& error) { // no reason to leave real guests without a daemon
        log_error("daemon", "the example domain of {} is missing: {}", hypervisor_->type(), error.what());
    }
}

} // namespace yado::daemon
