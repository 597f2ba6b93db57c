// SPDX-License-Identifier: Apache-2.0
#include "model/backup/complete.h"

#include "model/domain/named_disk.h"

namespace yado::model {
namespace {

using schema::Diagnostics;
using schema::YesNo;

template <class... Args>
void refuse(Diagnostics& out, std::string path, fmt::format_string<Args...> text, Args&&... args) {
    out.add({Code::config_unsupported, fmt::format(text, std::forward<Args>(args)...), std::move(path), 0,
             ErrorSource::domain});
}

void complete_store(BackupDisk& disk) {
    if (disk.backup == YesNo::no) {
        disk.store = UntypedSource();
    } else {
        complete_type(disk.store);
    }
}

void complete_mode(BackupDisk& disk, const std::string& incremental) {
    if (disk.mode == BackupMode::unset) {
        const bool since = !incremental.empty() || !disk.incremental.empty();
        disk.mode = since ? BackupMode::incremental : BackupMode::full;
    }
    if (disk.mode == BackupMode::incremental && disk.incremental.empty()) { disk.incremental = incremental; }
}

/// Whole disks are copied beside their images when the document lists none.
void name_file(BackupDisk& disk, const Disk& of_domain, std::int64_t now, Diagnostics& out) {
    if (!of_domain.is_file()) {
        refuse(out, "/domainbackup/disks", "refusing to generate file name for disk '{}'", disk.name);
        return;
    }
    std::get<FileSource>(disk.store).path = fmt::format("{}.{}", of_domain.path(), now);
}

/// The document's disks by their targets, then those it does not name, in the domain's order.
template <class Each>
void align_disks(std::vector<Each>& given, const Domain& domain, std::int64_t now, Diagnostics& out) {
    const std::vector<Disk>& disks = domain.devices.disks;
    const bool all = given.empty();
    std::vector<Each> aligned(disks.size());
    std::vector<bool> listed(disks.size(), false);
    for (Each& disk : given) {
        const Disk* found = named_disk(domain, disk.name);
        if (found == nullptr) {
            refuse(out, "/domainbackup/disks/disk/@name", "no disk named '{}'", disk.name);
            continue;
        }
        const auto place = static_cast<std::size_t>(found - disks.data());
        if (listed[place]) {
            refuse(out, "/domainbackup/disks/disk/@name", "disk '{}' specified twice", disk.name);
            continue;
        }
        listed[place] = true;
        disk.name = found->target.dev;
        if (disk.backup == YesNo::unset) { disk.backup = YesNo::yes; }
        if (disk.backup == YesNo::yes && found->is_empty()) {
            refuse(out, "/domainbackup/disks/disk/@backup", "disk '{}' has no media", disk.name);
        }
        aligned[place] = disk;
    }
    for (std::size_t i = 0; i < disks.size(); ++i) {
        if (!listed[i]) {
            aligned[i].name = disks[i].target.dev;
            aligned[i].backup = schema::yes_no(all && !disks[i].is_empty());
        }
        complete_store(aligned[i]);
        if (all && aligned[i].backup == YesNo::yes) { name_file(aligned[i], disks[i], now, out); }
    }
    if (out.ok()) { given = std::move(aligned); }
}

template <class Each> void complete_disks(std::vector<Each>& disks, const std::string& incremental) {
    for (Each& disk : disks) {
        complete_store(disk);
        if (disk.backup == YesNo::no) { continue; }
        complete_mode(disk, incremental);
        if (disk.format == ImageFormat::unset) { disk.format = ImageFormat::qcow2; }
        if constexpr (requires { disk.export_name; }) {
            if (disk.export_name.empty()) { disk.export_name = disk.name; }
        }
    }
}

} // namespace

void complete(Backup& backup, const BackupContext& context, Diagnostics& problems) {
    if (auto* pull = std::get_if<PullBackup>(&backup.kind)) {
        BackupServer& server = pull->server;
        if (server.transport == BackupTransport::unset) { server.transport = BackupTransport::tcp; }
    }
    std::visit(
        [&](auto& kind) {
            if (context.domain != nullptr) {
                align_disks(kind.disks, *context.domain, context.now, problems);
            }
            complete_disks(kind.disks, backup.incremental);
        },
        backup.kind);
}

} // namespace yado::model
