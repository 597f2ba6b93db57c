// SPDX-License-Identifier: Apache-2.0
#include "model/snapshot/document.h"

#include "model/domain/document.h"
#include "model/snapshot/check.h"
#include "schema/write.h"

namespace yado::model {

Snapshot read_snapshot(std::string_view text, const schema::ReadOptions& options,
                       schema::Diagnostics* diagnostics) {
    schema::ReadOptions ours = options;
    if (ours.source == ErrorSource::none) { ours.source = ErrorSource::domain_snapshot; }
    if (ours.document == schema::ReadOptions().document) { ours.document = "(domain_snapshot)"; }
    return schema::read_xml<Snapshot>(text, "domainsnapshot", ours, diagnostics);
}

std::string write_snapshot(const Snapshot& snapshot, schema::View view) {
    return schema::write_xml(snapshot, "domainsnapshot", view);
}

Snapshot parse_snapshot(std::string_view text, const SnapshotContext& context,
                        const schema::ReadOptions& options) {
    Snapshot snapshot = read_snapshot(text, options);
    schema::Diagnostics misfits;
    complete(snapshot, context, misfits);
    schema::Diagnostics problems;
    check(snapshot, context, problems);
    for (const schema::Finding& misfit : misfits.problems()) { problems.add(misfit); }
    problems.throw_if_any();
    return snapshot;
}

std::string snapshot_file(const Snapshot& snapshot, bool current) {
    Snapshot filed = snapshot;
    filed.active = current ? 1 : 0;
    return file_comment("virsh snapshot-edit", snapshot.domain ? snapshot.domain->name : snapshot.name) +
           write_snapshot(filed, schema::definition_view);
}

} // namespace yado::model
