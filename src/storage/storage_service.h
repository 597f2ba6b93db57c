// SPDX-License-Identifier: Apache-2.0
// The calls about storage pools and volumes.
#pragma once

#include "protocol/connect_calls.h"
#include "protocol/storage_calls.h"
#include "service/arguments.h"
#include "service/call.h"
#include "storage/pools.h"

namespace yado::storage {

namespace p = protocol;
using service::CallContext;

class StorageService {
  public:
    explicit StorageService(Pools& pools) : pools_(pools) {}

    // Pools (pool_calls.cpp)
    p::ConnectListAllStoragePoolsResult list_all(CallContext&, const p::ConnectListAllStoragePoolsArgs&);
    p::ConnectNumOfStoragePoolsResult count(CallContext&, const p::ConnectNumOfStoragePoolsArgs&);
    p::ConnectListStoragePoolsResult list(CallContext&, const p::ConnectListStoragePoolsArgs&);
    p::ConnectNumOfDefinedStoragePoolsResult count_defined(CallContext&,
                                                           const p::ConnectNumOfDefinedStoragePoolsArgs&);
    p::ConnectListDefinedStoragePoolsResult list_defined(CallContext&,
                                                         const p::ConnectListDefinedStoragePoolsArgs&);
    Task<p::ConnectFindStoragePoolSourcesResult> find_sources(CallContext,
                                                              p::ConnectFindStoragePoolSourcesArgs);
    p::ConnectGetStoragePoolCapabilitiesResult capabilities(CallContext&,
                                                            const p::ConnectGetStoragePoolCapabilitiesArgs&);
    p::StoragePoolLookupByNameResult lookup_by_name(CallContext&, const p::StoragePoolLookupByNameArgs&);
    p::StoragePoolLookupByUuidResult lookup_by_uuid(CallContext&, const p::StoragePoolLookupByUuidArgs&);
    p::StoragePoolLookupByVolumeResult lookup_by_volume(CallContext&,
                                                        const p::StoragePoolLookupByVolumeArgs&);
    p::StoragePoolLookupByTargetPathResult lookup_by_target(CallContext&,
                                                            const p::StoragePoolLookupByTargetPathArgs&);
    Task<p::StoragePoolCreateXmlResult> create_xml(CallContext, p::StoragePoolCreateXmlArgs);
    Task<p::StoragePoolDefineXmlResult> define_xml(CallContext, p::StoragePoolDefineXmlArgs);
    Task<p::StoragePoolCreateResult> create(CallContext, p::StoragePoolCreateArgs);
    Task<p::StoragePoolBuildResult> build(CallContext, p::StoragePoolBuildArgs);
    Task<p::StoragePoolDestroyResult> destroy(CallContext, p::StoragePoolDestroyArgs);
    Task<p::StoragePoolDeleteResult> remove(CallContext, p::StoragePoolDeleteArgs);
    Task<p::StoragePoolUndefineResult> undefine(CallContext, p::StoragePoolUndefineArgs);
    Task<p::StoragePoolRefreshResult> refresh(CallContext, p::StoragePoolRefreshArgs);
    p::StoragePoolGetInfoResult get_info(CallContext&, const p::StoragePoolGetInfoArgs&);
    p::StoragePoolGetXmlDescResult get_xml(CallContext&, const p::StoragePoolGetXmlDescArgs&);
    p::StoragePoolGetAutostartResult get_autostart(CallContext&, const p::StoragePoolGetAutostartArgs&);
    Task<p::StoragePoolSetAutostartResult> set_autostart(CallContext, p::StoragePoolSetAutostartArgs);
    p::StoragePoolIsActiveResult is_active(CallContext&, const p::StoragePoolIsActiveArgs&);
    p::StoragePoolIsPersistentResult is_persistent(CallContext&, const p::StoragePoolIsPersistentArgs&);

    // Volumes (volume_calls.cpp, volume_making.cpp)
    p::StoragePoolNumOfVolumesResult count_volumes(CallContext&, const p::StoragePoolNumOfVolumesArgs&);
    p::StoragePoolListVolumesResult list_volumes(CallContext&, const p::StoragePoolListVolumesArgs&);
    p::StoragePoolListAllVolumesResult list_all_volumes(CallContext&,
                                                        const p::StoragePoolListAllVolumesArgs&);
    p::StorageVolLookupByNameResult volume_by_name(CallContext&, const p::StorageVolLookupByNameArgs&);
    p::StorageVolLookupByKeyResult volume_by_key(CallContext&, const p::StorageVolLookupByKeyArgs&);
    p::StorageVolLookupByPathResult volume_by_path(CallContext&, const p::StorageVolLookupByPathArgs&);
    p::StorageVolGetPathResult volume_path(CallContext&, const p::StorageVolGetPathArgs&);
    Task<p::StorageVolGetInfoResult> volume_info(CallContext, p::StorageVolGetInfoArgs);
    Task<p::StorageVolGetInfoFlagsResult> volume_info_flags(CallContext, p::StorageVolGetInfoFlagsArgs);
    Task<p::StorageVolGetXmlDescResult> volume_xml(CallContext, p::StorageVolGetXmlDescArgs);
    Task<p::StorageVolCreateXmlResult> create_volume(CallContext, p::StorageVolCreateXmlArgs);
    Task<p::StorageVolCreateXmlFromResult> create_volume_from(CallContext, p::StorageVolCreateXmlFromArgs);
    Task<p::StorageVolDeleteResult> delete_volume(CallContext, p::StorageVolDeleteArgs);
    Task<p::StorageVolResizeResult> resize_volume(CallContext, p::StorageVolResizeArgs);
    Task<p::StorageVolWipeResult> wipe_volume(CallContext, p::StorageVolWipeArgs);
    Task<p::StorageVolWipePatternResult> wipe_volume_pattern(CallContext, p::StorageVolWipePatternArgs);
    Task<p::StorageVolUploadResult> upload(CallContext, p::StorageVolUploadArgs);
    Task<p::StorageVolDownloadResult> download(CallContext, p::StorageVolDownloadArgs);

    Pools& pools() { return pools_; }

  private:
    struct Found {
        Pools::Pointer pool;
        std::shared_ptr<const model::StorageVolume> volume;
    };
    Pools::Pointer require(const p::StoragePoolRef& ref) const;
    Pools::Pointer require_active(const p::StoragePoolRef& ref) const;
    Found require(const p::StorageVolRef& ref) const;
    /// Also not used. Throws operation_invalid.
    Found require_free(const p::StorageVolRef& ref) const;
    /// With what its file is now.
    Task<std::shared_ptr<const model::StorageVolume>> measured(Found found);
    Task<std::shared_ptr<const model::StorageVolume>> make(Pools::Pointer pool, NewVolume wanted);
    Task<void> wipe(p::StorageVolRef ref, std::uint32_t algorithm);

    Pools& pools_;
};

p::StoragePoolRef ref_to(const Pool& pool);
p::StorageVolRef ref_to(const Pool& pool, const model::StorageVolume& volume);

} // namespace yado::storage
