// SPDX-License-Identifier: Apache-2.0
// Waiting for a long call about a domain: with --verbose its progress is shown, ^C asks the daemon to give
// up.
#pragma once

#include "cli/session.h"
#include "cli/signals.h"
#include "protocol/domain_calls.h"

#include <chrono>
#include <csignal>
#include <string_view>

namespace yado::cli {

/// Prints "\rSave: [ 42 %]" from the domain's job, if it has one.
void show_progress(Session& session, const protocol::DomainRef& domain, std::string_view what);
/// The last line of a progress that was shown.
void end_progress(std::string_view what);

/// As session.call(args); a job of the domain is aborted on ^C and the call's own error told then.
template <class Args>
typename Args::Result call_with_progress(Session& session, const protocol::DomainRef& domain,
                                         const Args& args, std::string_view what, bool verbose) {
    constexpr std::chrono::milliseconds interval{500};
    const CaughtSignals caught({SIGINT});
    client::Connection& connection = session.connection();
    auto pending = connection.call_async(args);
    bool aborted = false;
    while (!connection.answered(pending) && connection.alive()) {
        connection.wait(interval);
        if (connection.answered(pending)) break;
        if (CaughtSignals::caught() != 0 && !aborted) {
            aborted = true;
            try {
                connection.call(protocol::DomainAbortJobArgs{domain});
            } catch (const Error&) {
                // too early or too late: the call ends by itself
            }
        }
        if (verbose && !session.json()) show_progress(session, domain, what);
    }
    auto result = connection.finish(pending);
    if (verbose && !session.json()) end_progress(what);
    return result;
}

} // namespace yado::cli
