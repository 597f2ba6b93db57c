// SPDX-License-Identifier: Apache-2.0
#include "model/checkpoint/complete.h"

#include "model/domain/named_disk.h"

namespace yado::model {
namespace {

using schema::Diagnostics;

template <class... Args>
void refuse(Diagnostics& out, std::string path, fmt::format_string<Args...> text, Args&&... args) {
    out.add({Code::config_unsupported, fmt::format(text, std::forward<Args>(args)...), std::move(path), 0,
             ErrorSource::domain_checkpoint});
}

void align_disks(Checkpoint& checkpoint, const Domain& domain, Diagnostics& out) {
    const std::vector<Disk>& disks = domain.devices.disks;
    if (checkpoint.disks.size() > disks.size()) {
        refuse(out, "/domaincheckpoint/disks", "too many disk checkpoint requests for domain");
        return;
    }
    // Without a list all disks that can be written are meant, with one only those in it.
    const CheckpointKind others = checkpoint.disks.empty() ? CheckpointKind::bitmap : CheckpointKind::no;
    std::vector<CheckpointDisk> aligned(disks.size());
    std::vector<bool> listed(disks.size(), false);
    for (CheckpointDisk& disk : checkpoint.disks) {
        const Disk* found = named_disk(domain, disk.name);
        if (found == nullptr) {
            refuse(out, "/domaincheckpoint/disks/disk/@name", "no disk named '{}'", disk.name);
            continue;
        }
        const auto place = static_cast<std::size_t>(found - disks.data());
        if (listed[place]) {
            refuse(out, "/domaincheckpoint/disks/disk/@name", "disk '{}' specified twice", disk.name);
            continue;
        }
        listed[place] = true;
        disk.name = found->target.dev;
        if (disk.kind == CheckpointKind::unset) { disk.kind = CheckpointKind::bitmap; }
        if (disk.kind == CheckpointKind::bitmap && (found->is_empty() || found->readonly)) {
            refuse(out, "/domaincheckpoint/disks/disk/@checkpoint", "disk '{}' is empty or readonly",
                   disk.name);
        }
        aligned[place] = disk;
    }
    for (std::size_t i = 0; i < disks.size(); ++i) {
        if (listed[i]) { continue; }
        aligned[i].name = disks[i].target.dev;
        aligned[i].kind = disks[i].is_empty() || disks[i].readonly ? CheckpointKind::no : others;
    }
    if (out.ok()) { checkpoint.disks = std::move(aligned); }
}

} // namespace

void complete(Checkpoint& checkpoint, const CheckpointContext& context, Diagnostics& problems) {
    if (!context.redefine) {
        checkpoint.creation_time = context.now;
        checkpoint.parent.clear();
        checkpoint.domain.reset();
        if (checkpoint.name.empty()) { checkpoint.name = fmt::format("{}", context.now); }
    }
    const Domain* domain = checkpoint.domain ? &*checkpoint.domain : context.domain;
    if (domain != nullptr) { align_disks(checkpoint, *domain, problems); }
    for (CheckpointDisk& disk : checkpoint.disks) {
        if (disk.kind == CheckpointKind::bitmap && disk.bitmap.empty()) { disk.bitmap = checkpoint.name; }
        disk.size = 0; // measured when it is asked for
    }
}

} // namespace yado::model
