// SPDX-License-Identifier: Apache-2.0
// How much a disk may read and write: <iotune> of a disk, and throttle groups that several disks share.
#pragma once

#include <cstdint>
#include <string>

#include "schema/io.h"

namespace yado::model {

/// One set of limits for bytes or for operations, each a second; 0: no limit.
struct RateLimits {
    std::uint64_t total = 0, read = 0, write = 0;
    friend bool operator==(const RateLimits&, const RateLimits&) = default;
    bool any() const { return total != 0 || read != 0 || write != 0; }
    /// QEMU takes a total or the two directions.
    bool contradicts() const { return total != 0 && (read != 0 || write != 0); }
};

struct IoLimits {
    RateLimits bytes, operations;
    RateLimits bytes_burst, operations_burst;                 ///< for a while more than the above
    RateLimits bytes_burst_seconds, operations_burst_seconds; ///< for how long
    std::uint64_t operation_size = 0;                         ///< bytes that count as one operation
    std::string group;                                        ///< the limits hold for all disks of the group

    friend bool operator==(const IoLimits&, const IoLimits&) = default;
    bool any() const {
        return bytes.any() || operations.any() || bytes_burst.any() || operations_burst.any() ||
               operation_size != 0;
    }
};
void describe(schema::Io& io, IoLimits& limits);

} // namespace yado::model
