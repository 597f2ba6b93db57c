// SPDX-License-Identifier: Apache-2.0
// Pools of test:///default, which are nowhere but in memory.
#include "storage/backend.h"

#include <map>

namespace yado::storage {
namespace {

class MemoryBackend final : public Backend {
  public:
    using Backend::Backend;

    Task<void> remove(model::StoragePool) override { co_return; }
    Task<Contents> refresh(model::StoragePool pool) override {
        constexpr std::uint64_t size = std::uint64_t{100} << 30; // as libvirt's test driver
        Contents contents;
        contents.capacity = contents.available = size;
        contents.volumes = volumes_[pool.uuid.text()];
        for (const model::StorageVolume& volume : contents.volumes)
            contents.allocation += volume.allocation.value_or(0);
        contents.available -= contents.allocation;
        co_return contents;
    }
    Task<model::StorageVolume> create(model::StoragePool pool, NewVolume wanted) override {
        wanted.volume.key = wanted.volume.target.path = path_of(pool, wanted.volume.name);
        volumes_[pool.uuid.text()].push_back(wanted.volume);
        co_return wanted.volume;
    }
    Task<void> remove_volume(model::StoragePool pool, model::StorageVolume volume, std::uint32_t) override {
        std::erase_if(volumes_[pool.uuid.text()], [&](const auto& each) { return each.name == volume.name; });
        co_return;
    }
    bool has_files() const override { return false; }

  private:
    std::map<std::string, std::vector<model::StorageVolume>> volumes_; ///< by the pool's UUID
};

} // namespace

std::unique_ptr<Backend> make_memory_backend(Tools& tools) { return std::make_unique<MemoryBackend>(tools); }

} // namespace yado::storage
