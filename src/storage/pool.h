// SPDX-License-Identifier: Apache-2.0
// One storage pool: what is declared, and the volumes found in it while it runs.
#pragma once

#include "base/async/mutex.h"
#include "base/error.h"
#include "model/storage/pool.h"
#include "model/storage/volume.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace yado::storage {

/// What a pool knows of a volume. Documents are replaced as a whole, never changed in place.
struct VolumeEntry {
    std::shared_ptr<const model::StorageVolume>
        volume;        ///< null: its name is taken, its content not yet there
    unsigned uses = 0; ///< streams, copies and wipes that run
};

struct Pool {
    Pool(Executor& executor, model::StoragePool what)
        : name(what.name), uuid(what.uuid), definition(std::move(what)), changing(executor) {}

    std::string name;
    Uuid uuid;
    model::StoragePool definition;          ///< with the sizes that were measured last
    std::optional<model::StoragePool> next; ///< defined while it runs: counts from the next start
    bool active = false, persistent = false, autostart = false;
    unsigned jobs = 0; ///< volumes that are being made, copied or wiped
    std::map<std::string, VolumeEntry, std::less<>> volumes;
    AsyncMutex changing; ///< one change of the pool at a time

    /// Throws operation_invalid in libvirt's words.
    void require_active() const {
        if (!active) {
            fail(ErrorSource::storage, Code::operation_invalid, "storage pool '{}' is not active", name);
        }
    }
    void require_no_jobs() const {
        if (jobs > 0) {
            fail(ErrorSource::storage, Code::internal_error, "pool '{}' has asynchronous jobs running.",
                 name);
        }
    }
    const model::StoragePool& persistent_definition() const { return next ? *next : definition; }
};

/// While it lives the volume cannot be deleted, resized or wiped, nor its pool stopped.
class VolumeUse {
  public:
    VolumeUse(std::shared_ptr<Pool> pool, std::string name) : pool_(std::move(pool)), name_(std::move(name)) {
        ++pool_->volumes.at(name_).uses;
        ++pool_->jobs;
    }
    VolumeUse(const VolumeUse&) = delete;
    VolumeUse& operator=(const VolumeUse&) = delete;
    ~VolumeUse() {
        --pool_->jobs;
        const auto entry = pool_->volumes.find(name_);
        if (entry != pool_->volumes.end() && entry->second.uses > 0) --entry->second.uses;
    }

  private:
    std::shared_ptr<Pool> pool_;
    std::string name_;
};

/// What happens to one.
struct PoolEvent {
    enum class What { defined, undefined, started, stopped, created, deleted, refreshed };
    What what;
    std::string name;
    Uuid id;

    const Uuid& uuid() const { return id; }
};

} // namespace yado::storage
