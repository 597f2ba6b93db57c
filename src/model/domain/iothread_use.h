// SPDX-License-Identifier: Apache-2.0
// Which of a guest's I/O threads serve the queues of one disk or controller.
#pragma once

#include <cstdint>
#include <vector>

#include "schema/io.h"

namespace yado::model {

struct QueueUse {
    std::uint32_t id = 0;
};
struct IoThreadUse {
    std::uint32_t id = 0;
    std::vector<QueueUse> queues; ///< none: QEMU spreads them evenly
};
/// <iothreads><iothread id='…'><queue id='…'/>…
void describe_iothread_uses(schema::Io& io, std::vector<IoThreadUse>& uses);

} // namespace yado::model
