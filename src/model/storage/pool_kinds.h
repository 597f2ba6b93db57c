// SPDX-License-Identifier: Apache-2.0
// The kinds of storage pools and what each has: which parts of <source> it uses, which formats it and its
// volumes may have. Completing, checking and the document of storage capabilities work on this one table.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "schema/codec.h"

namespace yado::model {

/// In libvirt's order, whose numbers some messages show.
enum class PoolType : std::uint8_t {
    dir,
    fs,
    netfs,
    logical,
    disk,
    iscsi,
    iscsi_direct,
    scsi,
    mpath,
    rbd,
    sheepdog,
    gluster,
    zfs,
    vstorage,
};

/// Where a pool of the kind finds the path of its target.
enum class PoolTarget : std::uint8_t {
    given,   ///< the document must say it
    derived, ///< from the name of the source, below `target_prefix`
    none,    ///< volumes are no files of this host
};

/// Words for formats, the first of them for documents that name none unless `usual` says otherwise.
struct FormatWords {
    std::span<const std::string_view> words;
    std::string_view usual; ///< empty: the kind has no formats
    bool known(std::string_view word) const;
};

struct PoolKind {
    bool host = false, device = false, dir = false, adapter = false, name = false, initiator = false;
    bool needs_device = false;
    bool features = false; ///< <features> may say whether volumes are copied on write
    PoolTarget target = PoolTarget::given;
    std::string_view target_prefix = {};
    FormatWords source_format = {};
    FormatWords volume_format = {};
    std::string_view options = {}; ///< the namespace its additional options are in: "fs", "rbd"
};
const PoolKind& kind_of(PoolType type);

} // namespace yado::model

template <> struct yado::schema::EnumNames<yado::model::PoolType> {
    static constexpr std::string_view values[] = {"dir",      "fs",           "netfs", "logical", "disk",
                                                  "iscsi",    "iscsi-direct", "scsi",  "mpath",   "rbd",
                                                  "sheepdog", "gluster",      "zfs",   "vstorage"};
};
