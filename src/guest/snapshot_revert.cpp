// SPDX-License-Identifier: Apache-2.0
// Going back to snapshots.
#include "base/error.h"
#include "base/fault.h"
#include "base/log.h"
#include "guest/save_file.h"
#include "guest/saving.h"
#include "guest/snapshots.h"
#include "host/images/snapshots.h"
#include "model/domain/document.h"
#include "model/domain/named_disk.h"
#include "protocol/constants.h"
#include "schema/guest_abi.h"
#include "service/arguments.h"

#include <algorithm>
#include <ctime>
#include <unistd.h>

namespace yado::guest {
namespace {

namespace Flags = protocol::DomainSnapshotRevertFlags;
using model::SnapshotLocation;
using model::SnapshotState;

constexpr auto qemu = ErrorSource::qemu;

/// It has the memory of a guest that ran.
bool has_memory(const model::Snapshot& snapshot) {
    return snapshot.state == SnapshotState::running || snapshot.state == SnapshotState::paused ||
           snapshot.state == SnapshotState::pmsuspended;
}

/// What the domain is defined as after going back.
const model::Domain& definition_of(const model::Snapshot& snapshot) {
    return snapshot.inactive_domain ? *snapshot.inactive_domain : *snapshot.domain;
}

bool same_guest(const model::Domain& one, const model::Domain& other) {
    schema::Diagnostics differences;
    schema::check_guest_abi(one, other, "domain", differences);
    if (!differences.ok()) return false;
    return std::ranges::all_of(one.devices.disks, [&other](const model::Disk& disk) {
        const model::Disk* same = model::named_disk(other, disk.target.dev);
        return same != nullptr &&
               (disk.is_empty() ? same->is_empty() : model::same_storage(disk.source, same->source));
    });
}

/// IMAGE.SUFFIX becomes IMAGE.NUMBER, beside it.
std::string revert_name(std::string_view image, std::int64_t number) {
    const std::size_t point = image.rfind('.');
    if (point != std::string_view::npos && image.find('/', point) == std::string_view::npos)
        image = image.substr(0, point);
    return fmt::format("{}.{}", image, number);
}

/// The images of the snapshot as the machine numbers them.
InternalSnapshot numbered(const model::Snapshot& snapshot, const model::Domain& running) {
    InternalSnapshot internal{.name = snapshot.name, .disks = {}};
    for (const model::SnapshotDisk& wanted : snapshot.disks) {
        if (wanted.location != SnapshotLocation::internal) continue;
        const model::Disk* disk = model::named_disk(running, wanted.name);
        if (disk == nullptr) fail(qemu, Code::operation_invalid, "no disk named '{}'", wanted.name);
        internal.disks.emplace_back(wanted.name, model::parts_of(disk->source).index.value_or(0));
    }
    return internal;
}

/// Not a coroutine with captures: they would end before it does.
Task<void> load_into(Machine& machine, InternalSnapshot internal) {
    BlockPort* port = machine.blocks();
    if (port == nullptr) fail(Code::no_support, "this hypervisor has no snapshots");
    co_await port->load_internal(std::move(internal));
}

} // namespace

Task<void> Snapshots::stop_for(Registry::Pointer guest) {
    if (!guest->live) co_return;
    guest->live->end_as = shut_off::from_snapshot;
    guest->live->end_event = lifecycle::stopped_from_snapshot;
    co_await power_.destroy(guest, KillKind::forced);
}

Task<void> Snapshots::start_from(Registry::Pointer guest, model::Domain domain, StartOptions options) {
    options.from_snapshot = true;
    if (!guest->persistent && parts_.registry.find(guest->uuid) != guest) parts_.registry.add(guest);
    co_await power_.start(guest, std::move(domain), std::move(options));
}

Task<void> Snapshots::revert(Registry::Pointer guest, std::string name, std::uint32_t flags) {
    service::require_flags(qemu, flags, Flags::running | Flags::paused | Flags::force | Flags::reset_nvram,
                           "qemuSnapshotRevert");
    if ((flags & Flags::running) != 0 && (flags & Flags::paused) != 0) {
        service::refuse_argument(ErrorSource::domain,
                                 "Flags 'VIR_DOMAIN_SNAPSHOT_REVERT_RUNNING' and "
                                 "'VIR_DOMAIN_SNAPSHOT_REVERT_PAUSED' are mutually exclusive");
    }
    const JobQueue::Job job = co_await guest->jobs.begin("snapshot revert");
    const SnapshotTree::Pointer snapshot = guest->snapshots.require(name);
    const bool force = (flags & Flags::force) != 0;
    const bool memory = has_memory(*snapshot);
    const bool told = (flags & (Flags::running | Flags::paused)) != 0;
    if (!guest->persistent && !memory && !told) {
        fail(qemu, Code::operation_invalid,
             "transient domain needs to request run or pause to revert to inactive snapshot");
    }
    if (!snapshot->domain) {
        fail(qemu, Code::snapshot_revert_risky, "snapshot '{}' lacks domain '{}' rollback info", name,
             guest->name);
    }
    if (!force && guest->active() && !memory && told) {
        fail(qemu, Code::snapshot_revert_risky, "must respawn guest to start inactive snapshot");
    }
    if (!force && guest->has_managed_save && !memory) {
        fail(qemu, Code::snapshot_revert_risky,
             "snapshot without memory state, removal of existing managed saved state strongly recommended to "
             "avoid corruption");
    }
    if (guest->live && !guest->live->block_jobs.empty()) {
        fail(qemu, Code::block_copy_active, "disk '{}' already in active block job",
             guest->live->block_jobs.begin()->second.target);
    }
    co_await parts_.hypervisor.prepare();
    if (snapshot->is_external()) {
        co_await revert_external(guest, snapshot, flags);
    } else if (memory) {
        const bool paused = (flags & Flags::paused) != 0;
        const bool run =
            !paused && ((flags & Flags::running) != 0 || snapshot->state == SnapshotState::running);
        co_await revert_to_memory(guest, snapshot, run, force);
    } else {
        co_await revert_to_disks(guest, snapshot, flags);
    }
    if (parts_.registry.find(guest->uuid) == guest) co_await make_current(guest, name);
}

Task<void> Snapshots::revert_to_memory(Registry::Pointer guest, SnapshotTree::Pointer snapshot, bool run,
                                       bool force) {
    model::Domain domain = *snapshot->domain;
    model::complete(domain, parts_.hypervisor.complete_context());
    parts_.hypervisor.check(domain);
    const bool in_place = guest->active() && guest->condition.state != State::crashed && !force &&
                          same_guest(domain, guest->live->domain);
    std::exception_ptr failure;
    if (in_place) {
        const std::shared_ptr<Live> live = guest->live;
        Machine& machine = guest->require_machine();
        const bool ran = guest->condition.state == State::running;
        live->held_still = true; // the machine stops itself while it loads
        try {
            InternalSnapshot internal = numbered(*snapshot, live->domain);
            co_await load_into(machine, std::move(internal));
            if (run) co_await machine.resume();
            else co_await machine.suspend();
        } catch (...) { failure = std::current_exception(); }
        live->held_still = false;
        if (failure) { // QEMU loads all or nothing, and runs on
            if (!live->ended && ran) co_await machine.resume();
            std::rethrow_exception(failure);
        }
        guest->condition = run ? running::from_snapshot : paused::from_snapshot;
        power_.publish(*guest, run ? lifecycle::resumed_from_snapshot : lifecycle::suspended_from_snapshot);
        co_await power_.save_status(guest);
    } else {
        co_await stop_for(guest);
        StartOptions options;
        options.paused = !run;
        options.load = [snapshot](Machine& machine, const model::Domain& started) {
            return load_into(machine, numbered(*snapshot, started));
        };
        co_await start_from(guest, std::move(domain), std::move(options));
    }
    if (guest->persistent) {
        model::Domain definition = definition_of(*snapshot);
        co_await save_definition(parts_, guest, std::move(definition));
    }
}

Task<void> Snapshots::revert_to_disks(Registry::Pointer guest, SnapshotTree::Pointer snapshot,
                                      std::uint32_t flags) {
    co_await require_inside(snapshot);
    co_await stop_for(guest);
    const bool persistent = guest->persistent;
    for (const model::SnapshotDisk& wanted : snapshot->disks) {
        if (wanted.location != SnapshotLocation::internal) continue;
        const model::Disk* disk = model::named_disk(*snapshot->domain, wanted.name);
        if (disk == nullptr || disk->is_empty()) continue;
        fault::point("snapshot.apply");
        model::ChainImage image = model::chain_of(*disk).images.at(0);
        co_await tool_.snapshot(ImageTool::Snapshot::apply, snapshot->name, std::move(image));
    }
    co_await reset_nvram(guest, snapshot, flags);
    if (persistent) {
        model::Domain definition = definition_of(*snapshot);
        co_await save_definition(parts_, guest, std::move(definition));
    }
    if ((flags & (Flags::running | Flags::paused)) == 0) {
        guest->condition = shut_off::from_snapshot;
        co_return;
    }
    model::Domain domain = definition_of(*snapshot);
    model::complete(domain, parts_.hypervisor.complete_context());
    StartOptions options;
    options.paused = (flags & Flags::paused) != 0;
    options.reset_nvram = (flags & Flags::reset_nvram) != 0;
    co_await start_from(guest, std::move(domain), std::move(options));
}

// All images have it, or none is touched.
Task<void> Snapshots::require_inside(SnapshotTree::Pointer snapshot) {
    auto look = [&snapshot] {
        for (const model::SnapshotDisk& wanted : snapshot->disks) {
            if (wanted.location != SnapshotLocation::internal) continue;
            const model::Disk* disk = model::named_disk(*snapshot->domain, wanted.name);
            if (disk == nullptr || disk->path().empty()) continue;
            const std::vector<std::string> names = host::internal_snapshots(disk->path());
            if (std::ranges::find(names, snapshot->name) != names.end()) continue;
            fail(qemu, Code::operation_failed, "disk '{}': '{}' has no snapshot '{}'", wanted.name,
                 disk->path(), snapshot->name);
        }
    };
    co_await blocking(parts_.loop, look);
}

// A start sees to it itself.
Task<void> Snapshots::reset_nvram(Registry::Pointer guest, SnapshotTree::Pointer snapshot,
                                  std::uint32_t flags) {
    const bool starts = (flags & (Flags::running | Flags::paused)) != 0;
    if ((flags & Flags::reset_nvram) == 0 || starts || !guest->definition) co_return;
    co_await parts_.hypervisor.remove_belonging(*snapshot->domain, Belonging::nvram);
}

// What the guest wrote after the snapshot stays in the file it went to; it goes on in new files on top of
// what the snapshot has. libvirt does so from 9.9 on.
Task<void> Snapshots::revert_external(Registry::Pointer guest, SnapshotTree::Pointer snapshot,
                                      std::uint32_t flags) {
    model::Domain definition = definition_of(*snapshot);
    model::Domain domain = *snapshot->domain;
    model::complete(definition, parts_.hypervisor.complete_context());
    model::complete(domain, parts_.hypervisor.complete_context());
    const bool from_file = has_memory(*snapshot) && snapshot->memory.location == SnapshotLocation::external;
    OpenSaveFile memory;
    if (from_file) {
        auto open = [&] { memory = open_save_file(snapshot->memory.file); };
        co_await blocking(parts_.loop, open);
        if (memory.state.format != SaveFormat::raw) {
            fail(qemu, Code::operation_unsupported,
                 "the state in '{}' is compressed, which is not supported yet", snapshot->memory.file);
        }
    }
    std::vector<std::string> made;
    std::exception_ptr failure;
    try {
        for (const model::SnapshotDisk& wanted : snapshot->disks) {
            if (wanted.location != SnapshotLocation::external) continue;
            const model::Disk* then = model::named_disk(domain, wanted.name);
            if (then == nullptr || then->is_empty())
                fail(qemu, Code::operation_invalid, "disk '{}' of snapshot '{}' is missing", wanted.name,
                     snapshot->name);
            const model::ChainImage below = model::chain_of(*then).images.at(0);
            std::string path;
            auto choose = [&] {
                std::int64_t number = std::time(nullptr);
                do {
                    path = revert_name(model::path_of(below.source), number++);
                } while (::access(path.c_str(), F_OK) == 0);
            };
            co_await blocking(parts_.loop, choose);
            const model::ImageFormat format =
                wanted.format == model::ImageFormat::unset ? model::ImageFormat::qcow2 : wanted.format;
            made.push_back(path);
            co_await tool_.create_overlay(path, format, below);
            model::FileSource file;
            file.path = path;
            for (model::Domain* each : {&definition, &domain}) {
                const auto disk =
                    std::ranges::find_if(each->devices.disks, [&wanted](const model::Disk& candidate) {
                        return candidate.target.dev == wanted.name;
                    });
                if (disk == each->devices.disks.end()) continue;
                disk->backing.reset();
                model::set_chain(*disk, {{{file, {format, {}}, {}}}, false});
            }
        }
        fault::point("snapshot.revert");
    } catch (...) { failure = std::current_exception(); }
    if (failure) {
        auto remove = [&] {
            for (const std::string& path : made) ::unlink(path.c_str());
        };
        co_await blocking(parts_.loop, remove);
        std::rethrow_exception(failure);
    }
    co_await stop_for(guest);
    if (!has_memory(*snapshot)) co_await reset_nvram(guest, snapshot, flags);
    if (guest->persistent) co_await save_definition(parts_, guest, definition);
    const bool told = (flags & (Flags::running | Flags::paused)) != 0;
    if (!from_file && !told) {
        guest->condition = shut_off::from_snapshot;
        co_return;
    }
    StartOptions options;
    options.paused = (flags & Flags::paused) != 0 || (!told && snapshot->state == SnapshotState::paused);
    options.reset_nvram = (flags & Flags::reset_nvram) != 0;
    if (from_file) options.state = std::move(memory.fd);
    if (!from_file) domain = std::move(definition);
    co_await start_from(guest, std::move(domain), std::move(options));
}

} // namespace yado::guest
