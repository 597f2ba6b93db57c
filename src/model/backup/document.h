// SPDX-License-Identifier: Apache-2.0
// The texts of backups: documents from clients, answers to backup-dumpxml.
#pragma once

#include <string>
#include <string_view>

#include "model/backup/backup.h"
#include "model/backup/complete.h"
#include "schema/diagnostics.h"
#include "schema/read.h"

namespace yado::model {

/// Reads a <domainbackup> document. Throws Error with all problems when `diagnostics` is null, else adds the
/// semantic ones there.
Backup read_backup(std::string_view text, const schema::ReadOptions& options = {},
                   schema::Diagnostics* diagnostics = nullptr);
/// The document in libvirt's format, ending in a line end.
std::string write_backup(const Backup& backup, schema::View view);
/// Reads, completes and checks a client's document. As libvirt does, it is held against its grammar always:
/// what is not understood is error 92. Throws Error with everything that is wrong with it.
Backup parse_backup(std::string_view text, const BackupContext& context);

} // namespace yado::model
