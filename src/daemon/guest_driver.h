// SPDX-License-Identifier: Apache-2.0
// All that belongs to one hypervisor's domains, wired together and put behind a URI.
#pragma once

#include "base/async/gate.h"
#include "base/async/loop.h"
#include "daemon/drivers.h"
#include "guest/agent_service.h"
#include "guest/block_service.h"
#include "guest/changing_service.h"
#include "guest/domain_service.h"
#include "guest/events.h"
#include "guest/hypervisor.h"
#include "guest/ports.h"
#include "guest/registry.h"
#include "guest/saving_service.h"
#include "guest/snapshot_service.h"
#include "guest/store.h"
#include "guest/tuning_service.h"

#include <memory>
#include <string>
#include <string_view>

namespace yado::daemon {

class GuestDriver {
  public:
    /// Adds its services to `driver`, which must outlive this object, as must `ports`.
    GuestDriver(Loop& loop, Driver& driver, std::shared_ptr<guest::Hypervisor> hypervisor,
                std::unique_ptr<guest::Store> store, const host::Hooks* hooks = nullptr,
                std::string state_directory = {}, guest::SaveSettings saves = {},
                host::Processes* processes = nullptr, guest::Ports* ports = nullptr);
    ~GuestDriver();

    /// A running domain that is there from the outset.
    void preset(std::string_view xml) { preset_ = xml; }
    /// Finds the domains of a former daemon. Before clients come.
    Task<void> begin();
    guest::DomainService& domains() { return domains_; }
    guest::EventHub& events() { return events_; }
    /// Where its guests look for services beside them; null: they need none.
    guest::Ports* ports() { return ports_; }
    /// Nothing is running that needs the daemon. Preset domains live in memory alone and do not count.
    bool idle() const { return (registry_.active() == 0 || !preset_.empty()) && work_.running() == 0; }
    /// Refuses new work and resumes when all has ended. Guests keep running.
    Task<void> close() { return work_.close(); }

  private:
    class DomainNames final : public Naming {
      public:
        explicit DomainNames(const guest::Registry& registry) : registry_(registry) {}
        std::optional<Name> find(const Uuid& uuid) const override { return name(registry_.find(uuid)); }
        std::optional<Name> find(std::string_view its) const override { return name(registry_.find(its)); }
        std::optional<Name> find(int id) const override { return name(registry_.find(id)); }

      private:
        static std::optional<Name> name(const guest::Registry::Pointer& guest) {
            if (!guest) return std::nullopt;
            return Name{guest->name, guest->uuid};
        }
        const guest::Registry& registry_;
    };

    guest::Ports* ports_;
    guest::Registry registry_;
    DomainNames names_{registry_};
    guest::EventHub events_;
    Gate work_;
    std::shared_ptr<guest::Hypervisor> hypervisor_;
    std::unique_ptr<guest::Store> store_;
    guest::Parts parts_;
    guest::Power power_;
    guest::DomainService domains_;
    guest::AgentService agents_;
    guest::SavingService saving_;
    guest::ChangingService changing_;
    guest::TuningService tuning_;
    guest::BlockWork block_work_;
    guest::BlockService blocks_;
    guest::Snapshots snapshots_;
    guest::SnapshotService snapshot_service_;
    std::string preset_;
};

} // namespace yado::daemon
