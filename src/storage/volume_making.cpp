// SPDX-License-Identifier: Apache-2.0
// Making, deleting, resizing and wiping volumes.
#include "storage/storage_service.h"

#include "model/storage/check.h"
#include "model/storage/document.h"
#include "protocol/constants.h"

#include <algorithm>

namespace yado::storage {
namespace {

using service::require_flags;

/// A volume's place in its pool while it is being made. What was not made leaves nothing.
class Place {
  public:
    Place(Pools::Pointer pool, std::string name) : pool_(std::move(pool)), name_(std::move(name)) {
        pool_->volumes[name_] = {};
        ++pool_->jobs;
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() {
        --pool_->jobs;
        if (!made_) pool_->volumes.erase(name_);
    }
    void fill(std::shared_ptr<const model::StorageVolume> volume) {
        pool_->volumes[name_] = VolumeEntry{.volume = std::move(volume)};
        made_ = true;
    }

  private:
    Pools::Pointer pool_;
    std::string name_;
    bool made_ = false;
};

/// libvirt takes what has come and gone into the pool's numbers without reading the file system again.
void account(Pool& pool, std::uint64_t more, std::uint64_t less) {
    model::StoragePool& sizes = pool.definition;
    sizes.allocation = sizes.allocation + more > less ? sizes.allocation + more - less : 0;
    sizes.available = sizes.available + less > more ? sizes.available + less - more : 0;
}

void check_name(const std::string& name) {
    const bool control =
        std::ranges::any_of(name, [](char c) { return static_cast<unsigned char>(c) < ' '; });
    if (control || name.size() > 255) {
        fail(ErrorSource::storage, Code::operation_invalid,
             "volume name is longer than 255 bytes or has control characters in it");
    }
}

} // namespace

Task<std::shared_ptr<const model::StorageVolume>> StorageService::make(Pools::Pointer pool,
                                                                       NewVolume wanted) {
    const std::string name = wanted.volume.name;
    check_name(name);
    Place place(pool, name);
    model::StorageVolume made = co_await pools_.backend(*pool).create(pool->definition, std::move(wanted));
    auto volume = std::make_shared<const model::StorageVolume>(std::move(made));
    place.fill(volume);
    account(*pool, volume->allocation.value_or(0), 0);
    co_return volume;
}

Task<p::StorageVolCreateXmlResult> StorageService::create_volume(CallContext,
                                                                 p::StorageVolCreateXmlArgs args) {
    namespace Flags = p::StorageVolCreateFlags;
    require_flags(ErrorSource::storage, args.flags, Flags::prealloc_metadata | Flags::validate,
                  "storageVolCreateXML");
    const Pools::Pointer pool = require_active(args.pool);
    const auto unknown =
        (args.flags & Flags::validate) != 0 ? schema::Unknown::reject : schema::Unknown::ignore;
    NewVolume wanted;
    wanted.volume = model::parse_volume(args.xml, pool->definition.type, {.unknown = unknown});
    if (pool->volumes.contains(wanted.volume.name)) {
        fail(ErrorSource::storage, Code::storage_vol_exist, "'{}'", wanted.volume.name);
    }
    wanted.preallocate_metadata = (args.flags & Flags::prealloc_metadata) != 0;
    const auto volume = co_await make(pool, std::move(wanted));
    co_return p::StorageVolCreateXmlResult{.vol = ref_to(*pool, *volume)};
}

Task<p::StorageVolCreateXmlFromResult>
StorageService::create_volume_from(CallContext, p::StorageVolCreateXmlFromArgs args) {
    namespace Flags = p::StorageVolCreateFlags;
    require_flags(ErrorSource::storage, args.flags,
                  Flags::prealloc_metadata | Flags::reflink | Flags::validate, "storageVolCreateXMLFrom");
    const Pools::Pointer pool = require_active(args.pool);
    const Found source = require(args.clonevol);
    NewVolume wanted;
    const auto unknown =
        (args.flags & Flags::validate) != 0 ? schema::Unknown::reject : schema::Unknown::ignore;
    wanted.volume = model::read_volume(args.xml, {.unknown = unknown});
    if (!wanted.volume.capacity) wanted.volume.capacity = source.volume->capacity;
    model::complete(wanted.volume, pool->definition.type);
    schema::Diagnostics problems;
    model::check(wanted.volume, pool->definition.type, problems);
    problems.throw_if_any();
    if (pool->volumes.contains(wanted.volume.name)) {
        fail(ErrorSource::storage, Code::internal_error, "storage volume name '{}' already in use.",
             wanted.volume.name);
    }
    // never less than there is to copy
    wanted.volume.capacity =
        std::max(wanted.volume.capacity.value_or(0), source.volume->capacity.value_or(0));
    wanted.input = *source.volume;
    wanted.preallocate_metadata = (args.flags & Flags::prealloc_metadata) != 0;
    wanted.reflink = (args.flags & Flags::reflink) != 0;
    const VolumeUse use(source.pool, args.clonevol.name);
    const auto volume = co_await make(pool, std::move(wanted));
    co_return p::StorageVolCreateXmlFromResult{.vol = ref_to(*pool, *volume)};
}

Task<p::StorageVolDeleteResult> StorageService::delete_volume(CallContext, p::StorageVolDeleteArgs args) {
    const Found found = require_free(args.vol);
    {
        const VolumeUse use(found.pool, args.vol.name);
        co_await pools_.backend(*found.pool).remove_volume(found.pool->definition, *found.volume, args.flags);
    }
    account(*found.pool, 0, found.volume->allocation.value_or(0));
    found.pool->volumes.erase(args.vol.name);
    co_return p::StorageVolDeleteResult();
}

Task<p::StorageVolResizeResult> StorageService::resize_volume(CallContext, p::StorageVolResizeArgs args) {
    namespace Flags = p::StorageVolResizeFlags;
    require_flags(ErrorSource::storage, args.flags, Flags::allocate | Flags::delta | Flags::shrink,
                  "storageVolResize");
    const Found found = require_free(args.vol);
    const auto volume = co_await measured(found);
    const std::uint64_t capacity = volume->capacity.value_or(0);
    const std::uint64_t allocation = volume->allocation.value_or(0);
    const bool shrink = (args.flags & Flags::shrink) != 0;
    const bool allocate = (args.flags & Flags::allocate) != 0;
    std::uint64_t wanted = args.capacity;
    if ((args.flags & Flags::delta) != 0) {
        wanted = shrink ? capacity - std::min(capacity, args.capacity) : capacity + args.capacity;
    }
    if (wanted < allocation) {
        fail(ErrorSource::storage, Code::invalid_arg, "can't shrink capacity below existing allocation");
    }
    if (wanted < capacity && !shrink) {
        fail(ErrorSource::storage, Code::invalid_arg,
             "Can't shrink capacity below current capacity unless shrink flag explicitly specified");
    }
    if (allocate && wanted - allocation > found.pool->definition.available) {
        fail(ErrorSource::storage, Code::operation_failed, "Not enough space left in storage pool");
    }
    require_free(args.vol); // another call may have come between
    const VolumeUse use(found.pool, args.vol.name);
    co_await pools_.backend(*found.pool).resize(*volume, wanted, allocate, shrink);
    const auto entry = found.pool->volumes.find(args.vol.name);
    if (entry == found.pool->volumes.end()) co_return p::StorageVolResizeResult();
    model::StorageVolume changed = *entry->second.volume;
    changed.capacity = wanted;
    if (allocate) {
        changed.allocation = wanted;
        account(*found.pool, wanted - allocation, 0);
    }
    entry->second.volume = std::make_shared<const model::StorageVolume>(std::move(changed));
    co_return p::StorageVolResizeResult();
}

Task<void> StorageService::wipe(p::StorageVolRef ref, std::uint32_t algorithm) {
    if (algorithm > static_cast<std::uint32_t>(p::StorageVolWipeAlgorithm::trim)) {
        fail(ErrorSource::storage, Code::invalid_arg, "wiping algorithm {} not supported", algorithm);
    }
    const Found found = require_free(ref);
    const VolumeUse use(found.pool, ref.name);
    co_await pools_.backend(*found.pool).wipe(*found.volume, algorithm);
}

Task<p::StorageVolWipeResult> StorageService::wipe_volume(CallContext, p::StorageVolWipeArgs args) {
    require_flags(ErrorSource::storage, args.flags, 0, "storageVolWipePattern");
    co_await wipe(args.vol, p::StorageVolWipeAlgorithm::zero);
    co_return p::StorageVolWipeResult();
}

Task<p::StorageVolWipePatternResult> StorageService::wipe_volume_pattern(CallContext,
                                                                         p::StorageVolWipePatternArgs args) {
    require_flags(ErrorSource::storage, args.flags, 0, "storageVolWipePattern");
    co_await wipe(args.vol, args.algorithm);
    co_return p::StorageVolWipePatternResult();
}

} // namespace yado::storage
