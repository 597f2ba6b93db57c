// SPDX-License-Identifier: Apache-2.0
// What each kind of pool does its own way. A backend keeps no state of a pool: it is given the definition and
// answers with what it found. One file a kind in backends/.
#pragma once

#include "base/async/loop.h"
#include "host/processes.h"
#include "model/encryption.h"
#include "model/storage/pool.h"
#include "model/storage/volume.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace yado::storage {

/// What storage needs of others, filled in daemon/.
struct Ports {
    /// The value of a secret. Throws no_secret.
    std::function<std::string(const model::SecretReference& secret)> secret_value;
};

/// Full path of a program, or nothing.
std::optional<std::string> find_program(const std::string& name);

/// What backends work with.
struct Tools {
    Loop& loop;
    host::Processes& processes;
    Ports ports;
    std::optional<std::string> (*find)(const std::string& name) = find_program;
};

/// The state of a running pool's storage.
struct Contents {
    std::uint64_t capacity = 0, allocation = 0, available = 0; ///< bytes
    std::optional<model::Permissions> permissions;             ///< of the pool's target
    std::vector<model::StorageVolume> volumes;
};

struct NewVolume {
    model::StorageVolume volume;               ///< completed and checked, without path and key
    std::optional<model::StorageVolume> input; ///< to be copied
    bool preallocate_metadata = false;
    bool reflink = false; ///< share the blocks of `input`, or fail
};

enum class BuildMode : std::uint8_t { plain, no_overwrite, overwrite };

class Backend {
  public:
    explicit Backend(Tools& tools) : tools_(tools) {}
    Backend(const Backend&) = delete;
    Backend& operator=(const Backend&) = delete;
    virtual ~Backend() = default;

    /// Whether the storage is there, for a pool that ran under a former daemon.
    virtual Task<bool> is_running(model::StoragePool) { co_return true; }
    virtual Task<void> start(model::StoragePool) { co_return; }
    virtual Task<void> stop(model::StoragePool) { co_return; }
    virtual Task<void> build(model::StoragePool pool, BuildMode mode);
    virtual Task<void> remove(model::StoragePool pool);
    virtual Task<Contents> refresh(model::StoragePool pool) = 0;
    /// Where a volume of this name is: its path, which is its key as well unless the backend says otherwise.
    virtual std::string path_of(const model::StoragePool& pool, const std::string& name) const {
        return pool.target.path + "/" + name;
    }
    /// Only these names again; those that are no longer volumes are left out.
    virtual Task<std::vector<model::StorageVolume>> look(model::StoragePool pool,
                                                         std::vector<std::string> names);
    /// The volume as it is after it was made.
    virtual Task<model::StorageVolume> create(model::StoragePool pool, NewVolume wanted);
    virtual Task<void> remove_volume(model::StoragePool pool, model::StorageVolume volume,
                                     std::uint32_t flags);
    virtual Task<void> resize(model::StorageVolume volume, std::uint64_t capacity, bool allocate,
                              bool shrink);
    virtual Task<void> wipe(model::StorageVolume volume, std::uint32_t algorithm);
    /// Text of a <source> as clients give it, empty for none; the answer is a <sources> document.
    virtual Task<std::string> find_sources(std::string spec);

    /// Volumes are files or devices of this host, to be opened by their path.
    virtual bool has_files() const { return true; }
    /// The folder to be watched for new files; empty for none.
    virtual std::string watched(const model::StoragePool&) const { return {}; }

  protected:
    [[noreturn]] void unsupported(std::string_view what) const;
    Tools& tools_;
};

/// The backend of each kind, by its number; null where this daemon has none.
class Backends {
  public:
    /// `in_memory`: pools that exist in the daemon's memory alone, for test:///default.
    Backends(Tools& tools, bool in_memory);
    /// Throws internal_error as libvirt does where there is none.
    Backend& require(model::PoolType type) const;
    bool has(model::PoolType type) const { return backends_[static_cast<std::size_t>(type)] != nullptr; }

  private:
    std::vector<std::unique_ptr<Backend>> backends_;
};

// One a file of backends/
std::unique_ptr<Backend> make_directory_backend(Tools& tools);
std::unique_ptr<Backend> make_mounted_backend(Tools& tools, bool network);
std::unique_ptr<Backend> make_logical_backend(Tools& tools);
std::unique_ptr<Backend> make_memory_backend(Tools& tools);

} // namespace yado::storage
