// SPDX-License-Identifier: Apache-2.0
// The domain that the golden snapshots, checkpoints and backups are of: disks vda (qcow2 file), vdb (raw
// file), vdc (block device, not to be taken) and an empty CD drive hdc.
#pragma once

#include "model/domain/document.h"
#include "support/model/fixed_context.h"
#include "support/model/golden_document.h"
#include "support/model/golden_file.h"

namespace yado::test {

inline const model::Domain& golden_domain() {
    static const model::Domain domain = model::parse_definition(
        read_text(golden_folder("domainsnapshot") / "domain/shop.xml"), fixed_context());
    return domain;
}

} // namespace yado::test
