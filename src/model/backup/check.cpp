// SPDX-License-Identifier: Apache-2.0
#include "model/backup/check.h"

#include <algorithm>

namespace yado::model {
namespace {

using schema::Diagnostics;
using schema::YesNo;

/// libvirt holds backups against their grammar always.
void violates(Diagnostics& out, std::string path, std::string text) {
    out.add({Code::xml_invalid_schema, std::move(text), std::move(path), 0, ErrorSource::xml});
}

void check_server(const BackupServer& server, Diagnostics& out) {
    constexpr std::string_view path = "/domainbackup/server";
    switch (server.transport) {
    case BackupTransport::unix_:
        if (!server.socket.starts_with('/')) {
            violates(out, fmt::format("{}/@socket", path), "the server's socket is no absolute path");
        }
        return;
    case BackupTransport::rdma:
        violates(out, fmt::format("{}/@transport", path), "the server cannot listen on 'rdma'");
        return;
    case BackupTransport::unset:
    case BackupTransport::tcp: break;
    }
    if (server.name.empty()) {
        violates(out, fmt::format("{}/@name", path), "the server has no host name");
    } else if (server.port == 0) {
        out.add({Code::operation_unsupported, "<domainbackup> must specify TCP port for now",
                 fmt::format("{}/@port", path), 0, ErrorSource::qemu});
    }
}

void check_disk(const BackupDisk& disk, bool pull, Diagnostics& out) {
    const std::string path = fmt::format("/domainbackup/disks/disk[@name='{}']", disk.name);
    if (disk.backup == YesNo::no) { return; }
    const auto store = source_of(disk.store);
    if (!store) { return; }
    const bool block = std::holds_alternative<BlockSource>(*store);
    if (!block && !std::holds_alternative<FileSource>(*store)) {
        violates(out, path + "/@type",
                 fmt::format("a backup cannot go to storage of type '{}'", type_word(disk.store)));
        return;
    }
    const std::string_view element = pull ? "scratch" : "target";
    if (!path_of(*store).starts_with('/')) {
        violates(out, fmt::format("{}/{}", path, element),
                 fmt::format("the {} of disk '{}' has no absolute path", element, disk.name));
    }
    if (pull && disk.format != ImageFormat::qcow2 && disk.format != ImageFormat::unset) {
        violates(out, path + "/driver/@type",
                 fmt::format("the scratch of disk '{}' must be qcow2", disk.name));
    }
    if (disk.mode == BackupMode::incremental && disk.incremental.empty()) {
        out.add(
            {Code::config_unsupported,
             fmt::format("'incremental' backup mode of disk '{}' requires setting 'incremental' field for "
                         "disk or backup",
                         disk.name),
             path + "/@incremental", 0, ErrorSource::domain});
    }
    if (disk.mode == BackupMode::full && !disk.incremental.empty()) {
        violates(out, path + "/@incremental",
                 fmt::format("disk '{}' is copied as a whole and has a checkpoint", disk.name));
    }
}

} // namespace

void check(const Backup& backup, Diagnostics& diagnostics) {
    if (const auto* pull = std::get_if<PullBackup>(&backup.kind)) { check_server(pull->server, diagnostics); }
    std::visit(
        [&](const auto& kind) {
            for (const auto& disk : kind.disks) { check_disk(disk, backup.is_pull(), diagnostics); }
            const auto chosen = [](const BackupDisk& disk) { return disk.backup != YesNo::no; };
            if (!kind.disks.empty() && std::ranges::none_of(kind.disks, chosen)) {
                diagnostics.add({Code::config_unsupported, "no disks selected for backup",
                                 "/domainbackup/disks", 0, ErrorSource::qemu});
            }
        },
        backup.kind);
}

} // namespace yado::model
