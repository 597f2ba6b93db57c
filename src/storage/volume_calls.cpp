// SPDX-License-Identifier: Apache-2.0
#include "storage/storage_service.h"

#include "base/files.h"
#include "model/storage/document.h"
#include "protocol/constants.h"
#include "storage/scan.h"

#include <algorithm>
#include <fcntl.h>

namespace yado::storage {
namespace {

using service::require_flags;

/// Numbers of StorageVolType, which the model has in the same order behind "not given".
std::int32_t type_number(const model::StorageVolume& volume) {
    return static_cast<std::int32_t>(volume.type) - 1;
}

/// The visible ones: what is being made is not there yet.
template <class Use> void each_volume(const Pool& pool, Use use) {
    for (const auto& [name, entry] : pool.volumes) {
        if (entry.volume != nullptr) use(*entry.volume);
    }
}

} // namespace

p::StorageVolRef ref_to(const Pool& pool, const model::StorageVolume& volume) {
    return {.pool = pool.name, .name = volume.name, .key = volume.key};
}

StorageService::Found StorageService::require(const p::StorageVolRef& ref) const {
    Found found{.pool = pools_.require(ref.pool), .volume = nullptr};
    found.pool->require_active();
    const auto entry = found.pool->volumes.find(ref.name);
    if (entry == found.pool->volumes.end() || entry->second.volume == nullptr) {
        fail(ErrorSource::storage, Code::no_storage_vol, "no storage vol with matching name '{}'", ref.name);
    }
    found.volume = entry->second.volume;
    return found;
}

StorageService::Found StorageService::require_free(const p::StorageVolRef& ref) const {
    Found found = require(ref);
    if (found.pool->volumes.at(ref.name).uses > 0) {
        fail(ErrorSource::storage, Code::operation_invalid, "volume '{}' is still in use.", ref.name);
    }
    return found;
}

p::StoragePoolNumOfVolumesResult StorageService::count_volumes(CallContext&,
                                                               const p::StoragePoolNumOfVolumesArgs& args) {
    p::StoragePoolNumOfVolumesResult result;
    each_volume(*require_active(args.pool), [&](const auto&) { ++result.num; });
    return result;
}

p::StoragePoolListVolumesResult StorageService::list_volumes(CallContext&,
                                                             const p::StoragePoolListVolumesArgs& args) {
    p::StoragePoolListVolumesResult result;
    each_volume(*require_active(args.pool), [&](const model::StorageVolume& volume) {
        if (std::cmp_less(result.names.size(), args.maxnames)) result.names.push_back(volume.name);
    });
    return result;
}

p::StoragePoolListAllVolumesResult
StorageService::list_all_volumes(CallContext&, const p::StoragePoolListAllVolumesArgs& args) {
    require_flags(ErrorSource::storage, args.flags, 0, "storagePoolListAllVolumes");
    const Pools::Pointer pool = require_active(args.pool);
    p::StoragePoolListAllVolumesResult result;
    each_volume(*pool, [&](const model::StorageVolume& volume) {
        ++result.ret;
        if (args.need_results != 0) result.vols.push_back(ref_to(*pool, volume));
    });
    if (result.vols.size() > p::limits::storage_vol_list) {
        fail(ErrorSource::rpc, Code::rpc, "Too many storage volumes '{}' for limit '{}'", result.vols.size(),
             p::limits::storage_vol_list);
    }
    return result;
}

p::StorageVolLookupByNameResult StorageService::volume_by_name(CallContext&,
                                                               const p::StorageVolLookupByNameArgs& args) {
    const Pools::Pointer pool = require_active(args.pool);
    const Found found = require(p::StorageVolRef{.pool = pool->name, .name = args.name, .key = {}});
    return {.vol = ref_to(*pool, *found.volume)};
}

p::StorageVolLookupByKeyResult StorageService::volume_by_key(CallContext&,
                                                             const p::StorageVolLookupByKeyArgs& args) {
    std::optional<p::StorageVolRef> found;
    for (const Pools::Pointer& pool : pools_.all()) {
        each_volume(*pool, [&](const model::StorageVolume& volume) {
            if (!found && volume.key == args.key) found = ref_to(*pool, volume);
        });
    }
    if (!found)
        fail(ErrorSource::storage, Code::no_storage_vol, "no storage vol with matching key {}", args.key);
    return {.vol = *found};
}

p::StorageVolLookupByPathResult StorageService::volume_by_path(CallContext&,
                                                               const p::StorageVolLookupByPathArgs& args) {
    const std::string path = model::clean_path(args.path);
    std::optional<p::StorageVolRef> found;
    for (const Pools::Pointer& pool : pools_.all()) {
        each_volume(*pool, [&](const model::StorageVolume& volume) {
            if (!found && volume.target.path == path) found = ref_to(*pool, volume);
        });
    }
    if (!found)
        fail(ErrorSource::storage, Code::no_storage_vol, "no storage vol with matching path '{}'", args.path);
    return {.vol = *found};
}

p::StorageVolGetPathResult StorageService::volume_path(CallContext&, const p::StorageVolGetPathArgs& args) {
    return {.name = require(args.vol).volume->target.path};
}

Task<std::shared_ptr<const model::StorageVolume>> StorageService::measured(Found found) {
    if (!pools_.backend(*found.pool).has_files()) co_return found.volume;
    auto work = [volume = *found.volume]() mutable {
        const std::string path = volume.target.path;
        measure(volume, path);
        return volume;
    };
    model::StorageVolume now = co_await blocking(pools_.loop(), std::move(work));
    auto fresh = std::make_shared<const model::StorageVolume>(std::move(now));
    const auto entry = found.pool->volumes.find(fresh->name);
    if (entry != found.pool->volumes.end() && entry->second.volume == found.volume)
        entry->second.volume = fresh;
    co_return fresh;
}

Task<p::StorageVolGetInfoResult> StorageService::volume_info(CallContext, p::StorageVolGetInfoArgs args) {
    const auto volume = co_await measured(require(args.vol));
    co_return p::StorageVolGetInfoResult{.type = type_number(*volume),
                                         .capacity = volume->capacity.value_or(0),
                                         .allocation = volume->allocation.value_or(0)};
}

Task<p::StorageVolGetInfoFlagsResult> StorageService::volume_info_flags(CallContext,
                                                                        p::StorageVolGetInfoFlagsArgs args) {
    namespace Flags = p::StorageVolInfoFlags;
    require_flags(ErrorSource::storage, args.flags, Flags::get_physical, "storageVolGetInfoFlags");
    const auto volume = co_await measured(require(args.vol));
    const bool physical = (args.flags & Flags::get_physical) != 0;
    co_return p::StorageVolGetInfoFlagsResult{
        .type = type_number(*volume),
        .capacity = volume->capacity.value_or(0),
        .allocation = (physical ? volume->physical : volume->allocation).value_or(0)};
}

Task<p::StorageVolGetXmlDescResult> StorageService::volume_xml(CallContext,
                                                               p::StorageVolGetXmlDescArgs args) {
    require_flags(ErrorSource::storage, args.flags, 0, "storageVolGetXMLDesc");
    const auto volume = co_await measured(require(args.vol));
    co_return p::StorageVolGetXmlDescResult{.xml = model::write_volume(*volume)};
}

// ---- streams
// --------------------------------------------------------------------------------------------------

namespace {

/// Its format and size may be others than before.
Task<void> look_again(Pools& pools, Pools::Pointer pool, std::string name) {
    std::vector<std::string> names{std::move(name)};
    try {
        co_await pools.look(pool, std::move(names));
    } catch (const Error&) { co_return; } // it is seen when the pool is refreshed
    pools.announce(*pool, PoolEvent::What::refreshed);
}

void require_content(const Backend& backend, const model::StorageVolume& volume, std::string_view what) {
    if (!backend.has_files()) {
        fail(ErrorSource::storage, Code::no_support, "storage pool doesn't support volume {}", what);
    }
    if (volume.type == model::VolumeType::dir) {
        fail(ErrorSource::storage, Code::operation_unsupported,
             "volume '{}' is a directory: it has no content", volume.name);
    }
}

} // namespace

Task<p::StorageVolDownloadResult> StorageService::download(CallContext call, p::StorageVolDownloadArgs args) {
    namespace Flags = p::StorageVolDownloadFlags;
    require_flags(ErrorSource::storage, args.flags, Flags::sparse_stream, "storageVolDownload");
    const Found found = require(args.vol);
    require_content(pools_.backend(*found.pool), *found.volume, "download");
    auto use = std::make_shared<VolumeUse>(found.pool, found.volume->name);
    auto open = [path = found.volume->target.path] {
        return open_file(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    };
    UniqueFd fd = co_await blocking(pools_.loop(), open);
    service::StreamPipe pipe;
    pipe.fd = std::move(fd);
    pipe.to_client = true;
    pipe.sparse = (args.flags & Flags::sparse_stream) != 0;
    pipe.offset = args.offset;
    if (args.length != 0) pipe.length = args.length;
    pipe.ended = [use](service::StreamEnd) mutable { use.reset(); };
    call.stream->attach(std::move(pipe));
    co_return p::StorageVolDownloadResult();
}

Task<p::StorageVolUploadResult> StorageService::upload(CallContext call, p::StorageVolUploadArgs args) {
    namespace Flags = p::StorageVolUploadFlags;
    require_flags(ErrorSource::storage, args.flags, Flags::sparse_stream, "storageVolUpload");
    const Found found = require_free(args.vol);
    require_content(pools_.backend(*found.pool), *found.volume, "upload");
    auto use = std::make_shared<VolumeUse>(found.pool, found.volume->name);
    auto open = [path = found.volume->target.path] {
        return open_file(path, O_RDWR | O_NONBLOCK | O_NOCTTY);
    };
    UniqueFd fd = co_await blocking(pools_.loop(), open);
    service::StreamPipe pipe;
    pipe.fd = std::move(fd);
    pipe.from_client = true;
    pipe.sparse = (args.flags & Flags::sparse_stream) != 0;
    pipe.offset = args.offset;
    if (args.length != 0) pipe.length = args.length;
    pipe.ended = [this, use, pool = found.pool, name = found.volume->name](service::StreamEnd) mutable {
        use.reset();
        spawn(look_again(pools_, pool, name));
    };
    call.stream->attach(std::move(pipe));
    co_return p::StorageVolUploadResult();
}

} // namespace yado::storage
