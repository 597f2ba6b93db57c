// SPDX-License-Identifier: Apache-2.0
// The texts of snapshots: documents from clients, files on disk, answers to snapshot-dumpxml.
#pragma once

#include <string>
#include <string_view>

#include "model/snapshot/complete.h"
#include "model/snapshot/snapshot.h"
#include "schema/diagnostics.h"
#include "schema/read.h"

namespace yado::model {

/// Reads a <domainsnapshot> document. Throws Error with all problems when `diagnostics` is null, else adds
/// the semantic ones there.
Snapshot read_snapshot(std::string_view text, const schema::ReadOptions& options = {},
                       schema::Diagnostics* diagnostics = nullptr);
/// The document in libvirt's format, ending in a line end; passwords of the domain only in a secure view.
std::string write_snapshot(const Snapshot& snapshot, schema::View view);
/// Reads, completes and checks a client's document. Throws Error with everything that is wrong with it. The
/// domain in a document that defines a snapshot again is as it was written: completing it is the caller's
/// part.
Snapshot parse_snapshot(std::string_view text, const SnapshotContext& context,
                        const schema::ReadOptions& options = {});
/// The file libvirt keeps a snapshot in; `current`: it is the one the domain is at.
std::string snapshot_file(const Snapshot& snapshot, bool current);

} // namespace yado::model
