// SPDX-License-Identifier: Apache-2.0
#include "guest/snapshot_service.h"

#include "model/snapshot/document.h"
#include "protocol/constants.h"

#include <algorithm>

namespace yado::guest {
namespace {

constexpr std::uint32_t list_flags = 0x7ff; // all of virDomainSnapshotListFlags

p::DomainSnapshotRef ref_to(const Guest& guest, const model::Snapshot& snapshot) {
    return {.name = snapshot.name, .dom = guest::ref_to(guest)};
}

std::vector<std::string> names_of(const std::vector<SnapshotTree::Pointer>& listed, std::int32_t most) {
    std::vector<std::string> names;
    for (const SnapshotTree::Pointer& each : listed) {
        if (std::cmp_less(names.size(), most)) names.push_back(each->name);
    }
    return names;
}

[[noreturn]] void fail_no_current() {
    fail(ErrorSource::qemu, Code::no_domain_snapshot, "the domain does not have a current snapshot");
}

} // namespace

SnapshotService::Found SnapshotService::require(const p::DomainSnapshotRef& ref) const {
    Found found{.guest = require(ref.dom)};
    found.snapshot = found.guest->snapshots.require(ref.name);
    return found;
}

Task<p::DomainSnapshotCreateXmlResult> SnapshotService::create(CallContext,
                                                               p::DomainSnapshotCreateXmlArgs args) {
    const Registry::Pointer guest = require(args.dom);
    const std::string name = co_await snapshots_.create(guest, std::move(args.xml_desc), args.flags);
    p::DomainSnapshotCreateXmlResult result;
    result.snap = {.name = name, .dom = guest::ref_to(*guest)};
    co_return result;
}

Task<p::DomainRevertToSnapshotResult> SnapshotService::revert(CallContext,
                                                              p::DomainRevertToSnapshotArgs args) {
    const Found found = require(args.snap);
    co_await snapshots_.revert(found.guest, found.snapshot->name, args.flags);
    co_return p::DomainRevertToSnapshotResult();
}

Task<p::DomainSnapshotDeleteResult> SnapshotService::remove(CallContext, p::DomainSnapshotDeleteArgs args) {
    const Found found = require(args.snap);
    co_await snapshots_.remove(found.guest, found.snapshot->name, args.flags);
    co_return p::DomainSnapshotDeleteResult();
}

p::DomainSnapshotGetXmlDescResult SnapshotService::get_xml(CallContext&,
                                                           const p::DomainSnapshotGetXmlDescArgs& args) {
    namespace Flags = p::DomainSnapshotXMLFlags;
    require_flags(ErrorSource::qemu, args.flags, Flags::secure, "qemuDomainSnapshotGetXMLDesc");
    const bool secure = (args.flags & Flags::secure) != 0;
    return {.xml = model::write_snapshot(*require(args.snap).snapshot, {.secure = secure})};
}

p::DomainSnapshotLookupByNameResult SnapshotService::lookup(CallContext&,
                                                            const p::DomainSnapshotLookupByNameArgs& args) {
    require_flags(ErrorSource::qemu, args.flags, 0, "qemuDomainSnapshotLookupByName");
    const Registry::Pointer guest = require(args.dom);
    return {.snap = ref_to(*guest, *guest->snapshots.require(args.name))};
}

p::DomainHasCurrentSnapshotResult SnapshotService::has_current(CallContext&,
                                                               const p::DomainHasCurrentSnapshotArgs& args) {
    require_flags(ErrorSource::qemu, args.flags, 0, "qemuDomainHasCurrentSnapshot");
    return {.result = require(args.dom)->snapshots.current().empty() ? 0 : 1};
}

p::DomainSnapshotCurrentResult SnapshotService::current(CallContext&,
                                                        const p::DomainSnapshotCurrentArgs& args) {
    require_flags(ErrorSource::qemu, args.flags, 0, "qemuDomainSnapshotCurrent");
    const Registry::Pointer guest = require(args.dom);
    const SnapshotTree::Pointer snapshot = guest->snapshots.find(guest->snapshots.current());
    if (!snapshot) fail_no_current();
    return {.snap = ref_to(*guest, *snapshot)};
}

p::DomainSnapshotGetParentResult SnapshotService::get_parent(CallContext&,
                                                             const p::DomainSnapshotGetParentArgs& args) {
    require_flags(ErrorSource::qemu, args.flags, 0, "qemuDomainSnapshotGetParent");
    const Found found = require(args.snap);
    if (found.snapshot->parent.empty()) {
        fail(ErrorSource::qemu, Code::no_domain_snapshot, "snapshot '{}' does not have a parent",
             found.snapshot->name);
    }
    return {.snap = ref_to(*found.guest, *found.guest->snapshots.require(found.snapshot->parent))};
}

p::DomainSnapshotIsCurrentResult SnapshotService::is_current(CallContext&,
                                                             const p::DomainSnapshotIsCurrentArgs& args) {
    require_flags(ErrorSource::qemu, args.flags, 0, "qemuDomainSnapshotIsCurrent");
    const Found found = require(args.snap);
    return {.current = found.guest->snapshots.current() == found.snapshot->name ? 1 : 0};
}

p::DomainSnapshotHasMetadataResult
SnapshotService::has_metadata(CallContext&, const p::DomainSnapshotHasMetadataArgs& args) {
    require_flags(ErrorSource::qemu, args.flags, 0, "qemuDomainSnapshotHasMetadata");
    require(args.snap);
    return {.metadata = 1}; // all that is listed here
}

std::vector<SnapshotTree::Pointer> SnapshotService::listed(const p::DomainRef& ref, std::uint32_t flags,
                                                           std::string_view function) const {
    require_flags(ErrorSource::qemu, flags, list_flags, function);
    return require(ref)->snapshots.list("", flags);
}

std::vector<SnapshotTree::Pointer> SnapshotService::listed(const p::DomainSnapshotRef& ref,
                                                           std::uint32_t flags,
                                                           std::string_view function) const {
    require_flags(ErrorSource::qemu, flags, list_flags, function);
    const Found found = require(ref);
    return found.guest->snapshots.list(found.snapshot->name, flags);
}

p::DomainSnapshotNumResult SnapshotService::count(CallContext&, const p::DomainSnapshotNumArgs& args) {
    return {.num = static_cast<std::int32_t>(listed(args.dom, args.flags, "qemuDomainSnapshotNum").size())};
}

p::DomainSnapshotListNamesResult SnapshotService::list_names(CallContext&,
                                                             const p::DomainSnapshotListNamesArgs& args) {
    return {.names = names_of(listed(args.dom, args.flags, "qemuDomainSnapshotListNames"), args.maxnames)};
}

p::DomainListAllSnapshotsResult SnapshotService::list_all(CallContext&,
                                                          const p::DomainListAllSnapshotsArgs& args) {
    const auto found = listed(args.dom, args.flags, "qemuDomainListAllSnapshots");
    const Registry::Pointer guest = require(args.dom);
    p::DomainListAllSnapshotsResult result;
    result.ret = static_cast<std::int32_t>(found.size());
    if (args.need_results == 0) return result;
    for (const SnapshotTree::Pointer& each : found) result.snapshots.push_back(ref_to(*guest, *each));
    return result;
}

p::DomainSnapshotNumChildrenResult
SnapshotService::count_children(CallContext&, const p::DomainSnapshotNumChildrenArgs& args) {
    const auto found = listed(args.snap, args.flags, "qemuDomainSnapshotNumChildren");
    return {.num = static_cast<std::int32_t>(found.size())};
}

p::DomainSnapshotListChildrenNamesResult
SnapshotService::list_children_names(CallContext&, const p::DomainSnapshotListChildrenNamesArgs& args) {
    return {.names = names_of(listed(args.snap, args.flags, "qemuDomainSnapshotListChildrenNames"),
                              args.maxnames)};
}

p::DomainSnapshotListAllChildrenResult
SnapshotService::list_all_children(CallContext&, const p::DomainSnapshotListAllChildrenArgs& args) {
    const auto found = listed(args.snapshot, args.flags, "qemuDomainSnapshotListAllChildren");
    const Registry::Pointer guest = require(args.snapshot.dom);
    p::DomainSnapshotListAllChildrenResult result;
    result.ret = static_cast<std::int32_t>(found.size());
    if (args.need_results == 0) return result;
    for (const SnapshotTree::Pointer& each : found) result.snapshots.push_back(ref_to(*guest, *each));
    return result;
}

} // namespace yado::guest
