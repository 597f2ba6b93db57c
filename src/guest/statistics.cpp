// SPDX-License-Identifier: Apache-2.0
// Bulk statistics. All running guests are asked at once, no job is waited for, and none may hold up the
// answer: of one that does not reply the figures are those it gave last, marked with their age.
#include "guest/domain_service.h"

#include "guest/statistics_groups.h"
#include "host/images/image.h"
#include "protocol/constants.h"
#include "protocol/typed_params.h"

#include <algorithm>

namespace yado::guest {

namespace {

namespace Groups = p::DomainStatsTypes;
using namespace std::chrono_literals;

constexpr Loop::Duration answer_limit = 2s;
constexpr Loop::Duration least_grace = 100ms; ///< after another guest has answered
constexpr Loop::Duration silence = 100ms;     ///< one that owes an answer for longer is not asked again
constexpr std::size_t documents_a_turn = 32;  // parsed before others get the thread: about 2 ms
constexpr std::uint32_t nowait = 1U << 29U, backing = 1U << 30U, enforce = 1U << 31U;
constexpr std::uint32_t known_groups = Groups::state | Groups::cpu_total | Groups::balloon | Groups::vcpu |
                                       Groups::interface | Groups::block | Groups::perf | Groups::iothread |
                                       Groups::memory | Groups::dirtyrate | Groups::vm;

/// Guests of one call that have been asked. Those that answer make the others hurry: they get as long again
/// as it has taken so far.
class Round {
  public:
    explicit Round(Loop& loop)
        : loop_(loop), began_(loop.now()), limit_(loop.after(answer_limit, [this] { end(); })) {}

    void add(const Completion<bool>& answer) { waiting_.push_back(answer.resolver()); }
    void answered() {
        const Loop::Duration taken = loop_.now() - began_;
        const Loop::Duration grace = std::min(answer_limit, std::max(least_grace, 2 * taken));
        limit_ = loop_.after(grace, [this] { end(); });
    }

  private:
    void end() {
        for (auto& each : waiting_) each.set(false);
    }

    Loop& loop_;
    Loop::TimePoint began_;
    std::vector<Completion<bool>::Resolver> waiting_;
    Loop::Timer limit_;
};

/// What a guest has just said replaces what it said before, group by group.
void remember(Live& live, const FiguresWanted& wanted, Figures figures, Loop::TimePoint now) {
    Figures& known = live.last_figures;
    if (wanted.blocks) known.blocks = std::move(figures.blocks);
    if (wanted.balloon) known.memory = std::move(figures.memory);
    if (wanted.iothreads) known.iothreads = std::move(figures.iothreads);
    if (wanted.dirty_rate) known.dirty_rate = std::move(figures.dirty_rate);
    if (wanted.perf) known.perf = std::move(figures.perf);
    live.figures_at = now;
}

/// The round may be over when the answer comes: it is remembered all the same.
Task<void> ask(Loop& loop, std::shared_ptr<Live> live, FiguresWanted wanted, std::shared_ptr<Round> round,
               Completion<bool>::Resolver resolve) {
    bool fresh = false;
    try {
        Figures figures = co_await live->machine->figures(wanted);
        remember(*live, wanted, std::move(figures), loop.now());
        fresh = true;
        round->answered();
    } catch (const std::exception&) {
        // gone or without an answer: what is known counts
    }
    resolve.set(fresh);
}

/// What files say of the disks of one that does not run.
std::vector<BlockStats> sizes_of(const std::vector<std::pair<std::string, std::string>>& images) {
    std::vector<BlockStats> stats;
    for (const auto& [path, format] : images) {
        BlockStats own;
        try {
            const host::ImageSizes sizes = host::image_sizes(path, format);
            own.size = {
                .capacity = sizes.capacity, .allocation = sizes.allocation, .physical = sizes.physical};
        } catch (const Error&) {
            // not there now: no figures
        }
        stats.push_back(std::move(own));
    }
    return stats;
}

Task<std::vector<BlockStats>> stopped_disks(Loop& loop, model::Domain domain) {
    std::vector<std::pair<std::string, std::string>> images;
    std::vector<std::string> targets;
    for (const model::Disk& disk : domain.devices.disks) {
        if (disk.path().empty() || !(disk.is_file() || disk.is_block())) continue;
        images.emplace_back(disk.path(), std::string(schema::word(disk.driver.type)));
        targets.push_back(disk.target.dev);
    }
    if (images.empty()) co_return std::vector<BlockStats>();
    const auto look = [&images] { return sizes_of(images); };
    std::vector<BlockStats> stats = co_await blocking(loop, look);
    for (std::size_t i = 0; i < stats.size(); ++i) {
        stats[i].target = targets[i];
        stats[i].counted = false;
    }
    co_return stats;
}

} // namespace

Task<p::ConnectGetAllDomainStatsResult> DomainService::get_all_stats(CallContext,
                                                                     p::ConnectGetAllDomainStatsArgs args) {
    constexpr std::uint32_t list_flags = 0xff;
    require_flags(ErrorSource::domain, args.flags, list_flags | nowait | backing | enforce,
                  "qemuConnectGetAllDomainStats");
    if ((args.flags & enforce) != 0 && (args.stats & ~known_groups) != 0) {
        fail(ErrorSource::qemu, Code::argument_unsupported,
             "Stats types bits 0x{:x} are not supported by this "
             "daemon or QEMU",
             args.stats & ~known_groups);
    }
    const std::uint32_t groups = args.stats == 0 ? known_groups : args.stats;
    std::vector<Registry::Pointer> guests;
    if (args.doms.empty()) {
        for (const Registry::Pointer& guest : parts_.registry.all())
            if (matches_list_flags(*guest, args.flags & list_flags)) guests.push_back(guest);
    } else {
        for (const p::DomainRef& ref : args.doms) guests.push_back(require(ref));
    }

    const auto has = [groups](std::uint32_t group) { return (groups & group) != 0; };
    FiguresWanted wanted{
        .balloon = has(Groups::balloon), .dirty_rate = has(Groups::dirtyrate), .perf = has(Groups::perf)};
    const auto round = std::make_shared<Round>(parts_.loop);
    std::vector<Completion<bool>> answers;
    answers.reserve(guests.size());
    bool any_tap = false, any_active = false;
    for (const Registry::Pointer& guest : guests) {
        answers.emplace_back(parts_.loop);
        Machine* machine = guest->active() ? guest->live->machine.get() : nullptr;
        if (machine == nullptr) {
            answers.back().set(true);
            continue;
        }
        any_active = true;
        const model::Domain& domain = guest->live->domain;
        any_tap = any_tap || std::ranges::any_of(domain.devices.interfaces, [](const model::Interface& each) {
                      return !each.target.device.empty();
                  });
        FiguresWanted own = wanted;
        own.blocks = has(Groups::block) && !domain.devices.disks.empty();
        own.iothreads = has(Groups::iothread) && domain.iothreads.value_or(0) > 0;
        const bool asks = own.blocks || own.balloon || own.iothreads || own.dirty_rate || own.perf;
        const auto silent = machine->silent_since();
        if (asks && silent && parts_.loop.now() - *silent > silence) {
            answers.back().set(false);
        } else if (asks) {
            round->add(answers.back());
            spawn(ask(parts_.loop, guest->live, own, round, answers.back().resolver()));
        } else {
            answers.back().set(true);
        }
    }
    HostFigures host;
    const bool links = any_tap && has(Groups::interface), polling = any_active && has(Groups::cpu_total);
    if (links || polling) {
        const auto look = [links, polling] { return look_at_host_figures(links, polling); };
        host = co_await blocking(parts_.loop, look);
    }

    p::ConnectGetAllDomainStatsResult result;
    for (std::size_t i = 0; i < guests.size(); ++i) {
        const bool fresh = co_await answers[i];
        Guest& guest = *guests[i]; // `guests` keeps it
        p::ParamsBuilder out;
        if (has(Groups::state)) {
            out.i32("state.state", static_cast<std::int32_t>(guest.condition.state));
            out.i32("state.reason", guest.condition.reason);
        }
        if (!guest.active() && !guest.definition) continue; // a transient one that ended meanwhile
        const std::shared_ptr<Live> live = guest.live;
        const Machine* machine = live ? live->machine.get() : nullptr;
        static const Figures none;
        const Figures& figures = live ? live->last_figures : none;
        const Summary summary = current_summary(guest);
        if (has(Groups::cpu_total) && machine != nullptr) add_cpu(out, *machine, host);
        if (has(Groups::balloon))
            add_balloon(out, summary, machine != nullptr ? figures.memory : std::vector<MemoryStat>());
        if (has(Groups::vcpu))
            add_vcpus(out, summary,
                      machine != nullptr ? machine->vcpu_times(false) : std::vector<VcpuTimes>());
        if (has(Groups::interface) && live) add_interfaces(out, live->domain, host);
        if (has(Groups::block) && live) {
            add_blocks(out, live->domain, figures.blocks, (args.flags & backing) != 0);
        } else if (has(Groups::block)) {
            model::Domain config = guest.config_model();
            const std::vector<BlockStats> sizes = co_await stopped_disks(parts_.loop, config);
            add_blocks(out, config, sizes, false);
            if (i % documents_a_turn == 0) co_await next_turn(parts_.loop);
        }
        if (machine != nullptr) {
            if (has(Groups::perf)) add_perf(out, figures.perf);
            if (has(Groups::iothread)) add_iothreads(out, figures.iothreads);
            if (has(Groups::dirtyrate) && figures.dirty_rate) add_dirty_rate(out, *figures.dirty_rate);
        }
        if (!fresh && live) {
            // libvirt's clients show keys that they do not know as they come
            const Loop::Duration age = parts_.loop.now() - live->figures_at.value_or(parts_.loop.now());
            const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(age).count();
            out.u64("yado.stale_ms", static_cast<std::uint64_t>(std::max<std::int64_t>(1, ms)));
        }
        result.retStats.push_back({.dom = ref_to(guest), .params = out.take()});
    }
    co_return result;
}

} // namespace yado::guest
