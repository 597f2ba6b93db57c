// SPDX-License-Identifier: Apache-2.0
// What nearly every file above src/model uses. Reading domain.h takes seconds, and so does making the special
// members of a whole domain: both are done once, here.
#pragma once

#include "pch.h"

#include <boost/json.hpp>

#include "model/domain/domain.h"
#include "protocol/typed_params.h"
#include "service/call.h"

namespace yado::precompiled {
inline void special_members(model::Domain& one) {
    model::Domain other = one;
    other = std::move(one);
    one = other;
}
} // namespace yado::precompiled
