// SPDX-License-Identifier: Apache-2.0
// Taking snapshots.
#include "base/error.h"
#include "base/log.h"
#include "guest/snapshots.h"
#include "model/domain/document.h"
#include "model/domain/named_disk.h"
#include "model/snapshot/document.h"
#include "protocol/constants.h"
#include "service/arguments.h"

#include <algorithm>
#include <ctime>

namespace yado::guest {
namespace {

namespace Flags = protocol::DomainSnapshotCreateFlags;
using model::ImageFormat;
using model::SnapshotLocation;
using model::SnapshotState;
using service::refuse_argument;

constexpr auto qemu = ErrorSource::qemu;

void check_flags(std::uint32_t flags) {
    service::require_flags(qemu, flags, 0x3ff, "qemuSnapshotCreateXML");
    const auto needs = [flags](std::uint32_t one, std::uint32_t other, std::string_view names,
                               std::string_view needed) {
        if ((flags & one) != 0 && (flags & other) == 0)
            refuse_argument(ErrorSource::domain,
                            "Flag 'VIR_DOMAIN_SNAPSHOT_CREATE_{}' is required by flag "
                            "'VIR_DOMAIN_SNAPSHOT_CREATE_{}'",
                            needed, names);
    };
    const auto excludes = [flags](std::uint32_t one, std::uint32_t other, std::string_view names,
                                  std::string_view others) {
        if ((flags & one) != 0 && (flags & other) != 0)
            refuse_argument(ErrorSource::domain,
                            "Flags 'VIR_DOMAIN_SNAPSHOT_CREATE_{}' and "
                            "'VIR_DOMAIN_SNAPSHOT_CREATE_{}' are mutually exclusive",
                            names, others);
    };
    needs(Flags::current, Flags::redefine, "CURRENT", "REDEFINE");
    excludes(Flags::redefine, Flags::no_metadata, "REDEFINE", "NO_METADATA");
    needs(Flags::quiesce, Flags::disk_only, "QUIESCE", "DISK_ONLY");
    excludes(Flags::live, Flags::redefine, "LIVE", "REDEFINE");
}

/// What is done with the disks altogether.
struct Census {
    std::size_t internal = 0, external = 0;
};

void check_internal(const model::Disk& disk) {
    if (disk.driver.type == ImageFormat::qcow2) return;
    fail(qemu, Code::config_unsupported, "internal snapshot for disk {} unsupported for storage type {}",
         disk.target.dev, schema::word(disk.driver.type));
}

void check_external(const model::SnapshotDisk& wanted, const model::Disk& disk) {
    if (disk.is_empty()) {
        fail(qemu, Code::config_unsupported, "external snapshot of disk '{}' that has no medium",
             wanted.name);
    }
    if (disk.readonly || disk.is_removable()) {
        fail(qemu, Code::config_unsupported, "external snapshot for readonly disk {} is not supported",
             wanted.name);
    }
    const bool layered = wanted.format == ImageFormat::unset || wanted.format == ImageFormat::qcow2 ||
                         wanted.format == ImageFormat::qed;
    if (!layered) {
        fail(qemu, Code::config_unsupported, "external snapshot format for disk {} is unsupported: {}",
             wanted.name, schema::word(wanted.format));
    }
}

Census check_disks(const model::Snapshot& snapshot, const model::Domain& domain, bool active) {
    Census census;
    for (const model::SnapshotDisk& wanted : snapshot.disks) {
        if (wanted.location == SnapshotLocation::internal) {
            ++census.internal;
            if (active && snapshot.memory.location != SnapshotLocation::internal) {
                fail(qemu, Code::config_unsupported,
                     "active qemu domains require external disk snapshots; disk {} requested internal",
                     wanted.name);
            }
            check_internal(disk_of(domain, wanted.name));
        } else if (wanted.location == SnapshotLocation::external) {
            ++census.external;
            check_external(wanted, disk_of(domain, wanted.name));
        }
    }
    if (census.internal != 0 && census.external != 0) {
        fail(qemu, Code::config_unsupported,
             "mixing internal and external targets for a snapshot is not yet supported");
    }
    const bool memory = snapshot.memory.location == SnapshotLocation::internal ||
                        snapshot.memory.location == SnapshotLocation::external;
    if (census.internal + census.external == 0 &&
        (snapshot.memory.location == SnapshotLocation::internal || !memory))
        fail(qemu, Code::config_unsupported, "nothing selected for snapshot");
    return census;
}

InternalSnapshot internal_of(const model::Snapshot& snapshot, const model::Domain& domain) {
    InternalSnapshot internal{.name = snapshot.name, .disks = {}};
    for (const model::SnapshotDisk& wanted : snapshot.disks) {
        if (wanted.location != SnapshotLocation::internal) continue;
        const model::Disk& disk = disk_of(domain, wanted.name);
        internal.disks.emplace_back(wanted.name, model::parts_of(disk.source).index.value_or(0));
    }
    return internal;
}

} // namespace

SnapshotState state_of(const Guest& guest) {
    if (!guest.active()) return SnapshotState::shutoff;
    switch (guest.condition.state) {
    case State::paused: return SnapshotState::paused;
    case State::shutting_down: return SnapshotState::shutdown;
    case State::crashed: return SnapshotState::crashed;
    case State::pm_suspended: return SnapshotState::pmsuspended;
    default: return SnapshotState::running;
    }
}

const model::Disk& disk_of(const model::Domain& domain, const std::string& target) {
    const model::Disk* disk = model::named_disk(domain, target);
    if (disk == nullptr) fail(qemu, Code::config_unsupported, "no disk named '{}'", target);
    return *disk;
}

model::Domain snapshot_copy(const model::Domain& domain) {
    model::Domain copy = model::read_domain(
        model::write_domain(model::declared(domain), {.secure = true, .migratable = true}));
    copy.id.reset();
    return copy;
}

Task<void> Snapshots::make_current(Registry::Pointer guest, std::string name) {
    const std::string before = guest->snapshots.current();
    guest->snapshots.set_current(name);
    if (const auto now = guest->snapshots.find(name)) co_await store_.save(guest->name, now, true);
    const auto old = guest->snapshots.find(before);
    if (old && before != name) co_await store_.save(guest->name, old, false);
}

Task<void> Snapshots::record(Registry::Pointer guest, model::Snapshot snapshot) {
    const std::string name = snapshot.name;
    guest->snapshots.put(std::move(snapshot));
    co_await make_current(guest, name);
}

Task<void> Snapshots::drop_record(Registry::Pointer guest, std::string name, std::string current_before) {
    guest->snapshots.remove(name);
    co_await store_.remove(guest->name, name);
    co_await make_current(guest, current_before);
}

Task<std::string> Snapshots::create(Registry::Pointer guest, std::string xml, std::uint32_t flags) {
    check_flags(flags);
    const JobQueue::Job job = co_await guest->jobs.begin("snapshot");
    if ((flags & Flags::redefine) != 0) {
        const std::string name = co_await redefine(guest, std::move(xml), flags);
        co_return name;
    }
    const bool active = guest->active();
    if (active) guest->require_machine();
    if ((flags & Flags::halt) != 0 && !guest->persistent)
        fail(qemu, Code::operation_invalid, "cannot halt after transient domain snapshot");
    const model::Domain domain = active ? guest->live->domain : guest->config_model();
    model::SnapshotContext context{.domain = &domain, .state = state_of(*guest), .now = std::time(nullptr)};
    context.disk_only = (flags & Flags::disk_only) != 0;
    schema::ReadOptions options;
    if ((flags & Flags::validate) != 0) options.unknown = schema::Unknown::reject;
    model::Snapshot snapshot = model::parse_snapshot(xml, context, options);
    if (guest->snapshots.find(snapshot.name)) {
        fail(qemu, Code::operation_failed, "domain moment {} already exists", snapshot.name);
    }
    const Census census = check_disks(snapshot, domain, active);
    const bool full = active && snapshot.memory.location == SnapshotLocation::external;
    if ((flags & Flags::live) != 0 && !full) {
        fail(qemu, Code::operation_unsupported,
             "live snapshot creation is supported only during full system snapshots");
    }
    snapshot.parent = guest->snapshots.current();
    snapshot.domain = schema::Rare<model::Domain>(snapshot_copy(domain));
    if (active && guest->persistent)
        snapshot.inactive_domain = schema::Rare<model::Domain>(guest->config_model());

    const bool external = census.external != 0 || snapshot.memory.location == SnapshotLocation::external;
    const bool records = (flags & Flags::no_metadata) == 0;
    if (active && external) co_await take_external(guest, snapshot, flags);
    else if (external) co_await take_external_offline(guest, snapshot, flags);
    else if (active) co_await take_internal(guest, snapshot);
    else co_await take_internal_offline(guest, snapshot);
    if (!external && records) co_await record(guest, snapshot);
    if (active && (flags & Flags::halt) != 0 && guest->live) {
        guest->live->end_as = shut_off::from_snapshot;
        guest->live->end_event = lifecycle::stopped_from_snapshot;
        co_await power_.destroy(guest, KillKind::forced);
    }
    co_return snapshot.name;
}

Task<void> Snapshots::take_internal(Registry::Pointer guest, model::Snapshot snapshot) {
    const std::shared_ptr<Live> live = guest->live;
    if (!live->block_jobs.empty())
        fail(qemu, Code::block_copy_active, "disk '{}' already in active block job",
             live->block_jobs.begin()->second.target);
    if (live->domain.os.loader && live->domain.os.loader->type == model::LoaderType::pflash) {
        fail(qemu, Code::operation_unsupported,
             "internal snapshots of a VM with pflash based firmware are not supported");
    }
    BlockPort* port = guest->require_machine().blocks();
    if (port == nullptr) fail(Code::no_support, "this hypervisor has no snapshots");
    const bool runs = guest->condition.state == State::running;
    std::exception_ptr failure;
    if (runs) co_await power_.pause(guest, paused::snapshot);
    try {
        InternalSnapshot internal = internal_of(snapshot, live->domain);
        co_await port->save_internal(std::move(internal));
    } catch (...) { failure = std::current_exception(); }
    if (runs && !live->ended) co_await power_.unpause(guest, running::unpaused);
    if (failure) std::rethrow_exception(failure);
}

Task<void> Snapshots::take_internal_offline(Registry::Pointer guest, model::Snapshot snapshot) {
    const model::Domain domain = guest->config_model();
    std::vector<model::ChainImage> taken;
    std::exception_ptr failure;
    std::string at;
    for (const model::SnapshotDisk& wanted : snapshot.disks) {
        if (wanted.location != SnapshotLocation::internal) continue;
        at = wanted.name;
        try {
            model::ChainImage image = model::chain_of(disk_of(domain, wanted.name)).images.at(0);
            co_await tool_.snapshot(ImageTool::Snapshot::create, snapshot.name, image);
            taken.push_back(std::move(image));
        } catch (...) { failure = std::current_exception(); }
        if (failure) break;
    }
    if (!failure) co_return;
    for (const model::ChainImage& image : taken) {
        try {
            co_await tool_.snapshot(ImageTool::Snapshot::remove, snapshot.name, image);
        } catch (const Error& error) { log_warning("guest.snapshots", "{}", error.message()); }
    }
    with_context(fmt::format("snapshot of disk '{}'", at), [&failure] { std::rethrow_exception(failure); });
}

} // namespace yado::guest
