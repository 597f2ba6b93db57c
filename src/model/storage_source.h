// SPDX-License-Identifier: Apache-2.0
// Where the contents of a disk come from: <source> in all its kinds. Disks, backing stores, mirrors,
// snapshots and backups name storage in this way.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "model/auth.h"
#include "model/device_label.h"
#include "model/encryption.h"
#include "model/host_pci.h"
#include "model/image_format.h"
#include "model/reconnect.h"
#include "model/storage_host.h"
#include "schema/io.h"

namespace yado::model {

/// What happens when the image is not there.
enum class StartupPolicy : std::uint8_t { unset, default_, mandatory, requisite, optional };
enum class VolumeMode : std::uint8_t { unset, host, direct };
enum class SliceType : std::uint8_t { unset, storage, format };

/// Part of a file or device that is the image.
struct Slice {
    SliceType type{};
    std::optional<std::uint64_t> offset, size; ///< bytes
};

struct ReservationSocket {
    std::string type, path, mode;
};
/// SCSI persistent reservations go through a process that has the privilege for them.
struct Reservations {
    schema::YesNo managed{}; ///< yes: the daemon starts that process
    schema::Rare<ReservationSocket> source;
};

struct DataStore;

/// What every kind of source may have.
struct SourceParts {
    StartupPolicy startup_policy{};
    std::optional<std::uint32_t> index; ///< of the image in a running guest's block graph
    std::vector<Slice> slices;
    std::vector<DeviceLabel> labels;
    schema::Rare<Auth> auth;
    schema::Rare<Encryption> encryption;
    schema::Rare<Reservations> reservations;
    schema::Rare<DataStore> data_store; ///< the raw data of a qcow2 image whose file has metadata only
};

/// <source file='…'/>; an empty path is an empty CD-ROM or floppy drive.
struct FileSource {
    std::string path;
    std::string fd_group; ///< descriptors a client has passed in, used instead of opening the path
    SourceParts parts;
};
/// <source dev='…'/>
struct BlockSource {
    std::string path;
    SourceParts parts;
};
/// <source dir='…'/>: QEMU makes a FAT file system of it.
struct DirectorySource {
    std::string path;
    SourceParts parts;
};
struct NetworkSource {
    NetworkStorage storage;
    SourceParts parts;
};
/// <source pool='…' volume='…'/>: found when the guest starts.
struct VolumeSource {
    std::string pool, volume;
    VolumeMode mode{};
    SourceParts parts;
};
struct NvmeSource {
    std::string type; ///< "pci"
    schema::YesNo managed{};
    std::optional<std::uint64_t> name_space;
    schema::Rare<HostPci> address;
    SourceParts parts;
};
/// A process that serves the guest's queues itself.
struct VhostUserSource {
    std::string type, path; ///< "unix"
    schema::Rare<Reconnect> reconnect;
    SourceParts parts;
};
struct VhostVdpaSource {
    std::string device;
    SourceParts parts;
};

void describe(schema::Io& io, FileSource& source);
void describe(schema::Io& io, BlockSource& source);
void describe(schema::Io& io, DirectorySource& source);
void describe(schema::Io& io, NetworkSource& source);
void describe(schema::Io& io, VolumeSource& source);
void describe(schema::Io& io, NvmeSource& source);
void describe(schema::Io& io, VhostUserSource& source);
void describe(schema::Io& io, VhostVdpaSource& source);

template <class... First>
using SourceKinds = std::variant<First..., FileSource, BlockSource, DirectorySource, NetworkSource,
                                 VolumeSource, NvmeSource, VhostUserSource, VhostVdpaSource>;
using StorageSource = SourceKinds<>;
/// Where saying nothing means that there is nothing: the end of a backing chain, older mirrors.
using OptionalSource = SourceKinds<std::monostate>;

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::StartupPolicy> {
    static constexpr std::string_view values[] = {"", "default", "mandatory", "requisite", "optional"};
};
template <> struct EnumNames<model::VolumeMode> {
    static constexpr std::string_view values[] = {"", "host", "direct"};
};
template <> struct EnumNames<model::SliceType> {
    static constexpr std::string_view values[] = {"", "storage", "format"};
};
template <> struct UnionTags<model::StorageSource> {
    static constexpr std::string_view values[] = {"file",   "block", "dir",       "network",
                                                  "volume", "nvme",  "vhostuser", "vhostvdpa"};
};
template <> struct UnionTags<model::OptionalSource> {
    static constexpr std::string_view values[] = {"",       "file", "block",     "dir",      "network",
                                                  "volume", "nvme", "vhostuser", "vhostvdpa"};
};
} // namespace yado::schema

namespace yado::model {

struct StorageFormat {
    ImageFormat type{};
    std::optional<std::uint64_t> metadata_cache_size; ///< bytes of memory for qcow2's tables
};
void describe(schema::Io& io, StorageFormat& format);
/// <metadata_cache><max_size unit='bytes'>…
void describe_metadata_cache(schema::Io& io, std::optional<std::uint64_t>& size);

struct DataStore {
    StorageSource source;
    StorageFormat format;
};
void describe(schema::Io& io, DataStore& store);

std::optional<StorageSource> source_of(const OptionalSource& source);
SourceParts& parts_of(StorageSource& source);
const SourceParts& parts_of(const StorageSource& source);
/// The file, device or directory on this host; empty for sources that are none.
const std::string& path_of(const StorageSource& source);
/// Nothing is named: an empty drive.
bool is_empty(const StorageSource& source);

/// Fills what a source leaves open, as libvirt does: ports, the first iSCSI unit, who decrypts.
void complete_source(StorageSource& source);
void complete_encryption(Encryption& encryption);

} // namespace yado::model
