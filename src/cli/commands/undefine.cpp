// SPDX-License-Identifier: Apache-2.0
// Removing a definition, and with it, when asked, the volumes its disks use.
#include "base/text.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/failure.h"
#include "cli/lookup.h"
#include "cli/session.h"
#include "protocol/constants.h"
#include "protocol/domain_calls.h"
#include "protocol/domain_snapshot_calls.h"
#include "protocol/storage_calls.h"
#include "schema/read.h"

#include <algorithm>

namespace yado::cli {
namespace {

using protocol::DomainRef;
namespace Bits = protocol::DomainUndefineFlagsValues;

struct DiskSource {
    std::string file, dir, name, dev, volume, pool;
};
void describe(schema::Io& io, DiskSource& source) {
    io.attribute("file", source.file);
    io.attribute("dir", source.dir);
    io.attribute("name", source.name);
    io.attribute("dev", source.dev);
    io.attribute("volume", source.volume);
    io.attribute("pool", source.pool);
}
struct Disk {
    std::string target;
    DiskSource source;

    std::string place() const {
        for (const std::string* text : {&source.file, &source.dir, &source.name, &source.dev, &source.volume})
            if (!text->empty()) return *text;
        return {};
    }
};
void describe(schema::Io& io, Disk& disk) {
    io.child("source", disk.source);
    io.nested("target", "dev", disk.target);
}
struct Disks {
    std::vector<Disk> all;
};
void describe(schema::Io& io, Disks& disks) {
    io.group("devices", [&] { io.child("disk", disks.all); });
}

/// A volume to go after the definition went.
struct Volume {
    protocol::StorageVolRef ref;
    std::string target;
    std::string place;
};

std::optional<protocol::StorageVolRef> find_volume(Session& session, const Disk& disk) {
    const auto missing = [&](std::string_view text) -> std::optional<protocol::StorageVolRef> {
        if (!session.connected()) refuse("{}", text);
        session.error(fmt::format("{}\n", text));
        return std::nullopt;
    };
    if (!disk.source.pool.empty()) {
        try {
            const auto pool = session.call(protocol::StoragePoolLookupByNameArgs{disk.source.pool}).pool;
            return session.call(protocol::StorageVolLookupByNameArgs{pool, disk.source.volume}).vol;
        } catch (const Error&) {
            return missing(
                fmt::format("Storage pool '{}' for volume '{}' not found.", disk.source.pool, disk.target));
        }
    }
    try {
        return session.call(protocol::StorageVolLookupByPathArgs{disk.place()}).vol;
    } catch (const Error&) {
        return missing(fmt::format("Storage volume '{}'({}) is not managed by libvirt. Remove it manually.",
                                   disk.target, disk.place()));
    }
}

std::vector<Volume> find_volumes(Session& session, const DomainRef& domain, const Arguments& arguments) {
    schema::Diagnostics notes;
    const auto disks = schema::read_xml<Disks>(
        domain_xml(session, domain, protocol::DomainXMLFlags::inactive), "domain", {}, &notes);
    const auto list = arguments.text("storage");
    std::vector<std::string_view> wanted = list ? split(*list, ',') : std::vector<std::string_view>{};
    std::vector<Volume> volumes;
    for (const Disk& disk : disks.all) {
        if (disk.place().empty()) continue; // an empty drive
        if (list) {
            const auto found = std::ranges::find_if(
                wanted, [&](std::string_view word) { return word == disk.target || word == disk.place(); });
            if (found == wanted.end()) continue;
            wanted.erase(found);
        }
        if (const auto ref = find_volume(session, disk)) volumes.push_back({*ref, disk.target, disk.place()});
    }
    for (const std::string_view word : wanted)
        session.error(fmt::format("Volume '{}' was not found in domain's definition.\n", word));
    if (!wanted.empty()) throw Failure();
    return volumes;
}

/// What went wrong, that it did being said already; nothing when the volume is gone.
std::optional<Error> remove_volume(Session& session, const Volume& volume, bool wipe, std::uint32_t flags) {
    const std::string name = fmt::format("'{}'({})", volume.target, volume.place);
    std::string failure = "Failed! Volume not removed.";
    try {
        if (wipe) {
            session.say("Wiping volume {} ... ", name);
            session.call(protocol::StorageVolWipeArgs{volume.ref, 0});
            session.say("Done.\n");
        }
        failure = fmt::format("Failed to remove storage volume {}", name);
        session.call(protocol::StorageVolDeleteArgs{volume.ref, flags});
    } catch (const Error& error) {
        session.error(failure);
        return error;
    }
    session.say("Volume {} removed.\n", name);
    return std::nullopt;
}

/// The flags worth sending: a running domain has no saved state, and where nothing is there to remove an old
/// daemon need not know the flag.
std::uint32_t useful_flags(Session& session, const DomainRef& domain, bool running, std::uint32_t flags) {
    if (running) return flags & ~(Bits::managed_save | Bits::snapshots_metadata | Bits::checkpoints_metadata);
    const auto none = [&session](const auto& args, auto member) {
        try {
            return session.call(args).*member == 0;
        } catch (const Error& error) {
            if (error.code() != Code::no_support) throw;
            return true;
        }
    };
    if (none(protocol::DomainHasManagedSaveImageArgs{domain, 0},
             &protocol::DomainHasManagedSaveImageResult::result)) {
        flags &= ~Bits::managed_save;
    } else if ((flags & Bits::managed_save) == 0) { // virsh 9.0 refuses this itself
        refuse("Refusing to undefine while domain managed save image exists");
    }
    if ((flags & Bits::snapshots_metadata) != 0 &&
        none(protocol::DomainSnapshotNumArgs{domain, 0}, &protocol::DomainSnapshotNumResult::num))
        flags &= ~Bits::snapshots_metadata;
    return flags;
}

void undefine(Session& session, const Arguments& arguments) {
    arguments.exclusive("nvram", "keep-nvram");
    arguments.exclusive("tpm", "keep-tpm");
    const bool wipe = arguments.has("wipe-storage");
    const bool storage = arguments.has("storage") || arguments.has("remove-all-storage");
    if (wipe && !storage) refuse("'--wipe-storage' requires '--storage <string>' or '--remove-all-storage'");
    const DomainRef domain = find_domain(session, arguments);
    const bool running = session.call(protocol::DomainIsActiveArgs{domain}).active > 0;
    if (storage && running) refuse("Storage volume deletion is supported only on stopped domains");
    if (arguments.has("storage") && arguments.has("remove-all-storage"))
        refuse("Specified both --storage and --remove-all-storage");
    const auto volumes = storage ? find_volumes(session, domain, arguments) : std::vector<Volume>{};
    const std::uint32_t flags =
        useful_flags(session, domain, running,
                     arguments.flags({{"managed-save", Bits::managed_save},
                                      {"snapshots-metadata", Bits::snapshots_metadata},
                                      {"checkpoints-metadata", Bits::checkpoints_metadata},
                                      {"nvram", Bits::nvram},
                                      {"keep-nvram", Bits::keep_nvram},
                                      {"tpm", Bits::tpm},
                                      {"keep-tpm", Bits::keep_tpm}}));
    explain(fmt::format("Failed to undefine domain '{}'", domain.name), [&] {
        if (flags != 0) session.call(protocol::DomainUndefineFlagsArgs{domain, flags});
        else session.call(protocol::DomainUndefineArgs{domain});
    });
    session.done("Domain '{}' has been undefined", domain.name);
    const std::uint32_t how = arguments.has("delete-storage-volume-snapshots")
                                  ? protocol::StorageVolDeleteFlags::with_snapshots
                                  : protocol::StorageVolDeleteFlags::normal;
    std::optional<Error> last;
    for (const Volume& volume : volumes)
        if (auto error = remove_volume(session, volume, wipe, how)) last = std::move(error);
    if (last) throw Error(*last);
}

} // namespace

std::vector<Command> undefine_commands() {
    return {
        {"undefine",
         Group::domain,
         "undefine a domain",
         "Undefine an inactive domain, or convert persistent to transient.",
         {domain_option(), flag("managed-save", "remove domain managed state file"),
          text("storage",
               "remove associated storage volumes (comma separated list of targets or source paths) (see "
               "domblklist)"),
          flag("remove-all-storage", "remove all associated storage volumes (use with caution)"),
          alias("delete-snapshots", "delete-storage-volume-snapshots"),
          flag("delete-storage-volume-snapshots", "delete snapshots associated with volume(s), requires "
                                                  "--remove-all-storage (must be supported by "
                                                  "storage driver)"),
          flag("wipe-storage", "wipe data on the removed volumes"),
          flag("snapshots-metadata", "remove all domain snapshot metadata (vm must be inactive)"),
          flag("checkpoints-metadata", "remove all domain checkpoint metadata (vm must be inactive)"),
          flag("nvram", "remove nvram file"), flag("keep-nvram", "keep nvram file"),
          flag("tpm", "remove TPM state"), flag("keep-tpm", "keep TPM state")},
         undefine},
    };
}

} // namespace yado::cli
