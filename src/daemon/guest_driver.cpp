// SPDX-License-Identifier: Apache-2.0
#include "daemon/guest_driver.h"

#include "base/log.h"

namespace yado::daemon {

GuestDriver::GuestDriver(Loop& loop, Driver& driver, std::shared_ptr<guest::Hypervisor> hypervisor,
                         std::unique_ptr<guest::Store> store, const host::Hooks* hooks,
                         std::string state_directory, guest::SaveSettings saves, host::Processes* processes,
                         guest::Ports* ports)
    : ports_(ports), work_(loop), hypervisor_(std::move(hypervisor)), store_(std::move(store)),
      parts_{.loop = loop,
             .registry = registry_,
             .store = *store_,
             .events = events_,
             .hypervisor = *hypervisor_,
             .work = work_,
             .hooks = hooks,
             .save_directory = state_directory.empty() ? "" : state_directory + "/save",
             .saves = saves,
             .snapshot_directory = state_directory.empty() ? "" : state_directory + "/snapshot",
             .processes = processes},
      power_(parts_), domains_(parts_, power_), agents_(parts_, power_, ports), saving_(parts_, power_),
      changing_(parts_, power_), tuning_(parts_, power_), block_work_(parts_, power_),
      blocks_(parts_, power_, block_work_), snapshots_(parts_, power_, block_work_),
      snapshot_service_(parts_, power_, snapshots_) {
    driver.hypervisor = hypervisor_.get();
    driver.events = &events_;
    driver.naming["domain"] = &names_;
    driver.services.add(domains_);
    driver.services.add(agents_);
    driver.services.add(saving_);
    driver.services.add(changing_);
    driver.services.add(tuning_);
    driver.services.add(blocks_);
    driver.services.add(snapshot_service_);
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
