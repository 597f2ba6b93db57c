// SPDX-License-Identifier: Apache-2.0
#include "model/domain/clock.h"

#include <algorithm>

#include "model/domain/rules.h"

namespace yado::model {

using schema::Io;

const Timer* Clock::timer(TimerName name) const {
    const auto found = std::ranges::find(timers, name, &Timer::name);
    return found == timers.end() ? nullptr : &*found;
}

void describe(Io& io, TimerCatchup& c) {
    io.attribute("threshold", c.threshold, abi);
    io.attribute("slew", c.slew, abi);
    io.attribute("limit", c.limit, abi);
}

void describe(Io& io, Timer& t) {
    io.attribute("name", t.name, {.required = true, .guest_abi = true});
    io.attribute("present", t.present, abi);
    io.attribute("tickpolicy", t.tick_policy, abi);
    io.attribute("track", t.track, abi);
    io.attribute("frequency", t.frequency, abi);
    io.attribute("mode", t.mode, abi);
    io.child("catchup", t.catchup);
}

void describe(Io& io, Clock& c) {
    io.attribute("offset", c.offset, unsupported("unknown clock offset '{}'"));
    io.attribute("adjustment", c.adjustment);
    io.attribute("basis", c.basis, unsupported("unknown clock basis '{}'"));
    io.attribute("timezone", c.timezone);
    io.attribute("start", c.start);
    io.child("timer", c.timers);
}

} // namespace yado::model
