// SPDX-License-Identifier: Apache-2.0
// The calls about snapshots of domains.
#pragma once

#include "guest/domain_calls.h"
#include "guest/snapshots.h"
#include "protocol/domain_snapshot_calls.h"

#include <string>
#include <vector>

namespace yado::guest {

class SnapshotService final : private DomainCalls {
  public:
    /// `snapshots` outlives it.
    SnapshotService(Parts parts, Power& power, Snapshots& snapshots)
        : DomainCalls(parts, power), snapshots_(snapshots) {}

    Task<p::DomainSnapshotCreateXmlResult> create(CallContext, p::DomainSnapshotCreateXmlArgs);
    Task<p::DomainRevertToSnapshotResult> revert(CallContext, p::DomainRevertToSnapshotArgs);
    Task<p::DomainSnapshotDeleteResult> remove(CallContext, p::DomainSnapshotDeleteArgs);
    p::DomainSnapshotGetXmlDescResult get_xml(CallContext&, const p::DomainSnapshotGetXmlDescArgs&);
    p::DomainSnapshotLookupByNameResult lookup(CallContext&, const p::DomainSnapshotLookupByNameArgs&);
    p::DomainHasCurrentSnapshotResult has_current(CallContext&, const p::DomainHasCurrentSnapshotArgs&);
    p::DomainSnapshotCurrentResult current(CallContext&, const p::DomainSnapshotCurrentArgs&);
    p::DomainSnapshotGetParentResult get_parent(CallContext&, const p::DomainSnapshotGetParentArgs&);
    p::DomainSnapshotIsCurrentResult is_current(CallContext&, const p::DomainSnapshotIsCurrentArgs&);
    p::DomainSnapshotHasMetadataResult has_metadata(CallContext&, const p::DomainSnapshotHasMetadataArgs&);

    p::DomainSnapshotNumResult count(CallContext&, const p::DomainSnapshotNumArgs&);
    p::DomainSnapshotListNamesResult list_names(CallContext&, const p::DomainSnapshotListNamesArgs&);
    p::DomainListAllSnapshotsResult list_all(CallContext&, const p::DomainListAllSnapshotsArgs&);
    p::DomainSnapshotNumChildrenResult count_children(CallContext&, const p::DomainSnapshotNumChildrenArgs&);
    p::DomainSnapshotListChildrenNamesResult
    list_children_names(CallContext&, const p::DomainSnapshotListChildrenNamesArgs&);
    p::DomainSnapshotListAllChildrenResult list_all_children(CallContext&,
                                                             const p::DomainSnapshotListAllChildrenArgs&);

  private:
    struct Found {
        Registry::Pointer guest;
        SnapshotTree::Pointer snapshot;
    };
    Found require(const p::DomainSnapshotRef& ref) const;
    using DomainCalls::require;
    std::vector<SnapshotTree::Pointer> listed(const p::DomainRef& ref, std::uint32_t flags,
                                              std::string_view function) const;
    std::vector<SnapshotTree::Pointer> listed(const p::DomainSnapshotRef& ref, std::uint32_t flags,
                                              std::string_view function) const;

    Snapshots& snapshots_;
};

} // namespace yado::guest
