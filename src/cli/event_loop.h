// SPDX-License-Identifier: Apache-2.0
// Waiting for a daemon's events as `event` commands do.
#pragma once

#include "cli/arguments.h"
#include "cli/session.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace yado::cli {

struct EventWait {
    bool loop = false; ///< until the time is over or ^C comes, not only for one event
    std::optional<std::chrono::seconds> timeout; ///< none: for ever

    /// --loop and --timeout. Throws Failure for a timeout of 0.
    explicit EventWait(const Arguments& arguments);
};

/// Calls `subscribe`, then `show` for every event until it is time to end, then `unsubscribe`; `show` returns
/// false for events that do not count. Says how it ended. Throws Failure when no event came.
void wait_for_events(Session& session, const EventWait& how, const std::function<void()>& subscribe,
                     const std::function<bool(const client::Event&)>& show,
                     const std::function<void()>& unsubscribe);

/// "2023-01-31 12:00:00.123+0000", now.
std::string timestamp();

} // namespace yado::cli
