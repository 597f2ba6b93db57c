// SPDX-License-Identifier: Apache-2.0
#include "storage/storage_service.h"

#include "model/storage/capabilities.h"
#include "model/storage/document.h"
#include "protocol/constants.h"

#include <algorithm>

namespace yado::storage {
namespace {

using service::require_flags;

std::string pool_text(const Pool& pool, bool inactive) {
    return model::write_pool(inactive && pool.next ? *pool.next : pool.definition,
                             pool.active && !inactive ? schema::View{.live = true} : schema::View{});
}

/// The flag of list_all that asks for this kind.
std::uint32_t kind_flag(model::PoolType type) {
    namespace Flags = p::ConnectListAllStoragePoolsFlags;
    using model::PoolType;
    switch (type) {
    case PoolType::dir: return Flags::dir;
    case PoolType::fs: return Flags::fs;
    case PoolType::netfs: return Flags::netfs;
    case PoolType::logical: return Flags::logical;
    case PoolType::disk: return Flags::disk;
    case PoolType::iscsi: return Flags::iscsi;
    case PoolType::iscsi_direct: return Flags::iscsi_direct;
    case PoolType::scsi: return Flags::scsi;
    case PoolType::mpath: return Flags::mpath;
    case PoolType::rbd: return Flags::rbd;
    case PoolType::sheepdog: return Flags::sheepdog;
    case PoolType::gluster: return Flags::gluster;
    case PoolType::zfs: return Flags::zfs;
    case PoolType::vstorage: return Flags::vstorage;
    }
    return 0;
}

constexpr std::uint32_t kind_flags = 0xfffc0; ///< from dir to iscsi_direct

/// What to do before a start, of StoragePoolCreateFlags.
Pools::CreateOptions create_options(std::uint32_t flags, std::string_view function) {
    namespace Flags = p::StoragePoolCreateFlags;
    require_flags(ErrorSource::storage, flags,
                  Flags::with_build | Flags::with_build_overwrite | Flags::with_build_no_overwrite, function);
    if ((flags & Flags::with_build_overwrite) != 0 && (flags & Flags::with_build_no_overwrite) != 0) {
        service::refuse_argument(ErrorSource::storage,
                                 "Flags 'VIR_STORAGE_POOL_CREATE_WITH_BUILD_OVERWRITE' and "
                                 "'VIR_STORAGE_POOL_CREATE_WITH_BUILD_NO_OVERWRITE' are mutually exclusive");
    }
    Pools::CreateOptions options;
    options.build = flags != 0;
    if ((flags & Flags::with_build_overwrite) != 0) options.mode = BuildMode::overwrite;
    if ((flags & Flags::with_build_no_overwrite) != 0) options.mode = BuildMode::no_overwrite;
    return options;
}

schema::ReadOptions read_options(bool validate) {
    return {.unknown = validate ? schema::Unknown::reject : schema::Unknown::ignore};
}

template <class Names> void names_of(const Pools& pools, bool active, std::int32_t most, Names& names) {
    for (const Pools::Pointer& pool : pools.all()) {
        if (std::cmp_greater_equal(names.size(), most)) break;
        if (pool->active == active) names.push_back(pool->name);
    }
}

std::int32_t number_of(const Pools& pools, bool active) {
    const auto all = pools.all();
    return static_cast<std::int32_t>(
        std::ranges::count_if(all, [active](const auto& pool) { return pool->active == active; }));
}

} // namespace

p::StoragePoolRef ref_to(const Pool& pool) { return {.name = pool.name, .uuid = pool.uuid}; }

Pools::Pointer StorageService::require(const p::StoragePoolRef& ref) const {
    if (Pools::Pointer pool = pools_.find(ref.uuid)) return pool;
    fail(ErrorSource::storage, Code::no_storage_pool, "no storage pool with matching uuid '{}' ({})",
         ref.uuid.text(), ref.name);
}

Pools::Pointer StorageService::require_active(const p::StoragePoolRef& ref) const {
    Pools::Pointer pool = require(ref);
    pool->require_active();
    return pool;
}

p::ConnectListAllStoragePoolsResult StorageService::list_all(CallContext&,
                                                             const p::ConnectListAllStoragePoolsArgs& args) {
    namespace Flags = p::ConnectListAllStoragePoolsFlags;
    constexpr std::uint32_t states = 0x3f;
    require_flags(ErrorSource::storage, args.flags, states | kind_flags, "storageConnectListAllStoragePools");
    // neither or both of a pair: either will do
    const auto fits = [&](bool is, std::uint32_t yes, std::uint32_t no) {
        const std::uint32_t asked = args.flags & (yes | no);
        return asked == 0 || (asked & (is ? yes : no)) != 0;
    };
    p::ConnectListAllStoragePoolsResult result;
    for (const Pools::Pointer& pool : pools_.all()) {
        const std::uint32_t kinds = args.flags & kind_flags;
        if (!fits(pool->active, Flags::active, Flags::inactive) ||
            !fits(pool->persistent, Flags::persistent, Flags::transient) ||
            !fits(pool->autostart, Flags::autostart, Flags::no_autostart) ||
            (kinds != 0 && (kinds & kind_flag(pool->definition.type)) == 0)) {
            continue;
        }
        ++result.ret;
        if (args.need_results != 0) result.pools.push_back(ref_to(*pool));
    }
    if (result.pools.size() > p::limits::storage_pool_list) {
        fail(ErrorSource::rpc, Code::rpc, "Too many storage pools '{}' for limit '{}'", result.pools.size(),
             p::limits::storage_pool_list);
    }
    return result;
}

p::ConnectNumOfStoragePoolsResult StorageService::count(CallContext&,
                                                        const p::ConnectNumOfStoragePoolsArgs&) {
    return {.num = number_of(pools_, true)};
}
p::ConnectNumOfDefinedStoragePoolsResult
StorageService::count_defined(CallContext&, const p::ConnectNumOfDefinedStoragePoolsArgs&) {
    return {.num = number_of(pools_, false)};
}
p::ConnectListStoragePoolsResult StorageService::list(CallContext&,
                                                      const p::ConnectListStoragePoolsArgs& args) {
    p::ConnectListStoragePoolsResult result;
    names_of(pools_, true, args.maxnames, result.names);
    return result;
}
p::ConnectListDefinedStoragePoolsResult
StorageService::list_defined(CallContext&, const p::ConnectListDefinedStoragePoolsArgs& args) {
    p::ConnectListDefinedStoragePoolsResult result;
    names_of(pools_, false, args.maxnames, result.names);
    return result;
}

Task<p::ConnectFindStoragePoolSourcesResult>
StorageService::find_sources(CallContext, p::ConnectFindStoragePoolSourcesArgs args) {
    require_flags(ErrorSource::storage, args.flags, 0, "storageConnectFindStoragePoolSources");
    constexpr auto& words = schema::EnumNames<model::PoolType>::values;
    const auto* const word = std::ranges::find(words, args.type);
    if (word == std::end(words)) {
        fail(ErrorSource::storage, Code::internal_error, "unknown storage pool type {}", args.type);
    }
    Backend& backend = pools_.backends().require(static_cast<model::PoolType>(word - std::begin(words)));
    std::string xml = co_await backend.find_sources(args.srcSpec.value_or(""));
    co_return p::ConnectFindStoragePoolSourcesResult{.xml = std::move(xml)};
}

p::ConnectGetStoragePoolCapabilitiesResult
StorageService::capabilities(CallContext&, const p::ConnectGetStoragePoolCapabilitiesArgs& args) {
    require_flags(ErrorSource::storage, args.flags, 0, "storageConnectGetCapabilities");
    const auto supported = [this](model::PoolType type) { return pools_.backends().has(type); };
    return {.capabilities = model::write_storage_capabilities(model::storage_capabilities(supported))};
}

p::StoragePoolLookupByNameResult StorageService::lookup_by_name(CallContext&,
                                                                const p::StoragePoolLookupByNameArgs& args) {
    return {.pool = ref_to(*pools_.require(args.name))};
}
p::StoragePoolLookupByUuidResult StorageService::lookup_by_uuid(CallContext&,
                                                                const p::StoragePoolLookupByUuidArgs& args) {
    return {.pool = ref_to(*pools_.require(args.uuid))};
}
p::StoragePoolLookupByVolumeResult
StorageService::lookup_by_volume(CallContext&, const p::StoragePoolLookupByVolumeArgs& args) {
    return {.pool = ref_to(*pools_.require(args.vol.pool))};
}
p::StoragePoolLookupByTargetPathResult
StorageService::lookup_by_target(CallContext&, const p::StoragePoolLookupByTargetPathArgs& args) {
    const std::string path = model::clean_path(args.path);
    for (const Pools::Pointer& pool : pools_.all()) {
        if (pool->active && pool->definition.target.path == path) return {.pool = ref_to(*pool)};
    }
    fail(ErrorSource::storage, Code::no_storage_pool, "no storage pool with matching target path '{}'", path);
}

Task<p::StoragePoolCreateXmlResult> StorageService::create_xml(CallContext,
                                                               p::StoragePoolCreateXmlArgs args) {
    const Pools::CreateOptions options = create_options(args.flags, "storagePoolCreateXML");
    model::StoragePool definition = model::parse_pool(args.xml);
    const Pools::Pointer pool = co_await pools_.create(std::move(definition), options);
    co_return p::StoragePoolCreateXmlResult{.pool = ref_to(*pool)};
}

Task<p::StoragePoolDefineXmlResult> StorageService::define_xml(CallContext,
                                                               p::StoragePoolDefineXmlArgs args) {
    require_flags(ErrorSource::storage, args.flags, p::StoragePoolDefineFlags::validate,
                  "storagePoolDefineXML");
    const bool validate = (args.flags & p::StoragePoolDefineFlags::validate) != 0;
    model::StoragePool definition = model::parse_pool(args.xml, read_options(validate));
    const Pools::Pointer pool = co_await pools_.define(std::move(definition));
    co_return p::StoragePoolDefineXmlResult{.pool = ref_to(*pool)};
}

Task<p::StoragePoolCreateResult> StorageService::create(CallContext, p::StoragePoolCreateArgs args) {
    const Pools::CreateOptions options = create_options(args.flags, "storagePoolCreate");
    const Pools::Pointer pool = require(args.pool);
    co_await pools_.start(pool, options);
    co_return p::StoragePoolCreateResult();
}

Task<p::StoragePoolBuildResult> StorageService::build(CallContext, p::StoragePoolBuildArgs args) {
    namespace Flags = p::StoragePoolBuildFlags;
    const Pools::Pointer pool = require(args.pool);
    const auto type = pool->definition.type;
    const bool formats = type == model::PoolType::fs || type == model::PoolType::logical;
    require_flags(ErrorSource::storage, args.flags, formats ? Flags::overwrite | Flags::no_overwrite : 0,
                  "storagePoolBuild");
    if ((args.flags & Flags::overwrite) != 0 && (args.flags & Flags::no_overwrite) != 0) {
        service::refuse_argument(ErrorSource::storage,
                                 "Flags 'VIR_STORAGE_POOL_BUILD_OVERWRITE' and "
                                 "'VIR_STORAGE_POOL_BUILD_NO_OVERWRITE' are mutually exclusive");
    }
    BuildMode mode = BuildMode::plain;
    if ((args.flags & Flags::overwrite) != 0) mode = BuildMode::overwrite;
    if ((args.flags & Flags::no_overwrite) != 0) mode = BuildMode::no_overwrite;
    co_await pools_.build(pool, mode);
    co_return p::StoragePoolBuildResult();
}

Task<p::StoragePoolDestroyResult> StorageService::destroy(CallContext, p::StoragePoolDestroyArgs args) {
    co_await pools_.stop(require(args.pool));
    co_return p::StoragePoolDestroyResult();
}
Task<p::StoragePoolDeleteResult> StorageService::remove(CallContext, p::StoragePoolDeleteArgs args) {
    require_flags(ErrorSource::storage, args.flags, 0, "storagePoolDelete");
    co_await pools_.remove_storage(require(args.pool));
    co_return p::StoragePoolDeleteResult();
}
Task<p::StoragePoolUndefineResult> StorageService::undefine(CallContext, p::StoragePoolUndefineArgs args) {
    co_await pools_.undefine(require(args.pool));
    co_return p::StoragePoolUndefineResult();
}
Task<p::StoragePoolRefreshResult> StorageService::refresh(CallContext, p::StoragePoolRefreshArgs args) {
    require_flags(ErrorSource::storage, args.flags, 0, "storagePoolRefresh");
    co_await pools_.refresh(require(args.pool));
    co_return p::StoragePoolRefreshResult();
}
Task<p::StoragePoolSetAutostartResult> StorageService::set_autostart(CallContext,
                                                                     p::StoragePoolSetAutostartArgs args) {
    co_await pools_.set_autostart(require(args.pool), args.autostart != 0);
    co_return p::StoragePoolSetAutostartResult();
}

p::StoragePoolGetInfoResult StorageService::get_info(CallContext&, const p::StoragePoolGetInfoArgs& args) {
    const Pools::Pointer pool = require(args.pool);
    const auto state = pool->active ? p::StoragePoolState::running : p::StoragePoolState::inactive;
    return {.state = static_cast<std::uint32_t>(state),
            .capacity = pool->definition.capacity,
            .allocation = pool->definition.allocation,
            .available = pool->definition.available};
}
p::StoragePoolGetXmlDescResult StorageService::get_xml(CallContext&,
                                                       const p::StoragePoolGetXmlDescArgs& args) {
    require_flags(ErrorSource::storage, args.flags, p::StorageXMLFlags::inactive, "storagePoolGetXMLDesc");
    return {.xml = pool_text(*require(args.pool), (args.flags & p::StorageXMLFlags::inactive) != 0)};
}
p::StoragePoolGetAutostartResult StorageService::get_autostart(CallContext&,
                                                               const p::StoragePoolGetAutostartArgs& args) {
    return {.autostart = require(args.pool)->autostart ? 1 : 0};
}
p::StoragePoolIsActiveResult StorageService::is_active(CallContext&, const p::StoragePoolIsActiveArgs& args) {
    return {.active = require(args.pool)->active ? 1 : 0};
}
p::StoragePoolIsPersistentResult StorageService::is_persistent(CallContext&,
                                                               const p::StoragePoolIsPersistentArgs& args) {
    return {.persistent = require(args.pool)->persistent ? 1 : 0};
}

} // namespace yado::storage
