// SPDX-License-Identifier: Apache-2.0
#include "model/storage/complete.h"

#include "schema/write.h"

namespace yado::model {

std::string clean_path(std::string_view path) {
    if (path == "/" || path == "//") { return std::string(path); }
    std::string out;
    std::size_t leading = std::min(path.find_first_not_of('/'), path.size());
    if (leading > 2) {
        path.remove_prefix(leading - 1);
        leading = 1;
    }
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path[i] == '/' && i >= leading && !out.empty() && out.back() == '/') { continue; }
        out += path[i];
    }
    if (out.size() > leading && out.back() == '/') { out.pop_back(); }
    return out;
}

namespace {

/// Only what the kind of pool uses is kept: the rest would come back in the output.
void drop_unused(PoolSource& source, const PoolKind& kind) {
    if (!kind.host) { source.hosts.clear(); }
    if (!kind.device) { source.devices.clear(); }
    if (!kind.dir) { source.dir.clear(); }
    if (!kind.adapter) { source.adapter = {}; }
    if (!kind.name) { source.name.clear(); }
    if (!kind.initiator) { source.initiator.clear(); }
    if (kind.source_format.usual.empty()) { source.format.clear(); }
    for (PoolDevice& device : source.devices) { device.free_extents.clear(); }
}

/// The options alone, in the prefix of the namespace; foreign elements beside them are forgotten.
schema::Kept only_options(const schema::Kept& kept, std::string_view prefix, std::string_view element) {
    const std::vector<PoolOption> options = pool_options(kept);
    schema::Kept out;
    if (options.empty()) { return out; }
    std::string text = fmt::format("<{}:{}>", prefix, element);
    const auto attribute = [&text](std::string_view name, const std::optional<std::string>& value) {
        if (!value) { return; }
        text.append(" ").append(name).append("='");
        schema::escape(text, *value);
        text += '\'';
    };
    for (const PoolOption& option : options) {
        text += fmt::format("<{}:option", prefix);
        attribute("name", option.name);
        attribute("value", option.value);
        text += "/>";
    }
    out.add(text + fmt::format("</{}:{}>", prefix, element));
    return out;
}

void complete_options(StoragePool& pool) {
    const std::string_view options = pool.kind().options;
    pool.mount_options =
        options == "fs" ? only_options(pool.mount_options, "fs", "mount_opts") : schema::Kept();
    pool.config_options =
        options == "rbd" ? only_options(pool.config_options, "rbd", "config_opts") : schema::Kept();
}

void complete_target(StoragePool& pool) {
    const PoolKind& kind = pool.kind();
    switch (kind.target) {
    case PoolTarget::none: pool.target = {}; return;
    case PoolTarget::derived: pool.target.path = std::string(kind.target_prefix) + pool.source.name; return;
    case PoolTarget::given: pool.target.path = clean_path(pool.target.path); return;
    }
}

} // namespace

void complete(StoragePool& pool, const PoolContext& context) {
    const PoolKind& kind = pool.kind();
    PoolSource& source = pool.source;
    if (pool.uuid.is_null()) { pool.uuid = context.new_uuid(); }
    drop_unused(source, kind);
    if (pool.name.empty()) { pool.name = source.name; }
    // The pools of Ceph are other things than ours, so that ours cannot give them a name.
    if (kind.name && source.name.empty() && pool.type != PoolType::rbd) { source.name = pool.name; }
    if (source.format.empty()) { source.format = kind.source_format.usual; }
    source.dir = clean_path(source.dir);
    if (pool.type == PoolType::gluster && source.dir.empty()) { source.dir = "/"; }
    complete(source.adapter);
    complete_target(pool);
    complete_options(pool);
    pool.capacity = pool.allocation = pool.available = 0;
}

namespace {

/// Whatever the document says: the pool knows what it makes.
VolumeType type_of(const VolumeTarget& target, PoolType pool) {
    switch (pool) {
    case PoolType::dir:
    case PoolType::fs:
    case PoolType::netfs:
    case PoolType::vstorage: return target.format == "dir" ? VolumeType::dir : VolumeType::file;
    case PoolType::gluster: return target.format == "dir" ? VolumeType::netdir : VolumeType::network;
    case PoolType::iscsi_direct:
    case PoolType::rbd:
    case PoolType::sheepdog: return VolumeType::network;
    default: return VolumeType::block;
    }
}

} // namespace

void complete(StorageVolume& volume, PoolType pool) {
    const FormatWords& formats = kind_of(pool).volume_format;
    VolumeTarget& target = volume.target;
    if (target.format.empty() || formats.usual.empty()) { target.format = formats.usual; }
    volume.type = type_of(target, pool);
    if (volume.backing && volume.backing->path.empty()) { volume.backing.reset(); }
    if (volume.backing && (volume.backing->format.empty() || formats.usual.empty())) {
        volume.backing->format = formats.usual;
    }
    if (!volume.allocation) { volume.allocation = volume.capacity; }
    if (volume.capacity && *volume.capacity < *volume.allocation) { volume.capacity = volume.allocation; }
    if (target.features && target.compat.empty()) { target.compat = "1.1"; }
}

} // namespace yado::model
