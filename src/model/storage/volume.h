// SPDX-License-Identifier: Apache-2.0
// <volume>: one disk image, partition or remote image of a pool.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/encryption.h"
#include "model/storage/pool_kinds.h"
#include "model/storage/values.h"
#include "schema/io.h"

namespace yado::model {

enum class VolumeType : std::uint8_t { unset, file, block, dir, network, netdir, ploop };

/// Bytes of the device that the volume lies on.
struct VolumeExtent {
    std::uint64_t start = 0, end = 0;
};
struct VolumeDevice {
    std::string path;
    std::vector<VolumeExtent> extents;
};

/// What the image format can do beyond its first version; there once the element is, even when it is empty.
struct VolumeFeatures {
    bool lazy_refcounts = false;
    bool extended_l2 = false;
    schema::Kept rest; ///< others, which check() names
};

struct VolumeTarget {
    std::string path;
    std::string format; ///< a word of the pool's PoolKind::volume_format
    Permissions permissions;
    schema::Rare<Timestamps> timestamps;
    schema::Rare<Encryption> encryption;
    std::string compat; ///< version of the image format: "1.1"
    bool nocow = false;
    std::uint64_t cluster_size = 0; ///< bytes; 0 when not given
    schema::Rare<VolumeFeatures> features;
};

/// The image that has what the volume's own does not have.
struct VolumeBacking {
    std::string path;
    std::string format;
    Permissions permissions;
    schema::Rare<Timestamps> timestamps;
};

struct StorageVolume {
    VolumeType type{};
    std::string name;
    std::string key;
    std::vector<VolumeDevice> devices;
    std::optional<std::uint64_t> capacity, allocation, physical; ///< bytes
    VolumeTarget target;
    schema::Rare<VolumeBacking> backing;
};
void describe(schema::Io& io, StorageVolume& volume);

} // namespace yado::model

template <> struct yado::schema::EnumNames<yado::model::VolumeType> {
    static constexpr std::string_view values[] = {"", "file", "block", "dir", "network", "netdir", "ploop"};
};
