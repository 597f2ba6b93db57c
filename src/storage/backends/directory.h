// SPDX-License-Identifier: Apache-2.0
// Pools whose volumes are the files of a folder. File systems and shares are such pools once they are
// mounted.
#pragma once

#include "storage/backend.h"

namespace yado::storage {

class DirectoryBackend : public Backend {
  public:
    using Backend::Backend;

    Task<void> start(model::StoragePool pool) override;
    Task<void> build(model::StoragePool pool, BuildMode mode) override;
    Task<void> remove(model::StoragePool pool) override;
    Task<Contents> refresh(model::StoragePool pool) override;
    Task<std::vector<model::StorageVolume>> look(model::StoragePool pool,
                                                 std::vector<std::string> names) override;
    Task<model::StorageVolume> create(model::StoragePool pool, NewVolume wanted) override;
    Task<void> remove_volume(model::StoragePool pool, model::StorageVolume volume,
                             std::uint32_t flags) override;
    Task<void> resize(model::StorageVolume volume, std::uint64_t capacity, bool allocate,
                      bool shrink) override;
    Task<void> wipe(model::StorageVolume volume, std::uint32_t algorithm) override;
    Task<std::string> find_sources(std::string spec) override;
    std::string watched(const model::StoragePool& pool) const override { return pool.target.path; }

  protected:
    /// The target folder with the owner and mode of the document.
    Task<void> make_target(model::StoragePool pool);
};

} // namespace yado::storage
