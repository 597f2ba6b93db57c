// SPDX-License-Identifier: Apache-2.0
#include "storage/backend.h"

#include "base/error.h"

namespace yado::storage {

void Backend::unsupported(std::string_view what) const {
    fail(ErrorSource::storage, Code::no_support, "{}", what);
}

// libvirt's words where a kind of pool cannot do a thing
Task<void> Backend::build(model::StoragePool, BuildMode) { co_return; }
Task<void> Backend::remove(model::StoragePool) {
    unsupported("pool does not support pool deletion");
    co_return;
}
Task<std::vector<model::StorageVolume>> Backend::look(model::StoragePool, std::vector<std::string>) {
    co_return std::vector<model::StorageVolume>();
}
Task<model::StorageVolume> Backend::create(model::StoragePool, NewVolume) {
    unsupported("storage pool does not support volume creation");
    co_return model::StorageVolume();
}
Task<void> Backend::remove_volume(model::StoragePool, model::StorageVolume, std::uint32_t) {
    unsupported("storage pool does not support vol deletion");
    co_return;
}
Task<void> Backend::resize(model::StorageVolume, std::uint64_t, bool, bool) {
    unsupported("storage pool does not support changing of volume capacity");
    co_return;
}
Task<void> Backend::wipe(model::StorageVolume, std::uint32_t) {
    unsupported("storage pool doesn't support volume wiping");
    co_return;
}
Task<std::string> Backend::find_sources(std::string) {
    unsupported("storage pool does not support source discovery");
    co_return std::string();
}

Backends::Backends(Tools& tools, bool in_memory)
    : backends_(std::size(schema::EnumNames<model::PoolType>::values)) {
    const auto set = [this](model::PoolType type, std::unique_ptr<Backend> backend) {
        backends_[static_cast<std::size_t>(type)] = std::move(backend);
    };
    using model::PoolType;
    if (in_memory) {
        set(PoolType::dir, make_memory_backend(tools));
        return;
    }
    set(PoolType::dir, make_directory_backend(tools));
    set(PoolType::fs, make_mounted_backend(tools, false));
    set(PoolType::netfs, make_mounted_backend(tools, true));
    set(PoolType::logical, make_logical_backend(tools));
}

Backend& Backends::require(model::PoolType type) const {
    const auto index = static_cast<std::size_t>(type);
    if (Backend* backend = backends_[index].get()) return *backend;
    fail(ErrorSource::storage, Code::internal_error, "missing backend for pool type {} ({})", index,
         schema::EnumNames<model::PoolType>::values[index]);
}

} // namespace yado::storage
