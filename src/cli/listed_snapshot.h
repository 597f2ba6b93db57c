// SPDX-License-Identifier: Apache-2.0
// Finding snapshots, and what listings show of them: read from their documents as plain text, as
// listed_devices.h does and for the same reason.
#pragma once

#include "cli/arguments.h"
#include "cli/lookup.h"
#include "cli/session.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace yado::cli {

struct ListedSnapshot {
    std::string name, state, parent;
    std::optional<std::int64_t> creation_time; ///< seconds since 1970
    bool external = false;

    /// "2026-01-31 10:00:00 +0000", in the user's time zone; empty when it is not known.
    std::string created() const;
};
/// Throws Error on malformed documents.
ListedSnapshot listed_snapshot(std::string_view xml);

protocol::DomainSnapshotRef find_snapshot(Session& session, const protocol::DomainRef& domain,
                                          const std::string& name);
/// The one of --snapshotname or --current, just one of which must be there.
protocol::DomainSnapshotRef find_snapshot(Session& session, const protocol::DomainRef& domain,
                                          const Arguments& arguments);
/// Throws the daemon's Error when there is none.
protocol::DomainSnapshotRef current_snapshot(Session& session, const protocol::DomainRef& domain);
std::string snapshot_xml(Session& session, const protocol::DomainSnapshotRef& snapshot, std::uint32_t flags);

/// The option --snapshotname of most of these commands.
Option snapshot_option(std::string_view help = "snapshot name");

} // namespace yado::cli
