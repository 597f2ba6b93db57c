// SPDX-License-Identifier: Apache-2.0
#include "model/storage_source.h"

namespace yado::model {

using schema::Io;

void describe(Io& io, Slice& s) {
    constexpr std::string_view missing = "missing offset or size attribute of slice";
    io.attribute("type", s.type);
    io.attribute("offset", s.offset,
                 {.required = true,
                  .missing = missing,
                  .invalid = "malformed value '{}' of 'offset' attribute of slice"});
    io.attribute("size", s.size,
                 {.required = true,
                  .missing = missing,
                  .invalid = "malformed value '{}' of 'size' attribute of slice"});
}

void describe(Io& io, ReservationSocket& s) {
    io.attribute("type", s.type,
                 {.required = true,
                  .source = ErrorSource::storage,
                  .missing = "missing connection type for <reservations/>"});
    io.attribute(
        "path", s.path,
        {.required = true, .source = ErrorSource::storage, .missing = "missing path for <reservations/>"});
    io.attribute("mode", s.mode,
                 {.required = true,
                  .source = ErrorSource::storage,
                  .missing = "missing connection mode for <reservations/>"});
}

void describe(Io& io, Reservations& r) {
    io.attribute("managed", r.managed, {.required = true});
    io.child("source", r.source);
}

namespace {

void describe_attributes(Io& io, SourceParts& parts) {
    io.attribute("startupPolicy", parts.startup_policy);
    io.attribute("index", parts.index, {.show = schema::Show::running});
}

void describe_parts(Io& io, SourceParts& parts) {
    io.group("slices", [&] { io.child("slice", parts.slices); });
    io.child("seclabel", parts.labels);
    io.child("auth", parts.auth, {.guest_abi = false});
    io.child("reservations", parts.reservations);
    io.child("encryption", parts.encryption, {.expand_empty = true});
    io.child("dataStore", parts.data_store, {.since = "10.10.0"});
}

} // namespace

void describe(Io& io, FileSource& s) {
    io.attribute("file", s.path);
    io.attribute("fdgroup", s.fd_group);
    describe_attributes(io, s.parts);
    describe_parts(io, s.parts);
}

void describe(Io& io, BlockSource& s) {
    io.attribute("dev", s.path);
    describe_attributes(io, s.parts);
    describe_parts(io, s.parts);
}

void describe(Io& io, DirectorySource& s) {
    io.attribute("dir", s.path);
    describe_attributes(io, s.parts);
    describe_parts(io, s.parts);
}

void describe(Io& io, NetworkSource& s) {
    describe_network_attributes(io, s.storage);
    describe_attributes(io, s.parts);
    describe_network_parts(io, s.storage);
    describe_parts(io, s.parts);
}

void describe(Io& io, VolumeSource& s) {
    io.attribute("pool", s.pool);
    io.attribute("volume", s.volume);
    io.attribute(
        "mode", s.mode,
        {.code = Code::config_unsupported, .invalid = "unknown source mode '{}' for volume type disk"});
    describe_attributes(io, s.parts);
    describe_parts(io, s.parts);
}

void describe(Io& io, NvmeSource& s) {
    io.attribute("type", s.type, {.required = true, .missing = "missing 'type' attribute to disk source"});
    io.attribute("managed", s.managed);
    io.attribute("namespace", s.name_space,
                 {.required = true,
                  .missing = "missing 'namespace' attribute to disk source",
                  .invalid = "malformed namespace '{}'"});
    describe_attributes(io, s.parts);
    io.child("address", s.address, {.required = true, .missing = "NVMe disk source is missing address"});
    describe_parts(io, s.parts);
}

void describe(Io& io, VhostUserSource& s) {
    io.attribute("type", s.type,
                 {.required = true, .missing = "missing 'type' attribute for vhostuser disk source"});
    io.attribute("path", s.path);
    describe_attributes(io, s.parts);
    io.child("reconnect", s.reconnect);
    describe_parts(io, s.parts);
}

void describe(Io& io, VhostVdpaSource& s) {
    io.attribute("dev", s.device);
    describe_attributes(io, s.parts);
    describe_parts(io, s.parts);
}

void describe_metadata_cache(Io& io, std::optional<std::uint64_t>& size) {
    io.group("metadata_cache", [&] { io.value<schema::SizeInBytes>("max_size", size); });
}

void describe(Io& io, StorageFormat& f) {
    io.attribute("type", f.type,
                 {.required = true,
                  .missing = "missing disk backing store format",
                  .invalid = "unknown storage source format '{}'"});
    describe_metadata_cache(io, f.metadata_cache_size);
}

void describe(Io& io, DataStore& d) {
    io.choice_tag("type", d.source, {.invalid = "unknown storage source type '{}'"});
    io.child("format", d.format);
    io.choice_body("source", d.source);
}

std::optional<StorageSource> source_of(const OptionalSource& source) {
    return std::visit(
        []<class T>(const T& each) -> std::optional<StorageSource> {
            if constexpr (std::is_same_v<T, std::monostate>) {
                return std::nullopt;
            } else {
                return each;
            }
        },
        source);
}

SourceParts& parts_of(StorageSource& source) {
    return std::visit([](auto& each) -> SourceParts& { return each.parts; }, source);
}
const SourceParts& parts_of(const StorageSource& source) {
    return std::visit([](const auto& each) -> const SourceParts& { return each.parts; }, source);
}

const std::string& path_of(const StorageSource& source) {
    static const std::string none;
    if (const auto* file = std::get_if<FileSource>(&source)) { return file->path; }
    if (const auto* block = std::get_if<BlockSource>(&source)) { return block->path; }
    const auto* directory = std::get_if<DirectorySource>(&source);
    return directory != nullptr ? directory->path : none;
}

namespace {

struct Emptiness {
    bool operator()(const FileSource& s) const { return s.path.empty(); }
    bool operator()(const BlockSource& s) const { return s.path.empty(); }
    bool operator()(const DirectorySource& s) const { return s.path.empty(); }
    bool operator()(const NetworkSource& s) const { return s.storage.protocol == StorageProtocol::unset; }
    bool operator()(const VolumeSource& s) const { return s.pool.empty() && s.volume.empty(); }
    bool operator()(const NvmeSource& s) const { return !s.address; }
    bool operator()(const VhostUserSource& s) const { return s.path.empty() && s.type.empty(); }
    bool operator()(const VhostVdpaSource& s) const { return s.device.empty(); }
};

} // namespace

bool is_empty(const StorageSource& source) { return std::visit(Emptiness(), source); }

void complete_encryption(Encryption& encryption) {
    if (encryption.engine == EncryptionEngine::unset) { encryption.engine = EncryptionEngine::qemu; }
}

namespace {

void complete_network(NetworkStorage& storage) {
    for (StorageHost& host : storage.hosts) {
        if (host.transport == HostTransport::tcp) { host.transport = HostTransport::unset; }
        if (host.port == 0 && !host.is_unix()) { host.port = default_port(storage.protocol); }
    }
    switch (storage.protocol) {
    case StorageProtocol::http:
    case StorageProtocol::https:
    case StorageProtocol::ftp:
    case StorageProtocol::ftps:
    case StorageProtocol::tftp: break;
    default: storage.readahead = storage.timeout = 0; // means nothing to the others
    }
    if (storage.protocol == StorageProtocol::iscsi && !storage.name.empty() &&
        storage.name.find('/') == std::string::npos) {
        storage.name += "/0";
    }
}

/// A label that neither names one nor forbids one says nothing.
bool says_nothing(const DeviceLabel& label) {
    return label.label.empty() && label.relabel != schema::YesNo::no &&
           label.label_skip != schema::YesNo::yes;
}

} // namespace

void complete_source(StorageSource& source) {
    SourceParts& parts = parts_of(source);
    if (parts.encryption) { complete_encryption(*parts.encryption); }
    std::erase_if(parts.labels, says_nothing);
    std::erase_if(parts.slices, [](const Slice& slice) { return slice.type != SliceType::storage; });
    if (auto* network = std::get_if<NetworkSource>(&source)) {
        complete_network(network->storage);
        parts.labels.clear(); // there is no file here to label
    }
    if (auto* nvme = std::get_if<NvmeSource>(&source);
        nvme != nullptr && nvme->managed == schema::YesNo::unset) {
        nvme->managed = schema::YesNo::yes;
    }
    if (auto* socket = std::get_if<VhostUserSource>(&source);
        socket != nullptr && socket->reconnect && socket->reconnect->enabled == schema::YesNo::unset) {
        socket->reconnect.reset();
    }
    if (parts.data_store) { complete_source(parts.data_store->source); }
}

} // namespace yado::model
