// SPDX-License-Identifier: Apache-2.0
#include "model/snapshot/snapshot.h"

#include <algorithm>

#include "model/domain/rules.h"

namespace yado::model {

using schema::Io;

bool SnapshotDisk::has_source() const {
    const auto named = source_of(source);
    return named && !is_empty(*named);
}

bool Snapshot::is_external() const {
    const auto external = [](const SnapshotDisk& disk) {
        return disk.location == SnapshotLocation::external;
    };
    return memory.location == SnapshotLocation::external || std::ranges::any_of(disks, external);
}

void describe(Io& io, SnapshotMemory& m) {
    io.attribute("snapshot", m.location);
    io.attribute("file", m.file);
}

void describe(Io& io, SnapshotDisk& d) {
    io.attribute("name", d.name,
                 {.required = true,
                  .key = true,
                  .missing_code = Code::internal_error,
                  .missing = "missing name from disk snapshot element"});
    io.attribute("snapshot", d.location);
    io.choice_tag("type", d.source);
    io.group("driver", [&] {
        io.attribute("type", d.format, unsupported("unknown disk snapshot driver '{}'"));
        describe_metadata_cache(io, d.metadata_cache_size);
    });
    io.choice_body("source", d.source);
}

void describe(Io& io, Snapshot& s) {
    io.value("name", s.name);
    io.value("description", s.description);
    io.value("state", s.state, unsupported("Invalid state '{}' in domain snapshot XML"));
    io.group("parent", [&] { io.value("name", s.parent); });
    io.value("creationTime", s.creation_time, internal("missing creationTime from existing snapshot"));
    io.child("memory", s.memory);
    io.group("disks", [&] { io.child("disk", s.disks); });
    io.child("domain", s.domain);
    io.child("inactiveDomain", s.inactive_domain);
    io.opaque("cookie", s.cookie);
    io.value("active", s.active);
}

} // namespace yado::model
