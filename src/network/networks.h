// SPDX-License-Identifier: Apache-2.0
// The networks of one driver: which there are, which run, who is plugged in; on disk in libvirt's places.
#pragma once

#include "base/async/gate.h"
#include "base/async/loop.h"
#include "base/async/mutex.h"
#include "host/hooks.h"
#include "model/network/complete.h"
#include "network/backend.h"
#include "network/events.h"
#include "network/network.h"
#include "service/document_files.h"
#include "service/event_hub.h"
#include "service/named_objects.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace yado::network {

class Networks {
  public:
    /// Definitions are kept in `config` (/etc/libvirt/qemu/networks), what runs in `runtime`
    /// (/run/libvirt/network); with empty ones in memory alone. `hooks` may be null.
    Networks(Loop& loop, Backend& backend, std::string config, std::string runtime,
             const host::Hooks* hooks = nullptr);

    /// Reads what is on disk, finds networks that run, starts those that start by themselves. Once, before
    /// clients come. `first_network`: the document to begin with where there has never been any network.
    Task<void> begin(std::string first_network);
    /// Makes the filter rules of running networks anew, as after somebody emptied the host's.
    Task<void> restore_rules();

    // Null when there is none.
    NetworkPointer find(const Uuid& uuid) const { return networks_.find(uuid); }
    NetworkPointer find(std::string_view name) const { return networks_.find(name); }
    /// Throw no_network.
    NetworkPointer require(const Uuid& uuid) const;
    NetworkPointer require(std::string_view name) const;
    std::vector<NetworkPointer> all() const { return networks_.all(); }
    bool any_active() const;

    Task<NetworkPointer> define(std::string xml, bool validate);
    /// A transient one, started.
    Task<NetworkPointer> create(std::string xml, bool validate);
    Task<void> start(NetworkPointer network);
    /// As start(), and content with one that somebody else has started.
    Task<void> start_if_needed(NetworkPointer network);
    Task<void> destroy(NetworkPointer network);
    Task<void> undefine(NetworkPointer network);
    Task<void> set_autostart(NetworkPointer network, bool on);
    /// Which forms of a network a change is for.
    struct Affect {
        bool live = false, config = false;
    };
    /// `change` is applied to copies; what it throws is the caller's. The forms are then kept and, when it is
    /// running, put into effect.
    Task<void> change(NetworkPointer network, Affect affect, std::function<void(model::Network&)> change);

    /// A new port; the network must be active. `port` says who wants it, and is filled in. With `reclaim` the
    /// plug is what an earlier port had been given.
    Task<model::NetworkPort> add_port(NetworkPointer network, model::NetworkPort port, bool reclaim);
    Task<void> remove_port(NetworkPointer network, Uuid port);
    Task<void> set_port_bandwidth(NetworkPointer network, Uuid port,
                                  std::optional<model::Bandwidth> bandwidth);
    /// Throws no_network_port.
    const model::NetworkPort& require_port(const Network& network, const Uuid& port) const;

    Task<std::vector<Lease>> leases(NetworkPointer network);

    service::EventHub<NetworkEvent>& events() { return events_; }

  private:
    model::NetworkContext context(std::vector<std::string> taken) const;
    Task<model::Network> read(std::string xml, bool validate);
    void require_free(const model::Network& network, bool must_be_inactive) const;
    void require_bridge_free(const model::Network& network) const;
    void require_known(const NetworkPointer& network) const;
    void publish(NetworkEvent::What what, const Network& network) {
        events_.publish({what, network.name, network.uuid});
    }

    void load_definitions();
    void load_ports(Network& network);
    Task<void> recover();
    Task<void> define_first(std::string xml);
    Task<void> autostart();

    Task<void> start_locked(NetworkPointer network, model::Network definition);
    Task<model::Network> with_free_subnet(NetworkPointer network, model::Network definition);
    Task<void> drop(NetworkPointer network);
    Task<void> save_status(NetworkPointer network);
    Task<void> save_port(NetworkPointer network, model::NetworkPort port);
    Task<void> forget_port(NetworkPointer network, Uuid port);
    Task<void> tell_plugged(NetworkPointer network);
    Task<void> call_hooks(NetworkPointer network, std::string operation, const model::NetworkPort* port);
    std::string port_directory(const Network& network) const {
        return runtime_ + "/" + network.name + "/ports";
    }

    Loop& loop_;
    Backend& backend_;
    const host::Hooks* hooks_;
    std::optional<service::DocumentFiles> definitions_;
    std::optional<service::DocumentFiles> statuses_;
    const std::string runtime_;
    bool first_time_ = false; ///< there has never been a network here
    service::NamedObjects<Network> networks_;
    AsyncMutex naming_; ///< names, UUIDs and bridges are given out one at a time
    service::EventHub<NetworkEvent> events_;
};

} // namespace yado::network
