// SPDX-License-Identifier: Apache-2.0
// All pools of one URI: what is defined and what runs, on disk in libvirt's places (definitions and autostart
// links in one directory, <poolstate> files of running pools in another).
#pragma once

#include "service/document_files.h"
#include "service/event_hub.h"
#include "service/named_objects.h"
#include "storage/backend.h"
#include "storage/folder_watch.h"
#include "storage/pool.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace yado::storage {

struct PoolPlaces {
    std::string config;       ///< /etc/libvirt/storage; empty: everything is in memory alone
    std::string state;        ///< /run/libvirt/storage
    std::string images;       ///< where the pool `default` is
    std::string made_default; ///< a file that says that it was made once
};

class Pools {
  public:
    using Pointer = std::shared_ptr<Pool>;

    Pools(Loop& loop, Tools tools, PoolPlaces places);

    /// Finds the pools of a former daemon, makes `default` when there never was one, and starts what starts
    /// by itself. Once, before clients come.
    Task<void> begin();

    // Null when there is none.
    Pointer find(std::string_view name) const { return pools_.find(name); }
    Pointer find(const Uuid& uuid) const { return pools_.find(uuid); }
    /// Throws no_storage_pool.
    Pointer require(const Uuid& uuid) const;
    Pointer require(std::string_view name) const;
    /// In order of name.
    std::vector<Pointer> all() const { return pools_.all(); }

    Backend& backend(const Pool& pool) const { return backends_.require(pool.definition.type); }
    const Backends& backends() const { return backends_; }
    Tools& tools() { return tools_; }
    Loop& loop() { return loop_; }

    struct CreateOptions {
        bool build = false;
        BuildMode mode = BuildMode::plain;
    };
    Task<Pointer> define(model::StoragePool definition);
    /// A pool that is gone when it stops.
    Task<Pointer> create(model::StoragePool definition, CreateOptions options);
    Task<void> start(Pointer pool, CreateOptions options);
    Task<void> stop(Pointer pool);
    Task<void> build(Pointer pool, BuildMode mode);
    Task<void> remove_storage(Pointer pool);
    Task<void> undefine(Pointer pool);
    Task<void> set_autostart(Pointer pool, bool on);
    /// Reads everything anew; a pool whose storage cannot be read stops, as libvirt has it.
    Task<void> refresh(Pointer pool);
    /// These volumes again, from what their files are now.
    Task<void> look(Pointer pool, std::vector<std::string> names);
    void announce(const Pool& pool, PoolEvent::What what) { events_.publish({what, pool.name, pool.uuid}); }

    service::EventHub<PoolEvent>& events() { return events_; }

  private:
    void load();
    void check_identity(const model::StoragePool& definition, bool must_be_inactive) const;
    void check_source(const model::StoragePool& definition) const;
    Task<void> make_default();
    Task<void> restore();
    bool claim_autostart() const;
    Task<void> start_locked(Pointer pool, CreateOptions options);
    Task<void> read(Pointer pool);
    Task<void> save_state(Pointer pool);
    Task<void> forget_state(std::string name);
    void watch(const Pointer& pool);
    Task<void> changed(Pointer pool, std::vector<std::string> names);
    void deactivate(const Pointer& pool);

    Loop& loop_;
    Tools tools_;
    Backends backends_;
    const PoolPlaces places_;
    std::optional<service::DocumentFiles> definitions_, states_;
    service::NamedObjects<Pool> pools_;
    std::map<std::string, std::unique_ptr<FolderWatch>> watches_; ///< by the pool's name
    std::set<std::string> found_states_;                          ///< names of pools that ran before
    AsyncMutex defining_; ///< names and UUIDs are given to one pool at a time
    service::EventHub<PoolEvent> events_;
};

} // namespace yado::storage
