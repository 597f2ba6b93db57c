// SPDX-License-Identifier: Apache-2.0
// <uid> and <gid> of an <idmap>: users and groups inside a guest that are others outside.
#pragma once

#include <cstdint>

#include "schema/io.h"

namespace yado::model {

/// A range of user or group numbers of the guest, as the host knows them.
struct IdRange {
    std::uint32_t start = 0, target = 0, count = 0;
};
void describe(schema::Io& io, IdRange& range);

} // namespace yado::model
