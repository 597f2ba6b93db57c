// SPDX-License-Identifier: Apache-2.0
// check() lists what libvirt refuses about a backup, with its numbers and words. It judges documents that
// complete() has filled.
#pragma once

#include "model/backup/backup.h"
#include "schema/diagnostics.h"

namespace yado::model {

void check(const Backup& backup, schema::Diagnostics& diagnostics);

} // namespace yado::model
