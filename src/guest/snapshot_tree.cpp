// SPDX-License-Identifier: Apache-2.0
#include "guest/snapshot_tree.h"

#include "base/error.h"
#include "protocol/constants.h"

#include <algorithm>

namespace yado::guest {
namespace {

namespace Flags = protocol::DomainSnapshotListFlags;

bool in_state(const model::Snapshot& snapshot, std::uint32_t flags) {
    constexpr std::uint32_t states = Flags::inactive | Flags::active | Flags::disk_only;
    if ((flags & states) == 0) return true;
    switch (snapshot.state) {
    case model::SnapshotState::shutoff: return (flags & Flags::inactive) != 0;
    case model::SnapshotState::disk_snapshot: return (flags & Flags::disk_only) != 0;
    default: return (flags & Flags::active) != 0;
    }
}

/// One of two opposites was asked for, and `is` says whether this is the first.
bool fits(std::uint32_t flags, std::uint32_t yes, std::uint32_t no, bool is) {
    const std::uint32_t asked = flags & (yes | no);
    if (asked == 0 || asked == (yes | no)) return true;
    return is == (asked == yes);
}

} // namespace

SnapshotTree::Pointer SnapshotTree::find(std::string_view name) const {
    const auto found = all_.find(name);
    return found == all_.end() ? nullptr : found->second;
}

SnapshotTree::Pointer SnapshotTree::require(std::string_view name) const {
    Pointer found = find(name);
    if (!found) {
        fail(ErrorSource::qemu, Code::no_domain_snapshot, "no domain snapshot with matching name '{}'", name);
    }
    return found;
}

void SnapshotTree::put(model::Snapshot snapshot) {
    std::string name = snapshot.name;
    all_.insert_or_assign(std::move(name), std::make_shared<const model::Snapshot>(std::move(snapshot)));
}

void SnapshotTree::remove(std::string_view name) {
    if (const auto found = all_.find(name); found != all_.end()) all_.erase(found);
    if (current_ == name) current_.clear();
}

std::vector<SnapshotTree::Pointer> SnapshotTree::all() const {
    std::vector<Pointer> found;
    for (const auto& [name, snapshot] : all_) found.push_back(snapshot);
    return found;
}

std::vector<SnapshotTree::Pointer> SnapshotTree::children(std::string_view name) const {
    std::vector<Pointer> found;
    for (const auto& [each, snapshot] : all_) {
        if (snapshot->parent == name) found.push_back(snapshot);
    }
    return found;
}

std::vector<SnapshotTree::Pointer> SnapshotTree::descendants(std::string_view name) const {
    std::multimap<std::string_view, Pointer> by_parent;
    for (const auto& [each, snapshot] : all_) by_parent.emplace(snapshot->parent, snapshot);
    std::vector<Pointer> found;
    const auto add = [&](std::string_view parent) {
        const auto [first, last] = by_parent.equal_range(parent);
        for (auto each = first; each != last; ++each) found.push_back(each->second);
    };
    add(name);
    for (std::size_t i = 0; i < found.size() && found.size() <= all_.size(); ++i) add(found[i]->name);
    return found;
}

bool SnapshotTree::is_below(std::string_view name, std::string_view ancestor) const {
    Pointer each = find(name);
    for (std::size_t left = all_.size(); each && left > 0; --left) {
        if (each->parent == ancestor) return true;
        each = find(each->parent);
    }
    return false;
}

std::vector<SnapshotTree::Pointer> SnapshotTree::list(std::string_view from, std::uint32_t flags) const {
    // the lowest bit means opposite things: only the roots of a domain, all and not only the children of one
    const bool deep = (flags & Flags::descendants) != 0;
    std::vector<Pointer> listed;
    if (from.empty())
        listed = deep ? children("") : (flags & Flags::topological) != 0 ? descendants("") : all();
    else listed = deep ? descendants(from) : children(from);
    std::erase_if(listed, [&](const Pointer& each) {
        const bool leaf = children(each->name).empty();
        return !fits(flags, Flags::metadata, Flags::no_metadata, true) ||
               !fits(flags, Flags::leaves, Flags::no_leaves, leaf) ||
               !fits(flags, Flags::external, Flags::internal, each->is_external()) || !in_state(*each, flags);
    });
    return listed;
}

void SnapshotTree::mend() {
    const std::vector<Pointer> rooted = descendants("");
    for (const Pointer& each : all()) {
        if (std::ranges::find(rooted, each) != rooted.end()) continue;
        const Pointer parent = find(each->parent);
        if (parent && !is_below(each->name, each->name)) continue; // below one that gets mended
        model::Snapshot orphan = *each;
        orphan.parent.clear();
        put(std::move(orphan));
    }
}

} // namespace yado::guest
