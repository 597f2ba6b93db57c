// SPDX-License-Identifier: Apache-2.0
#include "cli/progress.h"

#include <algorithm>
#include <cstdio>
#include <fmt/format.h>

namespace yado::cli {
namespace {

void print_percent(std::string_view what, std::uint64_t percent) {
    fmt::print(stderr, "\r{}: [{:3} %]", what, percent);
    std::fflush(stderr);
}

} // namespace

void show_progress(Session& session, const protocol::DomainRef& domain, std::string_view what) {
    try {
        const auto job = session.call(protocol::DomainGetJobInfoArgs{domain});
        if (job.dataTotal == 0) return;
        const std::uint64_t left = std::min(job.dataRemaining, job.dataTotal);
        // what is left is never shown as nothing before the call has ended
        print_percent(what, std::min<std::uint64_t>(99, 100 - left * 100 / job.dataTotal));
    } catch (const Error&) {
        // no job yet, or none any more
    }
}

void end_progress(std::string_view what) {
    print_percent(what, 100);
    std::fputc('\n', stderr);
}

} // namespace yado::cli
