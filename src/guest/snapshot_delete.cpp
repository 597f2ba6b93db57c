// SPDX-License-Identifier: Apache-2.0
// Taking snapshots away: what an external one has kept apart is merged into what lies below it.
#include "base/error.h"
#include "base/fault.h"
#include "base/files.h"
#include "base/log.h"
#include "guest/image_users.h"
#include "guest/snapshots.h"
#include "host/images/chain.h"
#include "model/domain/named_disk.h"
#include "protocol/constants.h"
#include "service/arguments.h"

#include <algorithm>
#include <ranges>
#include <sys/stat.h>
#include <unistd.h>

namespace yado::guest {
namespace {

namespace Flags = protocol::DomainSnapshotDeleteFlags;
using model::SnapshotLocation;

constexpr auto qemu = ErrorSource::qemu;

/// The images as they lie on one another now, of a guest that does not run.
model::DiskChain chain_on_disk(const model::Disk& disk) {
    model::DiskChain chain = model::chain_of(disk);
    if (chain.images.empty() || !model::may_have_backing(chain.images.back().format.type)) return chain;
    host::ChainOptions options;
    options.format = host::image_format(schema::word(chain.images.back().format.type));
    const auto found = host::read_backing_chain(model::path_of(chain.images.back().source), options);
    for (const host::ChainImage& each : found | std::views::drop(1)) {
        model::FileSource file;
        file.path = each.path;
        const std::string_view word = host::libvirt_word(each.header.format);
        const auto& words = schema::EnumNames<model::ImageFormat>::values;
        const auto format = std::ranges::find(words, word) - std::begin(words);
        chain.images.push_back({std::move(file), {static_cast<model::ImageFormat>(format), {}}, {}});
    }
    return chain;
}

bool starts_from(const model::Domain& domain, const std::string& target, const std::string& path) {
    const model::Disk* disk = model::named_disk(domain, target);
    return disk != nullptr && disk->path() == path;
}

/// One of the snapshots has an image that lies on this file: it is of a branch that the guest is not in now.
bool lies_below(const std::vector<SnapshotTree::Pointer>& snapshots, const std::string& target,
                const std::string& path) {
    return std::ranges::any_of(snapshots, [&](const SnapshotTree::Pointer& each) {
        const auto disk = std::ranges::find(each->disks, target, &model::SnapshotDisk::name);
        const auto source = disk == each->disks.end() ? std::nullopt : model::source_of(disk->source);
        if (!source) return false;
        try {
            const auto found = host::read_backing_chain(model::path_of(*source), {.allow = {}, .format = {}});
            return found.size() > 1 && found[1].path == path;
        } catch (const Error&) { return false; } // of one that is not there any more
    });
}

void move_disk(model::Domain& domain, const std::string& target, const std::string& from,
               const model::ChainImage& to) {
    for (model::Disk& disk : domain.devices.disks) {
        if (disk.target.dev != target || disk.path() != from) continue;
        disk.backing.reset();
        model::ChainImage image = to;
        image.index.reset();
        model::parts_of(image.source).index.reset();
        model::set_chain(disk, {{std::move(image)}, false});
    }
}

} // namespace

Task<void> Snapshots::remove(Registry::Pointer guest, std::string name, std::uint32_t flags) {
    service::require_flags(qemu, flags, Flags::children | Flags::metadata_only | Flags::children_only,
                           "qemuSnapshotDelete");
    if ((flags & Flags::children) != 0 && (flags & Flags::children_only) != 0) {
        service::refuse_argument(ErrorSource::domain,
                                 "Flags 'VIR_DOMAIN_SNAPSHOT_DELETE_CHILDREN' and "
                                 "'VIR_DOMAIN_SNAPSHOT_DELETE_CHILDREN_ONLY' are mutually exclusive");
    }
    const JobQueue::Job job = co_await guest->jobs.begin("snapshot delete");
    guest->snapshots.require(name);
    const bool metadata_only = (flags & Flags::metadata_only) != 0;
    if ((flags & (Flags::children | Flags::children_only)) != 0) {
        const std::vector<SnapshotTree::Pointer> below = guest->snapshots.descendants(name);
        for (const SnapshotTree::Pointer& each : below | std::views::reverse)
            co_await remove_one(guest, each->name, metadata_only);
    }
    if ((flags & Flags::children_only) == 0) co_await remove_one(guest, name, metadata_only);
}

Task<void> Snapshots::remove_one(Registry::Pointer guest, std::string name, bool metadata_only) {
    const SnapshotTree::Pointer snapshot = guest->snapshots.require(name);
    if (!metadata_only) {
        if (snapshot->is_external()) co_await remove_external(guest, snapshot);
        else co_await remove_internal(guest, snapshot);
    }
    fault::point("snapshot.forget");
    for (const SnapshotTree::Pointer& child : guest->snapshots.children(name)) {
        model::Snapshot moved = *child;
        moved.parent = snapshot->parent;
        guest->snapshots.put(std::move(moved));
        const bool current = guest->snapshots.current() == child->name;
        co_await store_.save(guest->name, guest->snapshots.find(child->name), current);
    }
    const bool was_current = guest->snapshots.current() == name;
    if (was_current) co_await make_current(guest, snapshot->parent);
    guest->snapshots.remove(name);
    co_await store_.remove(guest->name, name);
    if (guest->snapshots.empty()) co_await store_.forget(guest->name);
}

Task<void> Snapshots::remove_internal(Registry::Pointer guest, SnapshotTree::Pointer snapshot) {
    const bool active = guest->active();
    const model::Domain domain = active ? guest->live->domain : guest->config_model();
    InternalSnapshot internal{.name = snapshot->name, .disks = {}};
    std::vector<model::ChainImage> images;
    for (const model::SnapshotDisk& wanted : snapshot->disks) {
        if (wanted.location != SnapshotLocation::internal) continue;
        const model::Disk* now = model::named_disk(domain, wanted.name);
        const model::Disk* then = snapshot->domain ? model::named_disk(*snapshot->domain, wanted.name) : now;
        if (now == nullptr || then == nullptr || !model::same_storage(now->source, then->source)) {
            fail(qemu, Code::operation_unsupported,
                 "disk image '{}' for internal snapshot '{}' is not the same as disk image currently used by "
                 "VM",
                 wanted.name, snapshot->name);
        }
        images.push_back(model::chain_of(*now).images.at(0));
        internal.disks.emplace_back(wanted.name, images.back().index.value_or(0));
    }
    if (images.empty()) co_return;
    if (active) {
        co_await guest->require_machine().blocks()->delete_internal(std::move(internal));
        co_return;
    }
    for (const model::ChainImage& image : images)
        co_await tool_.snapshot(ImageTool::Snapshot::remove, snapshot->name, image);
}

Task<void> Snapshots::remove_external(Registry::Pointer guest, SnapshotTree::Pointer snapshot) {
    const SnapshotTree& tree = guest->snapshots;
    const auto parent = tree.find(snapshot->parent);
    if (parent && !parent->is_external()) {
        fail(qemu, Code::operation_unsupported,
             "deleting external snapshot that has internal snapshot as parent not supported");
    }
    const auto children = tree.children(snapshot->name);
    if (std::ranges::any_of(children, [](const auto& each) { return !each->is_external(); })) {
        fail(qemu, Code::operation_unsupported,
             "deleting external snapshot that has internal snapshot as child not supported");
    }
    const bool active = guest->active();
    const model::Domain domain = active ? guest->live->domain : guest->config_model();
    std::vector<Merge> merges;
    auto plan = [&] {
        for (const model::SnapshotDisk& wanted : snapshot->disks) {
            const auto source = model::source_of(wanted.source);
            if (wanted.location != SnapshotLocation::external || !source) continue;
            const model::Disk* disk = model::named_disk(domain, wanted.name);
            const model::Disk* then =
                snapshot->domain ? model::named_disk(*snapshot->domain, wanted.name) : nullptr;
            if (disk == nullptr || then == nullptr)
                fail(qemu, Code::operation_invalid, "no disk named '{}'", wanted.name);
            const model::DiskChain chain = active ? model::chain_of(*disk) : chain_on_disk(*disk);
            const auto at = std::ranges::find_if(chain.images, [&](const model::ChainImage& image) {
                return model::same_storage(image.source, *source);
            });
            Merge merge{.target = wanted.name,
                        .overlay = {*source, {wanted.format, {}}, {}},
                        .below = model::chain_of(*then).images.at(0),
                        .above = {}};
            if (at == chain.images.end()) {
                if (lies_below(children, wanted.name, model::path_of(*source))) {
                    fail(qemu, Code::operation_unsupported,
                         "snapshot '{}' has children, and the guest is not in their branch now: disk '{}' "
                         "does not "
                         "lie on '{}'",
                         snapshot->name, wanted.name, model::path_of(*source));
                }
                merge.what = Merge::What::done;
                merges.push_back(std::move(merge));
                continue;
            }
            merge.overlay = *at;
            if (at != chain.images.begin()) merge.above = *std::prev(at);
            const bool has_below = std::next(at) != chain.images.end();
            if (has_below) merge.below = *std::next(at);
            if (!has_below || !model::same_storage(merge.below.source, then->source)) {
                fail(qemu, Code::operation_unsupported,
                     "'{}' does not lie on the image that disk '{}' had when snapshot '{}' was taken",
                     model::path_of(*source), wanted.name, snapshot->name);
            }
            merges.push_back(std::move(merge));
        }
    };
    co_await blocking(parts_.loop, plan);
    for (Merge& merge : merges) {
        if (merge.what != Merge::What::merge) continue;
        const std::string below = model::path_of(merge.below.source);
        NotCounted besides{guest.get(), snapshot->name, model::path_of(merge.overlay.source)};
        const std::string user = co_await user_of(parts_, below, std::move(besides));
        if (user.empty()) continue;
        if (merge.above) {
            fail(qemu, Code::operation_unsupported, "disk '{}': {} needs '{}' as it is", merge.target, user,
                 below);
        }
        merge.what = Merge::What::stays;
    }
    for (const Merge& merge : merges) {
        if (merge.what == Merge::What::merge) co_await merge_disk(guest, merge);
    }
    std::vector<model::ChainImage> unused;
    std::vector<std::string> merged;
    for (const Merge& merge : merges) {
        if (merge.what == Merge::What::stays) continue;
        unused.push_back(merge.overlay);
        merged.push_back(merge.target);
    }
    co_await forget_images(guest, snapshot, std::move(merged));
    NotCounted itself{guest.get(), snapshot->name};
    co_await remove_images(parts_, std::move(unused), itself);
    co_await remove_memory(guest, snapshot);
}

Task<void> Snapshots::merge_disk(Registry::Pointer guest, Merge merge) {
    fault::point("snapshot.merge");
    std::exception_ptr failure;
    try {
        if (guest->active()) {
            namespace Commit = protocol::DomainBlockCommitFlags;
            CommitOrder order{.disk = merge.target};
            order.base = fmt::format("{}[{}]", merge.target, merge.below.index.value_or(0));
            if (merge.above) order.top = fmt::format("{}[{}]", merge.target, merge.overlay.index.value_or(0));
            else order.flags |= Commit::active;
            const std::string name = co_await work_.commit(guest, std::move(order));
            co_await work_.finish(guest, name);
        } else {
            co_await tool_.commit(merge.overlay);
            fault::point("snapshot.merged");
            if (merge.above) {
                co_await tool_.rebase(*merge.above, merge.below, false);
            } else {
                model::DiskChain below;
                below.images.push_back(merge.below);
                co_await move_definition(parts_, guest, merge.target, merge.overlay.source, std::move(below));
            }
        }
    } catch (...) { failure = std::current_exception(); }
    if (failure) // of disks before it nothing is lost: the snapshot is there, and its deletion goes on from
                 // here
        with_context(fmt::format("merging disk '{}'", merge.target),
                     [&failure] { std::rethrow_exception(failure); });
}

Task<void> Snapshots::remove_memory(Registry::Pointer guest, SnapshotTree::Pointer snapshot) {
    const std::string file = snapshot->memory.file;
    if (file.empty()) co_return;
    NotCounted itself{guest.get(), snapshot->name};
    const std::string user = co_await user_of(parts_, file, itself);
    if (!user.empty()) {
        log_warning("guest.snapshots", "'{}' is left alone: {} refers to it", file, user);
        co_return;
    }
    auto remove = [&file] { remove_file_durably(file); };
    co_await blocking(parts_.loop, remove);
}

// Snapshots that go back to what was merged go back to what it was merged into.
Task<void> Snapshots::forget_images(Registry::Pointer guest, SnapshotTree::Pointer snapshot,
                                    std::vector<std::string> merged) {
    for (const SnapshotTree::Pointer& each : guest->snapshots.all()) {
        if (each->name == snapshot->name || !each->domain || !snapshot->domain) continue;
        model::Snapshot changed = *each;
        bool differs = false;
        for (const model::SnapshotDisk& wanted : snapshot->disks) {
            const auto source = model::source_of(wanted.source);
            const model::Disk* then = model::named_disk(*snapshot->domain, wanted.name);
            if (wanted.location != SnapshotLocation::external || !source || then == nullptr) continue;
            if (std::ranges::find(merged, wanted.name) == merged.end()) continue;
            const std::string& path = model::path_of(*source);
            if (!starts_from(*changed.domain, wanted.name, path)) continue;
            const model::ChainImage below = model::chain_of(*then).images.at(0);
            move_disk(*changed.domain, wanted.name, path, below);
            if (changed.inactive_domain) move_disk(*changed.inactive_domain, wanted.name, path, below);
            differs = true;
        }
        if (!differs) continue;
        guest->snapshots.put(std::move(changed));
        const bool current = guest->snapshots.current() == each->name;
        co_await store_.save(guest->name, guest->snapshots.find(each->name), current);
    }
}

void load_snapshots(const Parts& parts, Guest& guest) {
    const SnapshotStore store(parts.loop, parts.snapshot_directory);
    guest.snapshots = store.load(guest.name);
}

Task<void> discard_snapshots(Parts parts, Registry::Pointer guest) {
    SnapshotStore store(parts.loop, parts.snapshot_directory);
    if (guest->snapshots.empty()) co_return;
    for (const SnapshotTree::Pointer& each : guest->snapshots.all()) {
        co_await store.remove(guest->name, each->name);
    }
    guest->snapshots = SnapshotTree();
    co_await store.forget(guest->name);
}

} // namespace yado::guest
