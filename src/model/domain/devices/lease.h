// SPDX-License-Identifier: Apache-2.0
// <lease>: a lock of the lock manager that must be held while the guest runs.
#pragma once

#include <cstdint>
#include <string>

#include "schema/io.h"

namespace yado::model {

struct LockspaceLease {
    std::string lockspace, key;
    std::string path;
    std::uint64_t offset = 0; ///< bytes
};
void describe(schema::Io& io, LockspaceLease& lease);

} // namespace yado::model
