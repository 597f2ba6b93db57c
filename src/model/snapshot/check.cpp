// SPDX-License-Identifier: Apache-2.0
#include "model/snapshot/check.h"

#include <algorithm>

namespace yado::model {
namespace {

using schema::Diagnostics;

constexpr auto conf = ErrorSource::domain_snapshot;

void check_name(const Snapshot& snapshot, Diagnostics& out) {
    const auto refuse = [&](std::string_view why) {
        out.add({Code::xml_detail, fmt::format("invalid snapshot name '{}': {}", snapshot.name, why),
                 "/domainsnapshot/name", 0, ErrorSource::qemu});
    };
    // It becomes the name of a file.
    if (snapshot.name.find('/') != std::string::npos) { refuse("name can't contain '/'"); }
    if (snapshot.name.starts_with('.')) { refuse("name can't start with '.'"); }
}

/// What only a snapshot that is defined again says about itself.
void check_redefined(const Snapshot& snapshot, Diagnostics& out) {
    if (snapshot.name.empty()) {
        out.add({Code::xml_error, "a redefined snapshot must have a name", "/domainsnapshot/name", 0, conf});
    }
    if (!snapshot.creation_time) {
        out.add({Code::internal_error, "missing creationTime from existing snapshot",
                 "/domainsnapshot/creationTime", 0, conf});
    }
    if (snapshot.state == SnapshotState::unset) {
        out.add({Code::xml_error, "missing state from existing snapshot", "/domainsnapshot/state", 0, conf});
    }
    if (!snapshot.domain) {
        out.add({Code::internal_error, "missing domain in snapshot", "/domainsnapshot/domain", 0, conf});
    }
    if (!snapshot.parent.empty() && snapshot.parent == snapshot.name) {
        out.add({Code::invalid_arg, fmt::format("cannot set moment {} as its own parent", snapshot.name),
                 "/domainsnapshot/parent/name", 0, ErrorSource::domain});
    }
}

void check_memory(const Snapshot& snapshot, const SnapshotContext& context, Diagnostics& out) {
    const SnapshotMemory& memory = snapshot.memory;
    const auto refuse = [&out](std::string text) {
        out.add({Code::xml_error, std::move(text), "/domainsnapshot/memory", 0, conf});
    };
    const bool external = memory.location == SnapshotLocation::external;
    if (!memory.file.empty() && !external) {
        refuse(fmt::format("memory filename '{}' requires external snapshot", memory.file));
    }
    if (external && memory.file.empty()) { refuse("external memory snapshots require a filename"); }
    const bool offline = context.disk_only || snapshot.state == SnapshotState::shutoff ||
                         snapshot.state == SnapshotState::disk_snapshot;
    if (offline && memory.location != SnapshotLocation::no) {
        refuse("memory state cannot be saved with offline or disk-only snapshot");
    }
    if (!memory.file.empty() && !memory.file.starts_with('/')) {
        refuse(fmt::format("memory snapshot file path ({}) must be absolute", memory.file));
    }
}

void check_disks(const Snapshot& snapshot, Diagnostics& out) {
    for (const SnapshotDisk& disk : snapshot.disks) {
        const auto source = source_of(disk.source);
        if (!source) { continue; }
        const bool local =
            std::holds_alternative<FileSource>(*source) || std::holds_alternative<BlockSource>(*source);
        if (!local && !std::holds_alternative<NetworkSource>(*source)) {
            out.add({Code::xml_error,
                     fmt::format("unsupported disk snapshot type '{}'", type_word(disk.source)),
                     "/domainsnapshot/disks/disk/@type", 0, conf});
        }
        if (local && !path_of(*source).empty() && !path_of(*source).starts_with('/')) {
            out.add({Code::xml_error,
                     fmt::format("disk snapshot image path '{}' must be absolute", path_of(*source)),
                     "/domainsnapshot/disks/disk/source", 0, conf});
        }
    }
}

} // namespace

void check(const Snapshot& snapshot, const SnapshotContext& context, Diagnostics& diagnostics) {
    if (context.redefine) { check_redefined(snapshot, diagnostics); }
    check_name(snapshot, diagnostics);
    check_memory(snapshot, context, diagnostics);
    check_disks(snapshot, diagnostics);
}

} // namespace yado::model
