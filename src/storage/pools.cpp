// SPDX-License-Identifier: Apache-2.0
#include "storage/pools.h"

#include "base/error.h"
#include "base/files.h"
#include "base/log.h"
#include "model/storage/document.h"

#include <algorithm>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

namespace yado::storage {

Pools::Pools(Loop& loop, Tools tools, PoolPlaces places)
    : loop_(loop), tools_(std::move(tools)), backends_(tools_, places.config.empty()),
      places_(std::move(places)), defining_(loop) {
    if (places_.config.empty()) return;
    definitions_.emplace(loop, places_.config, service::Keep::autostarted, "storage.store");
    states_.emplace(loop, places_.state, service::Keep::state, "storage.store");
    load();
}

Pools::Pointer Pools::require(const Uuid& uuid) const {
    if (Pointer pool = find(uuid)) return pool;
    fail(ErrorSource::storage, Code::no_storage_pool, "no storage pool with matching uuid '{}'", uuid.text());
}

Pools::Pointer Pools::require(std::string_view name) const {
    if (Pointer pool = find(name)) return pool;
    fail(ErrorSource::storage, Code::no_storage_pool, "no storage pool with matching name '{}'", name);
}

// ---- what is declared
// ---------------------------------------------------------------------------------------

void Pools::check_identity(const model::StoragePool& definition, bool must_be_inactive) const {
    if (const Pointer same = find(definition.uuid)) {
        if (same->name != definition.name) {
            fail(ErrorSource::storage, Code::operation_failed, "pool '{}' is already defined with uuid {}",
                 same->name, same->uuid.text());
        }
        if (must_be_inactive && same->active) {
            fail(ErrorSource::storage, Code::operation_invalid, "pool is already active as '{}'", same->name);
        }
    } else if (const Pointer other = find(definition.name)) {
        fail(ErrorSource::storage, Code::operation_failed, "pool '{}' already exists with uuid {}",
             other->name, other->uuid.text());
    }
}

namespace {

/// Whether two pools would have the same volumes.
bool same_storage(const model::StoragePool& a, const model::StoragePool& b) {
    using model::PoolType;
    if (a.type != b.type) return false;
    const auto same_devices = [&] {
        return std::ranges::any_of(a.source.devices, [&](const model::PoolDevice& device) {
            return std::ranges::find(b.source.devices, device.path, &model::PoolDevice::path) !=
                   b.source.devices.end();
        });
    };
    switch (a.type) {
    case PoolType::dir: return a.target.path == b.target.path;
    case PoolType::netfs:
        return a.source.dir == b.source.dir && a.source.hosts.at(0).name == b.source.hosts.at(0).name;
    case PoolType::logical:
    case PoolType::zfs: return a.source.name == b.source.name;
    case PoolType::fs:
    case PoolType::disk: return same_devices();
    default: return false;
    }
}

} // namespace

void Pools::check_source(const model::StoragePool& definition) const {
    for (const Pointer& pool : pools_.all()) {
        if (pool->uuid != definition.uuid && same_storage(pool->definition, definition)) {
            fail(ErrorSource::storage, Code::operation_failed, "Storage source conflict with pool: '{}'",
                 pool->name);
        }
    }
}

Task<Pools::Pointer> Pools::define(model::StoragePool definition) {
    const AsyncMutex::Lock lock = co_await defining_.lock();
    check_identity(definition, false);
    check_source(definition);
    backends_.require(definition.type);
    if (definitions_) {
        std::string text = model::write_pool(definition, schema::definition_view);
        co_await definitions_->save(definition.name, std::move(text));
    }
    Pointer pool = find(definition.uuid);
    if (pool == nullptr) {
        pool = std::make_shared<Pool>(loop_, std::move(definition));
        pools_.add(pool);
    } else if (pool->active) {
        pool->next = std::move(definition);
    } else {
        pool->definition = std::move(definition);
    }
    pool->persistent = true;
    announce(*pool, PoolEvent::What::defined);
    co_return pool;
}

Task<void> Pools::undefine(Pointer pool) {
    const AsyncMutex::Lock lock = co_await defining_.lock();
    const AsyncMutex::Lock own = co_await pool->changing.lock();
    if (pool->active) {
        fail(ErrorSource::storage, Code::operation_invalid, "storage pool '{}' is still active", pool->name);
    }
    pool->require_no_jobs();
    if (find(pool->uuid) != pool) require(pool->uuid); // gone meanwhile
    if (definitions_) co_await definitions_->remove(pool->name);
    announce(*pool, PoolEvent::What::undefined);
    pools_.remove(*pool);
}

Task<void> Pools::set_autostart(Pointer pool, bool on) {
    const AsyncMutex::Lock own = co_await pool->changing.lock();
    if (!pool->persistent) fail(ErrorSource::storage, Code::internal_error, "pool has no config file");
    if (pool->autostart == on) co_return;
    if (definitions_) co_await definitions_->set_autostart(pool->name, on);
    pool->autostart = on;
}

// ---- what runs
// ----------------------------------------------------------------------------------------------

Task<void> Pools::save_state(Pointer pool) {
    if (!states_) co_return;
    std::string text = "<poolstate>\n  ";
    for (const char c : model::write_pool(pool->definition, schema::definition_view)) {
        text += c;
        if (c == '\n') text += "  ";
    }
    text.resize(text.size() - 2); // behind the last line end
    text += "</poolstate>\n";
    co_await states_->save(pool->name, std::move(text));
}

Task<void> Pools::forget_state(std::string name) {
    if (states_) co_await states_->remove(std::move(name));
}

Task<void> Pools::read(Pointer pool) {
    Contents contents = co_await backend(*pool).refresh(pool->definition);
    std::map<std::string, VolumeEntry, std::less<>> volumes;
    for (auto& [name, entry] : pool->volumes) { // what is being made stays
        if (entry.volume == nullptr) volumes.emplace(name, std::move(entry));
    }
    for (model::StorageVolume& volume : contents.volumes) {
        const auto old = pool->volumes.find(volume.name);
        const unsigned uses = old == pool->volumes.end() ? 0 : old->second.uses;
        std::string name = volume.name;
        volumes.try_emplace(
            std::move(name),
            VolumeEntry{std::make_shared<const model::StorageVolume>(std::move(volume)), uses});
    }
    pool->volumes = std::move(volumes);
    pool->definition.capacity = contents.capacity;
    pool->definition.allocation = contents.allocation;
    pool->definition.available = contents.available;
    if (contents.permissions) {
        contents.permissions->label = pool->definition.target.permissions.label;
        pool->definition.target.permissions = *contents.permissions;
    }
}

Task<void> Pools::start_locked(Pointer pool, CreateOptions options) {
    if (pool->active) {
        fail(ErrorSource::storage, Code::operation_invalid, "storage pool '{}' is already active",
             pool->name);
    }
    Backend& own = backend(*pool);
    if (options.build) co_await own.build(pool->definition, options.mode);
    co_await own.start(pool->definition);
    std::exception_ptr failure;
    try {
        co_await save_state(pool);
        co_await read(pool);
    } catch (...) { failure = std::current_exception(); }
    if (failure) {
        try {
            co_await own.stop(pool->definition);
        } catch (const Error& error) { log_warning("storage", "{}", error.message()); }
        co_await forget_state(pool->name);
        std::rethrow_exception(failure);
    }
    pool->active = true;
    watch(pool);
    announce(*pool, PoolEvent::What::started);
}

Task<void> Pools::start(Pointer pool, CreateOptions options) {
    const AsyncMutex::Lock own = co_await pool->changing.lock();
    co_await start_locked(pool, options);
}

Task<Pools::Pointer> Pools::create(model::StoragePool definition, CreateOptions options) {
    const AsyncMutex::Lock lock = co_await defining_.lock();
    check_identity(definition, true);
    check_source(definition);
    backends_.require(definition.type);
    Pointer pool = find(definition.uuid);
    const bool fresh = pool == nullptr;
    if (fresh) {
        pool = std::make_shared<Pool>(loop_, std::move(definition));
        pools_.add(pool);
    } else {
        pool->next = pool->definition; // comes back when it stops
        pool->definition = std::move(definition);
    }
    std::exception_ptr failure;
    try {
        co_await start(pool, options);
    } catch (...) { failure = std::current_exception(); }
    if (failure) {
        if (fresh) pools_.remove(*pool);
        else deactivate(pool);
        std::rethrow_exception(failure);
    }
    co_return pool;
}

void Pools::deactivate(const Pointer& pool) {
    watches_.erase(pool->name);
    pool->active = false;
    pool->volumes.clear();
    if (pool->next) {
        pool->definition = std::move(*pool->next);
        pool->next.reset();
    }
}

Task<void> Pools::stop(Pointer pool) {
    const AsyncMutex::Lock own = co_await pool->changing.lock();
    pool->require_active();
    pool->require_no_jobs();
    co_await backend(*pool).stop(pool->definition);
    co_await forget_state(pool->name);
    deactivate(pool);
    announce(*pool, PoolEvent::What::stopped);
    if (!pool->persistent) pools_.remove(*pool);
}

Task<void> Pools::build(Pointer pool, BuildMode mode) {
    const AsyncMutex::Lock own = co_await pool->changing.lock();
    if (pool->active) {
        fail(ErrorSource::storage, Code::operation_invalid, "storage pool '{}' is already active",
             pool->name);
    }
    co_await backend(*pool).build(pool->definition, mode);
    announce(*pool, PoolEvent::What::created);
}

Task<void> Pools::remove_storage(Pointer pool) {
    const AsyncMutex::Lock own = co_await pool->changing.lock();
    if (pool->active) {
        fail(ErrorSource::storage, Code::operation_invalid, "storage pool '{}' is still active", pool->name);
    }
    pool->require_no_jobs();
    co_await backend(*pool).remove(pool->definition);
    announce(*pool, PoolEvent::What::deleted);
}

Task<void> Pools::refresh(Pointer pool) {
    const AsyncMutex::Lock own = co_await pool->changing.lock();
    pool->require_active();
    pool->require_no_jobs();
    std::exception_ptr failure;
    try {
        co_await read(pool);
    } catch (...) { failure = std::current_exception(); }
    if (failure) {
        try {
            co_await backend(*pool).stop(pool->definition);
        } catch (const Error& error) { log_warning("storage", "{}", error.message()); }
        co_await forget_state(pool->name);
        deactivate(pool);
        announce(*pool, PoolEvent::What::stopped);
        if (!pool->persistent) pools_.remove(*pool);
        std::rethrow_exception(failure);
    }
    announce(*pool, PoolEvent::What::refreshed);
}

Task<void> Pools::look(Pointer pool, std::vector<std::string> names) {
    const AsyncMutex::Lock own = co_await pool->changing.lock();
    if (!pool->active) co_return;
    std::vector<model::StorageVolume> found = co_await backend(*pool).look(pool->definition, names);
    for (const std::string& name : names) {
        const auto place = std::ranges::find(found, name, &model::StorageVolume::name);
        const auto entry = pool->volumes.find(name);
        if (entry != pool->volumes.end() && entry->second.volume == nullptr) continue;
        if (place != found.end()) {
            pool->volumes[name].volume = std::make_shared<const model::StorageVolume>(std::move(*place));
        } else if (entry != pool->volumes.end() && entry->second.uses == 0) {
            pool->volumes.erase(entry);
        }
    }
}

// ---- files that come and go by themselves
// ---------------------------------------------------------------------

void Pools::watch(const Pointer& pool) {
    const std::string folder = backend(*pool).watched(pool->definition);
    if (folder.empty()) return;
    try {
        watches_[pool->name] = std::make_unique<FolderWatch>(
            loop_, folder, [this, weak = std::weak_ptr(pool)](std::vector<std::string> names) {
                if (const Pointer strong = weak.lock()) spawn(changed(strong, std::move(names)));
            });
    } catch (const Error& error) {
        log_warning("storage", "pool '{}' shows new files only when it is refreshed: {}", pool->name,
                    error.message());
    }
}

Task<void> Pools::changed(Pointer pool, std::vector<std::string> names) {
    try {
        if (!names.empty()) {
            co_await look(pool, std::move(names));
        } else {
            const AsyncMutex::Lock own = co_await pool->changing.lock();
            if (pool->active) co_await read(pool);
        }
        if (pool->active) announce(*pool, PoolEvent::What::refreshed);
    } catch (const Error& error) { log_warning("storage", "pool '{}': {}", pool->name, error.message()); }
}

// ---- the daemon's start
// ---------------------------------------------------------------------------------------

void Pools::load() {
    const auto add = [this](const service::StoredDocument& stored, std::string_view text, bool state) {
        try {
            model::StoragePool definition = model::parse_pool(text);
            if (definition.name != stored.name) {
                log_error("storage.store", "skipped: '{}' holds the pool '{}'", stored.name, definition.name);
                return;
            }
            Pointer pool = find(definition.uuid);
            if (pool == nullptr && find(definition.name) == nullptr) {
                pool = std::make_shared<Pool>(loop_, definition);
                pools_.add(pool);
            }
            if (pool == nullptr || pool->name != stored.name) return;
            if (state) {
                found_states_.insert(pool->name);
                if (pool->persistent) pool->next = pool->definition;
                pool->definition = std::move(definition);
            } else {
                pool->persistent = true;
                pool->autostart = stored.autostart;
            }
        } catch (const Error& error) { // one bad file must not keep the others away
            log_error("storage.store", "skipped '{}': {}", stored.name, error.message());
        }
    };
    for (const service::StoredDocument& stored : definitions_->load()) add(stored, stored.text, false);
    for (const service::StoredDocument& stored : states_->load()) {
        const std::size_t begin = stored.text.find("<pool ");
        const std::size_t end = stored.text.rfind("</pool>");
        if (begin == std::string::npos || end == std::string::npos || end < begin) continue;
        add(stored, std::string_view(stored.text).substr(begin, end + 7 - begin), true);
    }
}

bool Pools::claim_autostart() const {
    const std::string marker = places_.state + "/autostarted";
    return UniqueFd(::open(marker.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600)).get() >= 0;
}

Task<void> Pools::make_default() {
    if (::access(places_.made_default.c_str(), F_OK) == 0) co_return;
    if (find("default") == nullptr) {
        model::StoragePool pool;
        pool.name = "default";
        pool.target.path = places_.images;
        model::complete(pool);
        const Pointer made = co_await define(std::move(pool));
        co_await build(made, BuildMode::plain);
        co_await set_autostart(made, true);
        co_await start(made, CreateOptions());
    }
    auto mark = [path = places_.made_default] {
        make_directories(std::filesystem::path(path).parent_path().string(), 0755);
        write_file_atomically(path, "", 0644);
    };
    co_await blocking(loop_, mark);
}

Task<void> Pools::restore() {
    for (const Pointer& pool : pools_.all()) {
        if (!found_states_.contains(pool->name)) continue;
        try {
            const bool running = co_await backend(*pool).is_running(pool->definition);
            if (running) {
                co_await start(pool, CreateOptions());
                continue;
            }
            co_await forget_state(pool->name);
        } catch (const Error& error) {
            log_error("storage", "pool '{}' does not run any more: {}", pool->name, error.message());
        }
        deactivate(pool);
        if (!pool->persistent) pools_.remove(*pool);
    }
    found_states_.clear();
    if (!claim_autostart()) co_return;
    for (const Pointer& pool : pools_.all()) {
        if (!pool->autostart || pool->active) continue;
        try {
            co_await start(pool, CreateOptions());
        } catch (const Error& error) {
            log_error("storage", "autostart of pool '{}' failed: {}", pool->name, error.message());
        }
    }
}

Task<void> Pools::begin() {
    if (!definitions_) {
        model::StoragePool pool; // as libvirt's test driver has it
        pool.name = "default-pool";
        pool.target.path = "/default-pool";
        model::complete(pool,
                        {.new_uuid = [] { return *Uuid::parse("dfe224cb-28fb-8dd0-c4b2-64eb3f0f4566"); }});
        const Pointer made = co_await define(std::move(pool));
        co_await start(made, CreateOptions());
        co_return;
    }
    co_await restore();
    try {
        co_await make_default();
    } catch (const Error& error) { log_warning("storage", "no pool 'default': {}", error.message()); }
}

} // namespace yado::storage
