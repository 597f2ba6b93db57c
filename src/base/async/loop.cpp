// SPDX-License-Identifier: Apache-2.0
#include "base/async/loop.h"

namespace yado {

Task<void> sleep_for(Loop& loop, Loop::Duration delay) {
    Completion<void> done(loop);
    const Loop::Timer timer = loop.after(delay, [resolve = done.resolver()]() mutable { resolve.set(); });
    co_await done;
}

Task<void> next_turn(Loop& loop) {
    Completion<void> done(loop);
    loop.post([resolve = done.resolver()]() mutable { resolve.set(); });
    co_await done;
}

} // namespace yado
