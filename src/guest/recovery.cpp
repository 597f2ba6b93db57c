// SPDX-License-Identifier: Apache-2.0
// What a starting daemon finds: definitions on disk, guests that outlived the one before, and guests to
// start.
#include "guest/domain_service.h"
#include "guest/saving.h"
#include "guest/snapshots.h"

#include "base/async/start.h"
#include "base/files.h"
#include "base/log.h"
#include "guest/status.h"
#include "model/domain/document.h"

#include <algorithm>
#include <malloc.h>
#include <set>
#include <thread>

namespace yado::guest {
namespace {

struct Parsed {
    Uuid uuid;
    std::shared_ptr<const Definition> definition;
    std::string problem;
};

// What follows the leading comment is exactly our own text when this daemon wrote the file; others are
// normalised by reading and writing.
Parsed parse(const StoredDocument& stored) {
    Parsed parsed;
    try {
        const model::Domain domain = model::read_domain(stored.text);
        if (domain.name != stored.name) {
            parsed.problem = fmt::format("it holds a domain called '{}'", domain.name);
            return parsed;
        }
        parsed.uuid = domain.uuid;
        parsed.definition = Definition::of(domain);
    } catch (const std::exception& error) { parsed.problem = error.what(); }
    return parsed;
}

std::vector<Parsed> parse_all(const std::vector<StoredDocument>& stored) {
    std::vector<Parsed> parsed(stored.size());
    constexpr std::size_t worth_a_thread = 64;
    const std::size_t threads = std::min<std::size_t>(std::max(1U, std::thread::hardware_concurrency()),
                                                      1 + stored.size() / worth_a_thread);
    const auto slice = [&](std::size_t first) {
        for (std::size_t i = first; i < stored.size(); i += threads) parsed[i] = parse(stored[i]);
    };
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < threads; ++i) others.emplace_back(slice, i);
    slice(0);
    return parsed;
}

constexpr std::chrono::seconds adoption_limit{2};
constexpr std::size_t save_count_max = 1'000'000;

Task<void> all_of(std::vector<Completion<void>> tasks, Completion<void>::Resolver done) {
    for (const Completion<void>& each : tasks) co_await each;
    done.set();
}

} // namespace

void DomainService::load_definitions() {
    const std::vector<StoredDocument> stored = parts_.store.load_definitions();
    std::set<std::string, std::less<>> saved;
    if (!parts_.save_directory.empty()) {
        make_directories(parts_.save_directory, 0755);
        for (DirectoryEntry& entry : list_directory(parts_.save_directory, save_count_max))
            saved.insert(std::move(entry.name));
    }
    std::set<std::string, std::less<>> has_snapshots;
    if (!parts_.snapshot_directory.empty()) {
        for (DirectoryEntry& entry : list_directory(parts_.snapshot_directory, save_count_max))
            has_snapshots.insert(std::move(entry.name));
    }
    std::vector<Parsed> parsed = parse_all(stored);
    for (std::size_t i = 0; i < stored.size(); ++i) {
        Parsed& one = parsed[i];
        if (one.problem.empty() && parts_.registry.find(one.uuid))
            one.problem = "its UUID belongs to another domain";
        if (!one.problem.empty()) {
            log_error("guest.recovery", "definition of '{}' is left alone: {}", stored[i].name, one.problem);
            continue;
        }
        auto guest = std::make_shared<Guest>(parts_.loop, stored[i].name, one.uuid);
        guest->definition = std::move(one.definition);
        guest->persistent = true;
        guest->autostart = stored[i].autostart;
        guest->has_managed_save = saved.contains(stored[i].name + ".save");
        if (has_snapshots.contains(guest->name)) load_snapshots(parts_, *guest);
        parts_.registry.add(std::move(guest));
    }
    ::malloc_trim(0); // parsing in threads leaves the heap several times larger than what is kept
}

Task<void> DomainService::adopt(Registry::Pointer guest, model::DomainStatus status) {
    try {
        co_await power_.reconnect(guest, std::move(status));
        // A crash in the middle of saving or of going on: the guest that lives is the newer one.
        Saving saving(parts_, power_);
        if (guest->active()) co_await saving.remove_managed(guest);
    } catch (const std::exception& error) {
        log_error("guest.recovery", "guest '{}' could not be taken over: {}", guest->name, error.what());
    }
}

Task<void> DomainService::recover() {
    load_definitions();
    std::vector<Completion<void>> adopting;
    for (const StoredDocument& stored : parts_.store.load_statuses()) {
        std::optional<model::DomainStatus> status;
        try {
            status = model::read_status(stored.text);
        } catch (const std::exception& error) {
            log_error("guest.recovery", "status of '{}' is left alone: {}", stored.name, error.what());
            continue;
        }
        Registry::Pointer guest = parts_.registry.find(status->domain.uuid);
        if (!guest) {
            if (parts_.registry.find(status->domain.name)) {
                log_error("guest.recovery", "status of '{}' is left alone: another domain has its name",
                          stored.name);
                continue;
            }
            guest = std::make_shared<Guest>(parts_.loop, status->domain.name, status->domain.uuid);
            load_snapshots(parts_, *guest);
            parts_.registry.add(guest);
        }
        adopting.push_back(yado::start(parts_.loop, adopt(guest, std::move(*status))));
    }
    // One that does not answer must not keep the others from their clients: its own limit decides about it
    // later.
    Completion<void> enough(parts_.loop);
    const Loop::Timer limit =
        parts_.loop.after(adoption_limit, [resolve = enough.resolver()]() mutable { resolve.set(); });
    spawn(all_of(std::move(adopting), enough.resolver()));
    co_await enough;
}

Task<void> DomainService::start_autostarted() {
    if (!parts_.store.claim_autostart()) co_return;
    for (const Registry::Pointer& guest : parts_.registry.all()) {
        if (!guest->autostart || guest->active()) continue;
        try {
            co_await start_defined(CallContext(), guest, 0);
        } catch (const std::exception& error) {
            log_error("guest.recovery", "autostart of '{}' failed: {}", guest->name, error.what());
        }
    }
}

Task<void> DomainService::preset(model::Domain domain, bool running) {
    auto guest = std::make_shared<Guest>(parts_.loop, domain.name, domain.uuid);
    guest->definition = Definition::of(domain);
    guest->persistent = true;
    parts_.registry.add(guest);
    if (running) co_await power_.start(guest, std::move(domain), StartOptions());
}

} // namespace yado::guest
