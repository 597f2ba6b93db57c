// SPDX-License-Identifier: Apache-2.0
// <pool>: a place that volumes are made in, and where its storage comes from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/uuid.h"
#include "model/auth.h"
#include "model/storage/adapter.h"
#include "model/storage/pool_kinds.h"
#include "model/storage/values.h"
#include "schema/io.h"

namespace yado::model {

struct PoolHost {
    std::string name;
    std::int32_t port = 0; ///< 0: the protocol's own
};
/// A part of a disk that no partition takes; bytes.
struct FreeExtent {
    std::uint64_t start = 0, end = 0;
};
struct PoolDevice {
    std::string path;               ///< a block device, or the name of an iSCSI target
    schema::YesNo part_separator{}; ///< whether partitions of a multipath device are named DEVICEpN
    std::vector<FreeExtent> free_extents;
};

struct PoolSource {
    std::vector<PoolHost> hosts;
    std::vector<PoolDevice> devices;
    std::string dir;
    Adapter adapter;
    std::string name;
    std::string initiator; ///< the iSCSI name this host gives itself
    std::string format;
    schema::Rare<Auth> auth;
    std::string protocol_version; ///< of NFS
    StorageLabel vendor, product;
};
void describe(schema::Io& io, PoolSource& source);

struct PoolTargetPath {
    std::string path;
    Permissions permissions;
};

/// What a volume's allocation is taken to be when the pool is read again.
enum class RefreshAllocation : std::uint8_t { unset, default_, capacity };

struct StoragePool {
    PoolType type{};
    std::string name;
    Uuid uuid;
    std::uint64_t capacity = 0, allocation = 0, available = 0; ///< bytes, of a running pool
    schema::YesNo copy_on_write{};
    PoolSource source;
    PoolTargetPath target;
    RefreshAllocation refresh{};
    schema::Kept mount_options;  ///< <fs:mount_opts>
    schema::Kept config_options; ///< <rbd:config_opts>

    const PoolKind& kind() const { return kind_of(type); }
};
void describe(schema::Io& io, StoragePool& pool);

/// One <fs:option name=''/> or <rbd:option name='' value=''/>; what is not given is not there.
struct PoolOption {
    std::optional<std::string> name, value;
};
/// The options within a pool's `mount_options` or `config_options`.
std::vector<PoolOption> pool_options(const schema::Kept& kept);

} // namespace yado::model

template <> struct yado::schema::EnumNames<yado::model::RefreshAllocation> {
    static constexpr std::string_view values[] = {"", "default", "capacity"};
};
