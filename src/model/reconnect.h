// SPDX-License-Identifier: Apache-2.0
// <reconnect>: whether a client of a socket comes back when its peer went away.
#pragma once

#include <cstdint>
#include <optional>

#include "schema/io.h"

namespace yado::model {

struct Reconnect {
    schema::YesNo enabled{};
    std::optional<std::uint32_t> timeout; ///< seconds between two tries
};
void describe(schema::Io& io, Reconnect& reconnect);

} // namespace yado::model
