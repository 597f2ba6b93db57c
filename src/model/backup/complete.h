// SPDX-License-Identifier: Apache-2.0
// complete() fills in what a backup's document leaves open, as libvirt does when the job begins: the disks it
// does not name, full or incremental, and files beside the images where it names none.
#pragma once

#include <cstdint>

#include "model/backup/backup.h"
#include "model/domain/domain.h"
#include "schema/diagnostics.h"

namespace yado::model {

struct BackupContext {
    const Domain* domain = nullptr; ///< as it runs
    std::int64_t now = 0;           ///< seconds since 1970, the suffix of generated files
};

/// Adds what does not fit the domain ("no disk named 'vdz'") to `problems`. Applying it again to the result
/// changes nothing.
void complete(Backup& backup, const BackupContext& context, schema::Diagnostics& problems);

} // namespace yado::model
