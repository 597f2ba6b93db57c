// SPDX-License-Identifier: Apache-2.0
#include "cli/block_wait.h"

#include "cli/failure.h"
#include "cli/signals.h"
#include "protocol/connect_calls.h"
#include "protocol/constants.h"
#include "protocol/domain_calls.h"
#include "protocol/domain_events.h"

#include <chrono>
#include <csignal>
#include <cstdio>

namespace yado::cli {

namespace p = protocol;
namespace Status = protocol::ConnectDomainEventBlockJobStatus;

namespace {

constexpr std::int32_t block_job_event = 8, block_job_2_event = 16; // virDomainEventID
constexpr std::chrono::milliseconds interval{500};

} // namespace

void print_block_progress(std::string_view what, std::uint64_t done, std::uint64_t total) {
    std::uint64_t percent = 100;
    if (done < total) { // what is left is never shown as nothing
        percent = static_cast<std::uint64_t>(100.0 * static_cast<double>(done) / static_cast<double>(total));
        if (percent > 99) percent = 99;
    }
    fmt::print(stderr, "\r{}: [{:3} %]", what, percent);
    std::fflush(stderr);
}

BlockWait::BlockWait(Session& session, const Arguments& arguments, p::DomainRef domain, std::string disk,
                     std::string_view what)
    : session_(session), domain_(std::move(domain)), disk_(std::move(disk)), what_(what),
      verbose_(arguments.has("verbose") && !session.json()), async_(arguments.has("async")),
      timeout_(arguments.number<unsigned>("timeout")) {
    if (timeout_ && *timeout_ == 0)
        refuse("Numeric value '0' for <timeout> option is malformed or out of range");
    session_.connection().on_event([this](const client::Event& event) {
        if (event.is<p::DomainCallbackBlockJobEvent>()) {
            const auto told = event.as<p::DomainCallbackBlockJobEvent>().msg;
            if (told.path == disk_) status_ = told.status;
        } else if (event.is<p::DomainBlockJob2Event>()) {
            const auto told = event.as<p::DomainBlockJob2Event>();
            if (told.dst == disk_) status_ = told.status;
        }
    });
    for (const std::int32_t kind : {block_job_event, block_job_2_event}) {
        callbacks_.push_back(
            session_.call(p::ConnectDomainEventCallbackRegisterAnyArgs{kind, domain_}).callbackID);
    }
}

BlockWait::~BlockWait() {
    try {
        for (const std::int32_t id : callbacks_)
            session_.call(p::ConnectDomainEventCallbackDeregisterAnyArgs{id});
        session_.connection().on_event({});
    } catch (const std::exception&) {
        // the connection has gone, and with it what was registered
    }
}

BlockEnd BlockWait::wait() {
    const CaughtSignals caught({SIGINT});
    const auto begin = std::chrono::steady_clock::now();
    bool aborted = false;
    while (true) {
        const auto info = session_.call(p::DomainGetBlockJobInfoArgs{domain_, disk_, 0});
        if (info.found == 0 || (status_ && *status_ != Status::ready)) {
            const std::int32_t status = status_.value_or(Status::completed);
            if (verbose_ && status == Status::completed && !aborted) print_block_progress(what_, 1, 1);
            if (aborted || status == Status::canceled) return BlockEnd::aborted;
            return status == Status::failed ? BlockEnd::failed : BlockEnd::completed;
        }
        if (verbose_) print_block_progress(what_, info.cur, info.end);
        const bool two_stages =
            info.type == p::DomainBlockJobType::copy || info.type == p::DomainBlockJobType::active_commit;
        if (two_stages && !aborted && (status_ == Status::ready || (info.cur == info.end && info.end != 0))) {
            if (verbose_) print_block_progress(what_, 1, 1);
            return BlockEnd::ready;
        }
        const bool late =
            timeout_ && std::chrono::steady_clock::now() - begin > std::chrono::seconds(*timeout_);
        if ((late || CaughtSignals::caught() != 0) && !aborted) {
            aborted = true;
            const std::uint32_t flags = async_ ? p::DomainBlockJobAbortFlags::async : 0;
            session_.call(p::DomainBlockJobAbortArgs{domain_, disk_, flags});
            if (async_) return BlockEnd::aborted;
            continue;
        }
        session_.connection().wait(interval);
    }
}

} // namespace yado::cli
