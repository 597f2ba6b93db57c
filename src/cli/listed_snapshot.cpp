// SPDX-License-Identifier: Apache-2.0
#include "cli/listed_snapshot.h"

#include "cli/failure.h"
#include "protocol/domain_snapshot_calls.h"
#include "schema/read.h"

#include <algorithm>
#include <ctime>
#include <vector>

namespace yado::cli {
namespace {

using protocol::DomainRef;
using protocol::DomainSnapshotRef;
using schema::Io;

struct ReadDisk {
    std::string snapshot;
};
void describe(Io& io, ReadDisk& disk) { io.attribute("snapshot", disk.snapshot); }

struct ReadSnapshot {
    ListedSnapshot shown;
    std::string memory;
    std::vector<ReadDisk> disks;
};
void describe(Io& io, ReadSnapshot& snapshot) {
    io.value("name", snapshot.shown.name);
    io.value("state", snapshot.shown.state);
    io.group("parent", [&] { io.value("name", snapshot.shown.parent); });
    io.value("creationTime", snapshot.shown.creation_time);
    io.nested("memory", "snapshot", snapshot.memory);
    io.group("disks", [&] { io.child("disk", snapshot.disks); });
}

} // namespace

std::string ListedSnapshot::created() const {
    if (!creation_time) return {};
    const std::time_t when = *creation_time;
    std::tm fields{};
    ::localtime_r(&when, &fields);
    char text[64];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S %z", &fields)};
}

ListedSnapshot listed_snapshot(std::string_view xml) {
    schema::Diagnostics notes; // a value that is not understood is not shown, that is all
    auto read = schema::read_xml<ReadSnapshot>(xml, "domainsnapshot", {}, &notes);
    read.shown.external =
        read.memory == "external" ||
        std::ranges::any_of(read.disks, [](const ReadDisk& disk) { return disk.snapshot == "external"; });
    return std::move(read.shown);
}

DomainSnapshotRef find_snapshot(Session& session, const DomainRef& domain, const std::string& name) {
    return session.call(protocol::DomainSnapshotLookupByNameArgs{domain, name, 0}).snap;
}

DomainSnapshotRef current_snapshot(Session& session, const DomainRef& domain) {
    return session.call(protocol::DomainSnapshotCurrentArgs{domain, 0}).snap;
}

DomainSnapshotRef find_snapshot(Session& session, const DomainRef& domain, const Arguments& arguments) {
    const auto name = arguments.text("snapshotname");
    const bool current = arguments.has("current");
    if (name && current) refuse("--snapshotname and --current are mutually exclusive");
    if (name) return find_snapshot(session, domain, *name);
    if (current) return current_snapshot(session, domain);
    refuse("--snapshotname or --current is required");
}

std::string snapshot_xml(Session& session, const DomainSnapshotRef& snapshot, std::uint32_t flags) {
    return session.call(protocol::DomainSnapshotGetXmlDescArgs{snapshot, flags}).xml;
}

Option snapshot_option(std::string_view help) { return text("snapshotname", help); }

} // namespace yado::cli
