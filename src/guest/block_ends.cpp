// SPDX-License-Identifier: Apache-2.0
// How jobs on images end, and what is left of the chain then.
#include "base/async/start.h"
#include "base/error.h"
#include "base/fault.h"
#include "base/log.h"
#include "guest/block_work.h"
#include "guest/snapshots.h"
#include "model/domain/named_disk.h"

#include <algorithm>

namespace yado::guest {
namespace {

Task<void> logged(std::string name, Task<void> task) {
    try {
        co_await std::move(task);
    } catch (const std::exception& error) { log_error("guest.blocks", "guest '{}': {}", name, error.what()); }
}

std::size_t place_of(const model::DiskChain& chain, std::optional<std::uint32_t> image) {
    const auto found = std::ranges::find_if(
        chain.images, [image](const model::ChainImage& each) { return image && each.index == image; });
    return static_cast<std::size_t>(found - chain.images.begin());
}

/// Those of `images` that `chain` does not have.
std::vector<model::ChainImage> without(const std::vector<model::ChainImage>& images,
                                       const model::DiskChain& chain) {
    std::vector<model::ChainImage> rest;
    for (const model::ChainImage& image : images) {
        if (place_of(chain, image.index) == chain.images.size()) rest.push_back(image);
    }
    return rest;
}

/// What a job leaves.
struct Consequence {
    model::DiskChain chain;
    std::vector<model::ChainImage> unused;
};

Consequence consequence(const model::Disk& disk, const BlockJob& job, bool completed) {
    const model::DiskChain before = model::chain_of(disk);
    Consequence after{before, {}};
    const bool pivoted = completed && job.phase == BlockJobPhase::pivoting;
    if (job.kind == BlockJobKind::copy && disk.mirror) {
        const model::DiskChain copy = model::chain_of(*disk.mirror);
        if (pivoted) after = {copy, without(before.images, copy)};
        else after.unused = without(copy.images, before);
        return after;
    }
    if (!completed || (job.kind == BlockJobKind::active_commit && !pivoted)) return after;
    const std::size_t base = place_of(before, job.base);
    std::size_t first = job.kind == BlockJobKind::pull ? 1 : place_of(before, job.top);
    first = std::min(first, base);
    const auto begin = after.chain.images.begin();
    after.unused.assign(begin + static_cast<std::ptrdiff_t>(first),
                        begin + static_cast<std::ptrdiff_t>(base));
    after.chain.images.erase(begin + static_cast<std::ptrdiff_t>(first),
                             begin + static_cast<std::ptrdiff_t>(base));
    if (base == before.images.size()) after.chain.complete = true;
    return after;
}

constexpr std::string_view kind_words[] = {"pull", "copy", "commit", "active-commit"};

} // namespace

BlockWork::BlockWork(Parts parts, Power& power) : parts_(parts), power_(power) {
    power_.watch_block_jobs({.changed = [this](Registry::Pointer guest,
                                               const BlockJobChanged& changed) { on_change(guest, changed); },
                             .adopted = [this](Registry::Pointer guest) { return adopt(std::move(guest)); },
                             .gone =
                                 [](Live& live) {
                                     const Error gone(Code::operation_failed, "domain is no longer running",
                                                      ErrorSource::qemu);
                                     for (auto& [name, job] : live.block_jobs) {
                                         if (auto owner = std::exchange(job.owner, std::nullopt))
                                             owner->fail_with(gone);
                                         for (auto& waiter : std::exchange(job.waiting, {}))
                                             waiter.fail_with(gone);
                                     }
                                 }});
}

BlockWork::Named BlockWork::job_of(Live& live, const model::Disk& disk) {
    return std::ranges::find_if(live.block_jobs,
                                [&disk](const auto& each) { return each.second.target == disk.target.dev; });
}

void BlockWork::publish(const Guest& guest, const model::Disk& disk, BlockJobKind kind,
                        BlockJobOutcome outcome) const {
    power_.publish(guest, BlockJobEvent{.path = disk.path(),
                                        .target = disk.target.dev,
                                        .type = public_type(kind),
                                        .status = static_cast<int>(outcome)});
}

void BlockWork::on_change(const Registry::Pointer& guest, const BlockJobChanged& changed) {
    const auto job = guest->live->block_jobs.find(changed.name);
    if (job == guest->live->block_jobs.end()) return;
    const bool concluded = changed.status == "concluded";
    if (changed.status == "ready") spawn(logged(guest->name, become_ready(guest, changed.name)));
    if (!concluded && changed.status != "ready") return;
    if (auto owner = std::exchange(job->second.owner, std::nullopt)) {
        owner->set();
    } else if (concluded) {
        spawn(logged(guest->name, settle_alone(guest, changed.name)));
    }
}

Task<void> BlockWork::become_ready(Registry::Pointer guest, std::string name) {
    const std::shared_ptr<Live> live = guest->live;
    const auto job = live->block_jobs.find(name);
    if (job == live->block_jobs.end()) co_return;
    if (job->second.phase != BlockJobPhase::fresh && job->second.phase != BlockJobPhase::running) co_return;
    job->second.phase = BlockJobPhase::ready;
    const BlockJobKind kind = job->second.kind;
    model::Disk& disk = require_disk(*live, job->second.target);
    if (disk.mirror) disk.mirror->ready = model::MirrorReady::yes;
    const model::Disk shown = disk;
    co_await power_.save_status(guest);
    publish(*guest, shown, kind, BlockJobOutcome::ready);
}

Task<void> BlockWork::settle_alone(Registry::Pointer guest, std::string name) {
    const std::shared_ptr<Live> live = guest->live;
    while (guest->live == live && !live->ended && live->block_jobs.contains(name)) {
        JobQueue::Job turn;
        try {
            turn = co_await guest->jobs.begin("block job");
        } catch (const Error& error) {
            if (error.code() != Code::operation_timeout) throw;
        }
        if (!turn) continue; // behind a long one
        if (guest->live == live && !live->ended) co_await settle(guest, name);
        co_return;
    }
}

Task<void> BlockWork::release_vcpus(Registry::Pointer guest, bool held) {
    const std::shared_ptr<Live> live = guest->live;
    if (!held || !live || live->ended) co_return;
    live->held_still = false;
    if (guest->condition.state == State::running) {
        co_await live->machine->resume();
    } else if (guest->condition.state == State::paused && guest->condition.reason == paused::unknown.reason) {
        co_await power_.unpause(guest, running::unpaused); // a daemon before stopped it
    }
}

Task<BlockJobEnd> BlockWork::settle(Registry::Pointer guest, std::string name) {
    const std::shared_ptr<Live> live = guest->live;
    BlockPort& port = *guest->require_machine().blocks();
    const std::vector<BlockJobState> known = co_await port.jobs();
    const auto entry = live->block_jobs.find(name);
    BlockJobEnd end;
    if (entry == live->block_jobs.end()) co_return end;
    const auto state = std::ranges::find(known, name, &BlockJobState::name);
    if (state == known.end()) end = {BlockJobOutcome::failed, "QEMU does not know the job any more"};
    else if (entry->second.phase == BlockJobPhase::aborting) end.outcome = BlockJobOutcome::canceled;
    else if (!state->error.empty()) end = {BlockJobOutcome::failed, state->error};
    const bool completed = end.outcome == BlockJobOutcome::completed;

    fault::point("block-job.settle");
    model::Disk& disk = require_disk(*live, entry->second.target);
    const Consequence after = consequence(disk, entry->second, completed);
    const model::StorageSource before = disk.source;
    disk.mirror.reset();
    model::set_chain(disk, after.chain);
    port.note_chain(disk);
    const model::Disk shown = disk;
    BlockJob& job = entry->second;
    const BlockJobKind kind = job.kind;
    const bool held = std::exchange(job.holds_vcpus, false);
    const bool removes = job.delete_merged && completed;
    std::exception_ptr failure;
    try {
        // First where the guest starts from: with the vCPUs still standing, both images are the same.
        if (completed) co_await move_definition(parts_, guest, shown.target.dev, before, after.chain);
    } catch (...) { failure = std::current_exception(); }
    co_await release_vcpus(guest, held);
    if (failure) std::rethrow_exception(failure); // the job stays, and is settled again by the next daemon
    fault::point("block-job.close");
    co_await port.close(after.unused);
    fault::point("block-job.remove");
    if (removes) co_await remove_images(parts_, after.unused);
    std::vector<Completion<BlockJobEnd>::Resolver> waiting;
    if (const auto ended = live->block_jobs.find(name); ended != live->block_jobs.end()) {
        waiting = std::move(ended->second.waiting);
        live->block_jobs.erase(ended);
    }
    co_await power_.save_status(guest);
    fault::point("block-job.dismiss");
    try {
        if (state != known.end()) co_await port.dismiss(name);
    } catch (const Error& error) { log_debug("guest.blocks", "{}", error.message()); }
    if (end.outcome == BlockJobOutcome::failed)
        log_warning("guest.blocks", "guest '{}': job '{}': {}", guest->name, name, end.problem);
    publish(*guest, shown, kind, end.outcome);
    for (auto& waiter : waiting) waiter.set(end);
    co_return end;
}

Task<void> BlockWork::pivot(Registry::Pointer guest, std::string name) {
    const std::shared_ptr<Live> live = guest->live;
    Machine& machine = guest->require_machine();
    live->block_jobs.at(name).phase = BlockJobPhase::pivoting;
    co_await power_.save_status(guest);
    const bool runs = guest->condition.state == State::running;
    std::exception_ptr failure;
    try {
        // While the vCPUs stand nothing new is written: whichever image the definition names should QEMU or
        // this daemon end now, it is complete.
        if (runs) {
            live->held_still = true;
            co_await machine.suspend();
        }
        const auto job = live->block_jobs.find(name);
        if (job != live->block_jobs.end()) job->second.holds_vcpus = runs;
        fault::point("block-job.pivot");
        co_await machine.blocks()->complete(name);
    } catch (...) { failure = std::current_exception(); }
    if (!failure) co_return;
    if (const auto job = live->block_jobs.find(name); job != live->block_jobs.end()) {
        job->second.phase = BlockJobPhase::ready;
        job->second.holds_vcpus = false;
    }
    co_await release_vcpus(guest, runs);
    co_await power_.save_status(guest);
    std::rethrow_exception(failure);
}

Task<void> BlockWork::end(Registry::Pointer guest, std::string disk_name, bool to_pivot, bool wait) {
    JobQueue::Job turn = co_await guest->jobs.begin("block job abort");
    guest->require_active();
    const std::shared_ptr<Live> live = guest->live;
    Machine& machine = guest->require_machine();
    const model::Disk& disk = require_disk(*live, disk_name);
    const Named found = job_of(*live, disk);
    if (found == live->block_jobs.end()) {
        fail(ErrorSource::qemu, Code::invalid_arg, "disk {} does not have an active block job",
             disk.target.dev);
    }
    const std::string name = found->first;
    BlockJob& job = found->second;
    const bool ready = job.phase == BlockJobPhase::ready;
    if (job.phase == BlockJobPhase::aborting || job.phase == BlockJobPhase::pivoting) {
        fail(ErrorSource::qemu, Code::operation_invalid, "block job on disk '{}' is still being ended",
             disk.target.dev);
    }
    const bool can_pivot = job.kind == BlockJobKind::copy || job.kind == BlockJobKind::active_commit;
    if (to_pivot && !can_pivot) {
        fail(ErrorSource::qemu, Code::operation_invalid, "job type '{}' does not support pivot",
             kind_words[static_cast<std::size_t>(job.kind)]);
    }
    if (to_pivot && !ready) {
        fail(ErrorSource::qemu, Code::block_copy_active, "disk '{}' not ready for pivot yet",
             disk.target.dev);
    }
    Completion<BlockJobEnd> ended(parts_.loop);
    if (wait) job.waiting.push_back(ended.resolver());
    if (to_pivot) {
        co_await pivot(guest, name);
    } else {
        const BlockJobPhase before = std::exchange(job.phase, BlockJobPhase::aborting);
        const bool lossless = ready && job.kind == BlockJobKind::copy;
        std::exception_ptr failure;
        try {
            co_await power_.save_status(guest);
            co_await machine.blocks()->cancel(name, lossless);
        } catch (...) { failure = std::current_exception(); }
        if (failure) {
            const auto still = live->block_jobs.find(name);
            if (still != live->block_jobs.end()) still->second.phase = before;
            std::rethrow_exception(failure);
        }
    }
    turn.end();
    if (!wait) co_return;
    const BlockJobEnd result = co_await ended;
    if (to_pivot && result.outcome != BlockJobOutcome::completed) {
        fail(ErrorSource::qemu, Code::operation_failed, "block job '{}' failed while pivoting: {}", name,
             result.problem);
    }
}

Task<void> BlockWork::set_speed(Registry::Pointer guest, std::string disk_name,
                                std::uint64_t bytes_per_second) {
    const JobQueue::Job turn = co_await guest->jobs.begin("block job speed");
    Live& live = guest->require_active();
    const model::Disk& disk = require_disk(live, disk_name);
    const Named found = job_of(live, disk);
    if (found == live.block_jobs.end()) {
        fail(ErrorSource::qemu, Code::invalid_arg, "disk {} does not have an active block job",
             disk.target.dev);
    }
    co_await guest->require_machine().blocks()->set_speed(found->first, bytes_per_second);
}

Task<std::optional<BlockWork::Info>> BlockWork::info(Registry::Pointer guest, std::string disk_name) {
    guest->require_active();
    const std::shared_ptr<Live> live = guest->live;
    const Named found = job_of(*live, require_disk(*live, disk_name));
    if (found == live->block_jobs.end()) co_return std::nullopt;
    const std::string name = found->first;
    Info info{.type = public_type(found->second.kind)};
    const std::vector<BlockJobState> known = co_await guest->require_machine().blocks()->jobs();
    const auto state = std::ranges::find(known, name, &BlockJobState::name);
    if (state == known.end()) co_return std::nullopt;
    info.state = *state;
    const auto job = live->block_jobs.find(name);
    info.ready = job != live->block_jobs.end() && job->second.phase == BlockJobPhase::ready;
    co_return info;
}

Task<void> BlockWork::finish(Registry::Pointer guest, std::string name) {
    const std::shared_ptr<Live> live = guest->live;
    BlockPort& port = *guest->require_machine().blocks();
    bool pivots = true;
    while (true) {
        Completion<void> news(parts_.loop);
        const auto job = live->block_jobs.find(name);
        if (job == live->block_jobs.end()) co_return;
        job->second.owner = news.resolver();
        const bool active = job->second.kind == BlockJobKind::active_commit;
        const std::vector<BlockJobState> known = co_await port.jobs();
        const auto state = std::ranges::find(known, name, &BlockJobState::name);
        if (state == known.end() || state->status == "concluded") break;
        if (active && state->status == "ready" && std::exchange(pivots, false)) {
            co_await become_ready(guest, name);
            co_await pivot(guest, name);
            continue;
        }
        co_await news;
    }
    if (const auto job = live->block_jobs.find(name); job != live->block_jobs.end())
        job->second.owner.reset();
    const BlockJobEnd end = co_await settle(guest, name);
    if (end.outcome == BlockJobOutcome::failed)
        fail(ErrorSource::qemu, Code::operation_failed, "block job '{}' failed: {}", name, end.problem);
    if (end.outcome == BlockJobOutcome::canceled)
        fail(ErrorSource::qemu, Code::operation_aborted, "block job '{}' was canceled", name);
}

Task<void> BlockWork::adopt(Registry::Pointer guest) {
    const std::shared_ptr<Live> live = guest->live;
    BlockPort* port = live->machine->blocks();
    if (port == nullptr) co_return;
    if (guest->definition) { // status files do not say what was found and what was declared
        const model::Domain definition = guest->config_model();
        for (model::Disk& disk : live->domain.devices.disks) {
            const model::Disk* declared = model::named_disk(definition, disk.target.dev);
            disk.chain_was_found = declared != nullptr && !declared->backing;
        }
    }
    const JobQueue::Job turn = co_await guest->jobs.begin("block jobs");
    co_await settle_cut_off(parts_, guest);
    if (live->block_jobs.empty()) co_return;
    const std::vector<BlockJobState> known = co_await port->jobs();
    std::vector<std::string> ended;
    for (auto& [name, job] : live->block_jobs) {
        const auto state = std::ranges::find(known, name, &BlockJobState::name);
        if (state == known.end() || state->status == "concluded") {
            ended.push_back(name);
        } else if (state->status == "ready") {
            job.phase = job.phase == BlockJobPhase::pivoting ? BlockJobPhase::ready : job.phase;
            const bool held = std::exchange(job.holds_vcpus, false);
            co_await release_vcpus(guest, held);
            co_await become_ready(guest, name);
        }
    }
    for (const std::string& name : ended) co_await settle(guest, name);
}

} // namespace yado::guest
