// SPDX-License-Identifier: Apache-2.0
#include "model/domain/iothread_use.h"

namespace yado::model {

using schema::Io;

void describe(Io& io, QueueUse& q) { io.attribute("id", q.id, {.required = true}); }

void describe(Io& io, IoThreadUse& u) {
    io.attribute("id", u.id, {.required = true});
    io.child("queue", u.queues);
}

void describe_iothread_uses(Io& io, std::vector<IoThreadUse>& uses) {
    io.group("iothreads", [&] { io.child("iothread", uses); });
}

} // namespace yado::model
