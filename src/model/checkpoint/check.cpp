// SPDX-License-Identifier: Apache-2.0
#include "model/checkpoint/check.h"

#include <algorithm>
#include <cctype>

namespace yado::model {
namespace {

using schema::Diagnostics;

constexpr auto conf = ErrorSource::domain_checkpoint;

/// libvirt holds checkpoints against their grammar always, which says what a name may be.
bool is_name(std::string_view name) {
    const auto allowed = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.';
    };
    return !name.starts_with('.') && std::ranges::all_of(name, allowed);
}

void check_redefined(const Checkpoint& checkpoint, Diagnostics& out) {
    if (checkpoint.name.empty()) {
        out.add(
            {Code::xml_error, "a redefined checkpoint must have a name", "/domaincheckpoint/name", 0, conf});
    }
    if (!checkpoint.creation_time) {
        out.add({Code::internal_error, "missing creationTime from existing checkpoint",
                 "/domaincheckpoint/creationTime", 0, conf});
    }
    if (!checkpoint.parent.empty() && checkpoint.parent == checkpoint.name) {
        out.add({Code::invalid_arg, fmt::format("cannot set moment {} as its own parent", checkpoint.name),
                 "/domaincheckpoint/parent/name", 0, ErrorSource::domain});
    }
}

} // namespace

void check(const Checkpoint& checkpoint, const CheckpointContext& context, Diagnostics& diagnostics) {
    if (context.redefine) { check_redefined(checkpoint, diagnostics); }
    for (const std::string* name : {&checkpoint.name, &checkpoint.parent}) {
        if (!is_name(*name)) {
            diagnostics.add(
                {Code::xml_invalid_schema, fmt::format("'{}' is no name of a checkpoint", *name),
                 name == &checkpoint.name ? "/domaincheckpoint/name" : "/domaincheckpoint/parent/name", 0,
                 ErrorSource::xml});
        }
    }
    for (const CheckpointDisk& disk : checkpoint.disks) {
        const std::string path = fmt::format("/domaincheckpoint/disks/disk[@name='{}']/@bitmap", disk.name);
        if (disk.kind == CheckpointKind::no && !disk.bitmap.empty()) {
            diagnostics.add({Code::xml_invalid_schema,
                             fmt::format("disk '{}' has a bitmap and no checkpoint", disk.name), path, 0,
                             ErrorSource::xml});
        } else if (!context.redefine && disk.kind == CheckpointKind::bitmap &&
                   disk.bitmap != checkpoint.name) {
            diagnostics.add({Code::config_unsupported,
                             fmt::format("bitmap for disk '{}' must match checkpoint name '{}'", disk.name,
                                         checkpoint.name),
                             path, 0, ErrorSource::qemu});
        }
    }
}

} // namespace yado::model
