// SPDX-License-Identifier: Apache-2.0
#include "model/snapshot/complete.h"

#include <algorithm>
#include <set>

#include "model/domain/named_disk.h"

namespace yado::model {
namespace {

using schema::Diagnostics;

template <class... Args>
void refuse(Diagnostics& out, std::string path, fmt::format_string<Args...> text, Args&&... args) {
    out.add({Code::config_unsupported, fmt::format(text, std::forward<Args>(args)...), std::move(path), 0,
             ErrorSource::domain_snapshot});
}

std::string disk_path(std::size_t index) { return fmt::format("/domainsnapshot/disks/disk[{}]", index + 1); }

/// What the domain itself says about its disk; nothing is to be taken of read-only ones.
SnapshotLocation declared(const Disk& disk) {
    switch (disk.snapshot) {
    case DiskSnapshot::no: return SnapshotLocation::no;
    case DiskSnapshot::internal: return SnapshotLocation::internal;
    case DiskSnapshot::external: return SnapshotLocation::external;
    case DiskSnapshot::manual: return SnapshotLocation::manual;
    default: return disk.readonly ? SnapshotLocation::no : SnapshotLocation::unset;
    }
}

/// How disks are taken that nobody says anything about, and whether all must be taken so.
struct Policy {
    SnapshotLocation location = SnapshotLocation::internal;
    bool same_for_all = true;
};

Policy policy_of(const Snapshot& snapshot, const SnapshotContext& context) {
    const bool external = context.redefine
                              ? snapshot.state == SnapshotState::disk_snapshot || snapshot.is_external()
                              : context.disk_only || snapshot.memory.location == SnapshotLocation::external;
    return external ? Policy{SnapshotLocation::external, false} : Policy{};
}

void align_listed(SnapshotDisk& disk, const Disk& of_domain, const Policy& policy, const std::string& path,
                  Diagnostics& out) {
    const SnapshotLocation wish = declared(of_domain);
    if (disk.location == SnapshotLocation::unset) {
        const bool fits = !policy.same_for_all || wish == policy.location || wish == SnapshotLocation::no;
        disk.location = wish != SnapshotLocation::unset && fits ? wish : policy.location;
    } else if (policy.same_for_all && disk.location != policy.location &&
               !(disk.location == SnapshotLocation::no && wish == SnapshotLocation::no)) {
        refuse(out, path + "/@snapshot", "disk '{}' must use snapshot mode '{}'", disk.name,
               schema::word(policy.location));
    }
    if (disk.has_source() && disk.location != SnapshotLocation::external) {
        refuse(out, path + "/source", "file '{}' for disk '{}' requires use of external snapshot mode",
               path_of(*source_of(disk.source)), disk.name);
    }
}

SnapshotDisk unlisted(const Disk& of_domain, const Policy& policy) {
    const SnapshotLocation wish = declared(of_domain);
    SnapshotDisk disk;
    disk.name = of_domain.target.dev;
    if (of_domain.is_empty()) {
        disk.location = SnapshotLocation::no;
    } else {
        disk.location = wish != SnapshotLocation::unset ? wish : policy.location;
    }
    return disk;
}

/// The document's disks by their targets, then those it does not name, in the domain's order.
void align_disks(Snapshot& snapshot, const Domain& domain, const Policy& policy, Diagnostics& out) {
    const std::vector<Disk>& disks = domain.devices.disks;
    if (snapshot.disks.size() > disks.size()) {
        refuse(out, "/domainsnapshot/disks", "too many disk snapshot requests for domain");
        return;
    }
    std::vector<SnapshotDisk> aligned(disks.size());
    std::vector<bool> listed(disks.size(), false);
    for (std::size_t i = 0; i < snapshot.disks.size(); ++i) {
        SnapshotDisk& disk = snapshot.disks[i];
        const Disk* found = named_disk(domain, disk.name);
        if (found == nullptr) {
            refuse(out, disk_path(i) + "/@name", "no disk named '{}'", disk.name);
            continue;
        }
        const auto place = static_cast<std::size_t>(found - disks.data());
        if (listed[place]) {
            refuse(out, disk_path(i) + "/@name", "disk '{}' specified twice", disk.name);
            continue;
        }
        listed[place] = true;
        disk.name = found->target.dev;
        align_listed(disk, *found, policy, disk_path(i), out);
        aligned[place] = disk;
    }
    if (!out.ok()) { return; }
    for (std::size_t i = 0; i < disks.size(); ++i) {
        if (!listed[i]) { aligned[i] = unlisted(disks[i], policy); }
    }
    snapshot.disks = std::move(aligned);
}

/// IMAGE.SUFFIX becomes IMAGE.SNAPSHOT, beside it.
std::string external_name(std::string_view image, std::string_view snapshot) {
    const std::size_t point = image.rfind('.');
    if (point != std::string_view::npos && image.find('/', point) == std::string_view::npos) {
        image = image.substr(0, point);
    }
    return fmt::format("{}.{}", image, snapshot);
}

void name_files(Snapshot& snapshot, const Domain& domain, Diagnostics& out) {
    for (std::size_t i = 0; i < snapshot.disks.size(); ++i) {
        SnapshotDisk& disk = snapshot.disks[i];
        if (disk.location != SnapshotLocation::external || disk.has_source()) { continue; }
        const Disk& of_domain = domain.devices.disks[i];
        const std::string path = disk_path(i) + "/source";
        if (!std::holds_alternative<FileSource>(disk.source)) {
            refuse(out, path, "cannot generate external snapshot name for disk '{}' on a '{}' device",
                   disk.name, type_word(disk.source));
        } else if (!of_domain.is_file()) {
            refuse(out, path,
                   "source for disk '{}' is not a regular file; refusing to generate external snapshot name",
                   disk.name);
        } else if (of_domain.path().empty()) {
            refuse(out, path, "cannot generate external snapshot name for disk '{}' without source",
                   disk.name);
        } else {
            std::get<FileSource>(disk.source).path = external_name(of_domain.path(), snapshot.name);
        }
    }
    std::set<std::string_view> files;
    for (std::size_t i = 0; i < snapshot.disks.size(); ++i) {
        const auto* file = std::get_if<FileSource>(&snapshot.disks[i].source);
        if (file != nullptr && !file->path.empty() && !files.insert(file->path).second) {
            const auto same = std::ranges::find_if(snapshot.disks, [&](const SnapshotDisk& other) {
                const auto* its = std::get_if<FileSource>(&other.source);
                return its != nullptr && its->path == file->path;
            });
            refuse(out, disk_path(i) + "/source",
                   "cannot generate external snapshot name for disk '{}': collision with disk '{}'",
                   snapshot.disks[i].name, same->name);
        }
    }
}

/// Files are what a source is unless the document says otherwise; disks that write nowhere else have none.
void complete_source_types(Snapshot& snapshot) {
    for (SnapshotDisk& disk : snapshot.disks) {
        if (disk.location == SnapshotLocation::external) {
            complete_type(disk.source);
        } else if (disk.location != SnapshotLocation::unset && !disk.has_source()) {
            disk.source = UntypedSource();
        }
    }
}

void complete_memory(Snapshot& snapshot, bool offline) {
    SnapshotMemory& memory = snapshot.memory;
    if (memory.location != SnapshotLocation::unset) { return; }
    if (!memory.file.empty()) {
        memory.location = SnapshotLocation::external;
    } else {
        memory.location = offline ? SnapshotLocation::no : SnapshotLocation::internal;
    }
}

} // namespace

void complete(Snapshot& snapshot, const SnapshotContext& context, Diagnostics& problems) {
    if (!context.redefine) {
        snapshot.creation_time = context.now;
        snapshot.parent.clear();
        snapshot.domain.reset();
        snapshot.inactive_domain.reset();
        snapshot.cookie = {};
        if (snapshot.name.empty()) { snapshot.name = fmt::format("{}", context.now); }
        const bool disks_of_running = context.disk_only && context.active();
        snapshot.state = disks_of_running ? SnapshotState::disk_snapshot : context.state;
    }
    const bool offline = context.disk_only || snapshot.state == SnapshotState::shutoff ||
                         snapshot.state == SnapshotState::disk_snapshot;
    complete_memory(snapshot, offline);
    complete_source_types(snapshot);
    const Domain* domain = snapshot.domain ? &*snapshot.domain : context.domain;
    if (domain == nullptr) { return; }
    const Policy policy = policy_of(snapshot, context);
    align_disks(snapshot, *domain, policy, problems);
    if (!problems.ok()) { return; }
    complete_source_types(snapshot);
    if (policy.location == SnapshotLocation::external) { name_files(snapshot, *domain, problems); }
}

} // namespace yado::model
