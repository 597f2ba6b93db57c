// SPDX-License-Identifier: Apache-2.0
// Snapshots in files of their own: the guest goes on in new images that lie on those it had.
#include "base/error.h"
#include "base/fault.h"
#include "base/log.h"
#include "guest/agent_service.h"
#include "guest/image_users.h"
#include "guest/saving.h"
#include "guest/snapshots.h"
#include "protocol/constants.h"

#include <sys/stat.h>
#include <unistd.h>

namespace yado::guest {
namespace {

namespace Flags = protocol::DomainSnapshotCreateFlags;
using model::ImageFormat;
using model::SnapshotLocation;

constexpr auto qemu = ErrorSource::qemu;

Task<void> freeze(Registry::Pointer guest, bool& frozen) {
    if (guest->live->quiesced) co_return; // by somebody who thaws them himself
    const HeldAgent held = co_await hold_agent(guest);
    std::vector<std::string> everything;
    co_await held.agent->freeze(std::move(everything), held.limit);
    frozen = true;
}

Task<void> thaw(Registry::Pointer guest) {
    try {
        const HeldAgent held = co_await hold_agent(guest);
        co_await held.agent->thaw(held.limit);
    } catch (const Error& error) {
        log_warning("guest.snapshots", "guest '{}': its file systems may still be frozen: {}", guest->name,
                    error.message());
    }
}

} // namespace

Task<void> Snapshots::make_overlay(Registry::Pointer guest, NewOverlay& overlay, bool reuse) {
    const std::string path = model::path_of(overlay.image.source);
    if (path.empty()) co_return;
    bool there = false;
    auto look = [&] {
        struct stat status{};
        there = ::stat(path.c_str(), &status) == 0;
        const bool block = there && S_ISBLK(status.st_mode);
        const bool wants_block = std::holds_alternative<model::BlockSource>(overlay.image.source);
        if (!there && (reuse || wants_block))
            fail_errno("missing existing file for disk {}: {}", overlay.target, path);
        if (there && !reuse && !block && status.st_size > 0) {
            fail(qemu, Code::config_unsupported,
                 "external snapshot file for disk {} already exists and is not a block device: {}",
                 overlay.target, path);
        }
        if (there && block != wants_block) {
            fail(qemu, Code::config_unsupported,
                 "mismatch between configured type for snapshot disk '{}' and the type of existing file '{}'",
                 overlay.target, path);
        }
        if (!there && guest->active()) make_image_file(path, overlay.target, 0);
        overlay.made = !there;
    };
    co_await blocking(parts_.loop, look);
    if (!there) co_return;
    const std::string user = co_await user_of(parts_, path);
    if (!user.empty()) {
        fail(qemu, Code::config_unsupported, "external snapshot file for disk {} is in use by {}: {}",
             overlay.target, user, path);
    }
}

Task<void> Snapshots::switch_over(Registry::Pointer guest, model::Snapshot snapshot,
                                  std::vector<NewOverlay>& overlays, std::uint32_t flags) {
    const std::string current = guest->snapshots.current();
    const std::shared_ptr<const Definition> definition = guest->definition;
    const bool records = (flags & Flags::no_metadata) == 0;
    const std::shared_ptr<Live> live = guest->live;
    BlockPort* port = live ? live->machine->blocks() : nullptr;
    bool recorded = false;
    bool sent = false;
    std::exception_ptr failure;
    try {
        // Whatever the definition names, an overlay or what it lies on, is complete until the machine has
        // gone over: so it comes first, and a crash in between loses nothing.
        fault::point("snapshot.record");
        if (records) {
            recorded = true;
            co_await record(guest, snapshot);
        }
        fault::point("snapshot.definition");
        for (const NewOverlay& each : overlays) {
            model::DiskChain chain;
            chain.images.push_back(each.image);
            co_await move_definition(parts_, guest, each.target, each.below.source, std::move(chain));
        }
        fault::point("snapshot.switch");
        if (port != nullptr) {
            std::vector<Overlay> pairs;
            for (const NewOverlay& each : overlays)
                pairs.push_back({each.target, each.below.index.value_or(0), each.image.index.value_or(0)});
            sent = true;
            co_await port->put_on_top(std::move(pairs));
        }
    } catch (const Error& error) {
        failure = std::current_exception();
        sent = sent && error.code() != Code::internal_error;
    } catch (...) { failure = std::current_exception(); }
    if (failure && sent) { // it may have happened: what is on disk is right in either case
        for (NewOverlay& each : overlays) each.made = each.open = false;
        log_error("guest.snapshots", "guest '{}': the machine did not say whether snapshot '{}' was taken",
                  guest->name, snapshot.name);
        std::rethrow_exception(failure);
    }
    if (!failure) {
        if (port == nullptr) co_return;
        for (const NewOverlay& each : overlays) {
            model::Disk& disk = require_disk(*live, each.target);
            model::DiskChain chain = model::chain_of(disk);
            chain.images.insert(chain.images.begin(), each.image);
            model::set_chain(disk, chain);
            port->note_chain(disk);
        }
        try {
            co_await power_.save_status(guest);
        } catch (const Error& error) { // taken all the same
            log_error("guest.snapshots", "guest '{}': {}", guest->name, error.message());
        }
        co_return;
    }
    if (recorded) co_await drop_record(guest, snapshot.name, current);
    if (definition && guest->definition != definition) {
        model::Domain before = definition->model();
        co_await save_definition(parts_, guest, std::move(before));
    }
    std::rethrow_exception(failure);
}

Task<void> Snapshots::take_external(Registry::Pointer guest, model::Snapshot& snapshot, std::uint32_t flags) {
    const std::shared_ptr<Live> live = guest->live;
    BlockPort* port = guest->require_machine().blocks();
    if (port == nullptr) fail(Code::no_support, "this hypervisor has no snapshots");
    const bool reuse = (flags & Flags::reuse_ext) != 0;
    const bool with_memory = snapshot.memory.location == SnapshotLocation::external;
    std::vector<NewOverlay> overlays;
    for (model::SnapshotDisk& wanted : snapshot.disks) {
        if (wanted.location != SnapshotLocation::external) continue;
        const model::Disk& disk = disk_of(live->domain, wanted.name);
        require_no_block_job(*live, disk);
        if (wanted.format == ImageFormat::unset) wanted.format = ImageFormat::qcow2;
        NewOverlay overlay{.target = wanted.name, .below = model::chain_of(disk).images.at(0), .image = {}};
        overlay.image.source = *model::source_of(wanted.source);
        overlay.image.format = {wanted.format, wanted.metadata_cache_size};
        overlays.push_back(std::move(overlay));
    }
    const bool runs = guest->condition.state == State::running;
    bool frozen = false;
    bool memory_written = false;
    std::exception_ptr failure;
    try {
        if ((flags & Flags::quiesce) != 0) co_await freeze(guest, frozen);
        if (with_memory) {
            Saving saving(parts_, power_);
            const bool stays_live = (flags & Flags::live) != 0;
            co_await saving.write_memory(guest, snapshot.memory.file, stays_live);
            memory_written = true;
        }
        for (NewOverlay& each : overlays) {
            co_await make_overlay(guest, each, reuse);
            each.image.index = port->new_number();
            NewImage image{.disk = require_disk(*live, each.target)};
            image.disk.mirror.reset();
            model::set_chain(image.disk, {{each.image}, true});
            if (!reuse) {
                const std::uint64_t capacity = co_await port->capacity(each.below.index.value_or(0));
                image.format = NewImage::Format{.capacity = capacity, .backing = each.below};
            }
            co_await port->open(std::move(image));
            each.open = true;
        }
        co_await switch_over(guest, snapshot, overlays, flags);
    } catch (...) { failure = std::current_exception(); }
    if (failure) {
        std::vector<model::ChainImage> opened;
        for (const NewOverlay& each : overlays) {
            if (each.open) opened.push_back(each.image);
        }
        if (!live->ended && !opened.empty()) co_await port->close(std::move(opened));
        auto remove = [&] {
            for (const NewOverlay& each : overlays) {
                if (each.made) ::unlink(model::path_of(each.image.source).c_str());
            }
            if (memory_written) ::unlink(snapshot.memory.file.c_str());
        };
        co_await blocking(parts_.loop, remove);
    }
    if (frozen && !live->ended) co_await thaw(guest);
    const bool halts = !failure && (flags & Flags::halt) != 0;
    if (with_memory && runs && !live->ended && !halts) co_await power_.unpause(guest, running::unpaused);
    if (failure) std::rethrow_exception(failure);
}

Task<void> Snapshots::take_external_offline(Registry::Pointer guest, model::Snapshot& snapshot,
                                            std::uint32_t flags) {
    const bool reuse = (flags & Flags::reuse_ext) != 0;
    const model::Domain domain = guest->config_model();
    std::vector<NewOverlay> overlays;
    std::exception_ptr failure;
    std::string at;
    try {
        for (model::SnapshotDisk& wanted : snapshot.disks) {
            if (wanted.location != SnapshotLocation::external) continue;
            at = wanted.name;
            if (wanted.format == ImageFormat::unset) wanted.format = ImageFormat::qcow2;
            NewOverlay& overlay = overlays.emplace_back();
            overlay.target = wanted.name;
            overlay.below = model::chain_of(disk_of(domain, wanted.name)).images.at(0);
            overlay.image.source = *model::source_of(wanted.source);
            overlay.image.format = {wanted.format, wanted.metadata_cache_size};
            co_await make_overlay(guest, overlay, reuse);
            if (!reuse) {
                const std::string path = model::path_of(overlay.image.source);
                co_await tool_.create_overlay(path, wanted.format, overlay.below);
            }
        }
        at.clear();
        co_await switch_over(guest, snapshot, overlays, flags);
    } catch (...) { failure = std::current_exception(); }
    if (!failure) co_return;
    auto remove = [&] {
        for (const NewOverlay& each : overlays) {
            if (each.made) ::unlink(model::path_of(each.image.source).c_str());
        }
    };
    co_await blocking(parts_.loop, remove);
    if (at.empty()) std::rethrow_exception(failure);
    with_context(fmt::format("snapshot of disk '{}'", at), [&failure] { std::rethrow_exception(failure); });
}

} // namespace yado::guest
