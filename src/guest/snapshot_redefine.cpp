// SPDX-License-Identifier: Apache-2.0
// Documents of snapshots given back by clients, and what a daemon that ended left half done.
#include "base/error.h"
#include "base/log.h"
#include "guest/disk_images.h"
#include "guest/snapshots.h"
#include "model/domain/named_disk.h"
#include "model/snapshot/document.h"
#include "protocol/constants.h"

#include <algorithm>

namespace yado::guest {
namespace {

namespace Flags = protocol::DomainSnapshotCreateFlags;
using model::ImageFormat;
using model::SnapshotLocation;
using model::SnapshotState;

constexpr auto qemu = ErrorSource::qemu;

} // namespace

Task<std::string> Snapshots::redefine(Registry::Pointer guest, std::string xml, std::uint32_t flags) {
    co_await parts_.hypervisor.prepare();
    const model::Domain domain = guest->active() ? guest->live->domain : guest->config_model();
    model::SnapshotContext context{.domain = &domain, .state = state_of(*guest), .redefine = true};
    context.disk_only = (flags & Flags::disk_only) != 0;
    schema::ReadOptions options;
    if ((flags & Flags::validate) != 0) options.unknown = schema::Unknown::reject;
    model::Snapshot snapshot = model::parse_snapshot(xml, context, options);
    snapshot.active.reset();
    if (snapshot.domain) model::complete(*snapshot.domain, parts_.hypervisor.complete_context());
    if ((flags & Flags::disk_only) != 0 && snapshot.state != SnapshotState::disk_snapshot) {
        fail(qemu, Code::invalid_arg, "disk-only flag for snapshot {} requires disk-snapshot state",
             snapshot.name);
    }
    if (snapshot.domain && snapshot.domain->uuid != guest->uuid) {
        fail(qemu, Code::invalid_arg, "definition for snapshot {} must use uuid {}", snapshot.name,
             guest->uuid.text());
    }
    SnapshotTree& tree = guest->snapshots;
    if (!snapshot.parent.empty()) {
        if (!tree.find(snapshot.parent)) {
            fail(qemu, Code::invalid_arg, "parent {} for moment {} not found", snapshot.parent,
                 snapshot.name);
        }
        if (tree.is_below(snapshot.parent, snapshot.name)) {
            fail(qemu, Code::invalid_arg, "parent {} would create cycle to {}", snapshot.parent,
                 snapshot.name);
        }
    }
    if (const auto before = tree.find(snapshot.name)) {
        const auto is_disk_only = [](const model::Snapshot& each) {
            return each.state == SnapshotState::disk_snapshot;
        };
        const auto ran = [](const model::Snapshot& each) {
            return each.state == SnapshotState::running || each.state == SnapshotState::paused;
        };
        if (ran(*before) != ran(snapshot)) {
            fail(qemu, Code::invalid_arg,
                 "cannot change between online and offline snapshot state in snapshot {}", snapshot.name);
        }
        if (is_disk_only(*before) != is_disk_only(snapshot)) {
            fail(qemu, Code::invalid_arg, "cannot change between disk only and full system in snapshot {}",
                 snapshot.name);
        }
        if (!snapshot.domain && before->domain) snapshot.domain = before->domain;
    }
    const std::string name = snapshot.name;
    const bool current = (flags & Flags::current) != 0;
    tree.put(std::move(snapshot));
    if (current) co_await make_current(guest, name);
    else co_await store_.save(guest->name, tree.find(name), tree.current() == name);
    co_return name;
}

Task<void> settle_cut_off(Parts parts, Registry::Pointer guest) {
    const std::shared_ptr<Live> live = guest->live;
    BlockPort& port = *guest->require_machine().blocks();
    const std::vector<BlockPort::Top> tops = co_await port.tops();
    for (const BlockPort::Top& top : tops) {
        const auto disk = std::ranges::find_if(live->domain.devices.disks, [&top](const model::Disk& each) {
            return each.info.alias.name == top.alias && !each.mirror;
        });
        if (disk == live->domain.devices.disks.end() || disk->path().empty()) continue;
        if (model::parts_of(disk->source).index == top.image || top.backing_path != disk->path()) continue;
        model::DiskChain chain = model::chain_of(*disk);
        model::FileSource file;
        file.path = top.path;
        const ImageFormat format = top.format == "qed" ? ImageFormat::qed : ImageFormat::qcow2;
        chain.images.insert(chain.images.begin(), {std::move(file), {format, {}}, top.image});
        model::set_chain(*disk, chain);
        port.note_chain(*disk);
    }
    const SnapshotTree::Pointer current = guest->snapshots.find(guest->snapshots.current());
    if (!current || !guest->definition) co_return;
    model::Domain definition = guest->config_model();
    std::vector<std::string> overlays;
    for (const model::SnapshotDisk& taken : current->disks) {
        const auto source = model::source_of(taken.source);
        const model::Disk* running = model::named_disk(live->domain, taken.name);
        if (taken.location != SnapshotLocation::external || !source || running == nullptr) continue;
        const std::vector<model::ChainImage> images = model::chain_of(*running).images;
        const bool runs_on_it = std::ranges::any_of(images, [&source](const model::ChainImage& image) {
            return model::same_storage(image.source, *source);
        });
        for (model::Disk& disk : definition.devices.disks) {
            if (runs_on_it || images.empty() || disk.target.dev != taken.name) continue;
            if (!model::same_storage(disk.source, *source)) continue;
            model::DiskChain chain;
            chain.images.push_back(images.front());
            chain.images.front().index.reset();
            model::parts_of(chain.images.front().source).index.reset();
            model::set_chain(disk, chain);
            overlays.push_back(model::path_of(*source));
        }
    }
    if (overlays.empty()) co_return;
    for (const std::string& path : overlays) { // it may have been there before
        log_warning("guest.snapshots",
                    "guest '{}': snapshot '{}' was not finished and is undone; '{}' is left over",
                    guest->name, current->name, path);
    }
    co_await save_definition(parts, guest, std::move(definition));
    SnapshotStore store(parts.loop, parts.snapshot_directory);
    guest->snapshots.remove(current->name);
    guest->snapshots.set_current(current->parent);
    if (const auto parent = guest->snapshots.find(current->parent))
        co_await store.save(guest->name, parent, true);
    co_await store.remove(guest->name, current->name);
}

} // namespace yado::guest
