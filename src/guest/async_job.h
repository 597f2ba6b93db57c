// SPDX-License-Identifier: Apache-2.0
// A long job on a guest that clients watch and may abort: what it is, since when, how far it is.
#pragma once

#include "base/async/loop.h"
#include "guest/hypervisor.h"
#include "protocol/typed_value.h"

#include <optional>

namespace yado::guest {

struct AsyncJob {
    int operation = 0; ///< virDomainJobOperation
    Loop::TimePoint since{};
    bool memory_only = false; ///< a dump, of which QEMU tells nothing
};

/// The typed parameters that virDomainGetJobStats has.
protocol::TypedParams job_params(int operation, const TransferStats& stats);

} // namespace yado::guest
