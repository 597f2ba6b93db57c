// SPDX-License-Identifier: Apache-2.0
// Bulk statistics. All running guests are asked at once and none may hold up the answer: one that does not
// reply in time gives what is known without it.
#include "guest/domain_service.h"

#include "protocol/constants.h"
#include "protocol/typed_params.h"

#include <algorithm>

namespace yado::guest {

namespace {

namespace Groups = p::DomainStatsTypes;
using namespace std::chrono_literals;

constexpr Loop::Duration answer_limit = 2s;
constexpr std::size_t documents_a_turn = 32; // parsed before others get the thread: about 2 ms
constexpr std::uint32_t nowait = 1U << 29U, backing = 1U << 30U, enforce = 1U << 31U;
constexpr std::uint32_t all_groups = 0x7ff;
constexpr std::uint32_t known_groups =
    Groups::state | Groups::cpu_total | Groups::balloon | Groups::vcpu | Groups::interface | Groups::block;

struct Asked {
    std::vector<BlockStats> blocks;
    std::vector<MemoryStat> memory;
};

Task<void> ask(std::shared_ptr<Live> live, bool blocks, bool memory, Completion<Asked>::Resolver resolve) {
    Asked answer;
    try {
        if (blocks) answer.blocks = co_await live->machine->block_stats();
        if (memory) answer.memory = co_await live->machine->memory_stats();
    } catch (const std::exception&) {
        // gone or without an answer: what came so far counts
    }
    resolve.set(std::move(answer));
}

void add_blocks(p::ParamsBuilder& out, const model::Domain& domain, const std::vector<BlockStats>& stats) {
    out.u32("block.count", static_cast<std::uint32_t>(domain.devices.disks.size()));
    for (std::size_t n = 0; n < domain.devices.disks.size(); ++n) {
        const model::Disk& disk = domain.devices.disks[n];
        const auto key = [n](std::string_view name) { return fmt::format("block.{}.{}", n, name); };
        out.text(key("name"), disk.target.dev);
        if (!disk.path().empty()) out.text(key("path"), disk.path());
        if (const auto index = model::parts_of(disk.source).index) { out.u32(key("backingIndex"), *index); }
        const auto own = std::ranges::find(stats, disk.target.dev, &BlockStats::target);
        if (own == stats.end()) continue;
        out.u64(key("rd.reqs"), own->read_requests).u64(key("rd.bytes"), own->read_bytes);
        out.u64(key("rd.times"), own->read_ns).u64(key("wr.reqs"), own->write_requests);
        out.u64(key("wr.bytes"), own->write_bytes).u64(key("wr.times"), own->write_ns);
        out.u64(key("fl.reqs"), own->flush_requests).u64(key("fl.times"), own->flush_ns);
        if (disk.is_empty()) continue;
        out.u64(key("allocation"), own->size.allocation).u64(key("capacity"), own->size.capacity);
        out.u64(key("physical"), own->size.physical);
        if (own->write_threshold != 0) out.u64(key("threshold"), own->write_threshold);
    }
}

/// virDomainMemoryStatTags → key.
constexpr std::string_view balloon_keys[] = {
    "swap_in", "swap_out", "major_fault", "minor_fault", "unused",          "available",     "",
    "rss",     "usable",   "last-update", "disk_caches", "hugetlb_pgalloc", "hugetlb_pgfail"};

void add_balloon(p::ParamsBuilder& out, const Summary& summary, bool active,
                 const std::vector<MemoryStat>& stats) {
    if (active) out.u64("balloon.current", summary.current.value);
    out.u64("balloon.maximum", summary.memory.value);
    for (const MemoryStat& stat : stats) {
        const auto tag = static_cast<std::size_t>(stat.tag);
        if (tag < std::size(balloon_keys) && !balloon_keys[tag].empty()) {
            out.u64(fmt::format("balloon.{}", balloon_keys[tag]), stat.value);
        }
    }
}

void add_vcpus(p::ParamsBuilder& out, const Summary& summary, const CpuTimes& times, bool active) {
    out.u32("vcpu.current", summary.vcpus).u32("vcpu.maximum", summary.vcpus_maximum);
    if (!active) return;
    for (std::uint32_t n = 0; n < summary.vcpus && n < times.vcpu_ns.size(); ++n) {
        out.i32(fmt::format("vcpu.{}.state", n), 1); // VIR_VCPU_RUNNING
        out.u64(fmt::format("vcpu.{}.time", n), times.vcpu_ns[n]);
    }
}

} // namespace

Task<p::ConnectGetAllDomainStatsResult> DomainService::get_all_stats(CallContext,
                                                                     p::ConnectGetAllDomainStatsArgs args) {
    constexpr std::uint32_t list_flags = 0xff;
    require_flags(ErrorSource::domain, args.flags, list_flags | nowait | backing | enforce,
                  "qemuConnectGetAllDomainStats");
    const std::uint32_t groups = args.stats == 0 ? all_groups : args.stats;
    if ((args.flags & enforce) != 0 && (groups & ~known_groups) != 0) {
        fail(ErrorSource::qemu, Code::argument_unsupported,
             "Stats types bits 0x{:x} are not supported by this daemon", groups & ~known_groups);
    }
    std::vector<Registry::Pointer> guests;
    if (args.doms.empty()) {
        for (const Registry::Pointer& guest : parts_.registry.all()) {
            if (matches_list_flags(*guest, args.flags & list_flags)) guests.push_back(guest);
        }
    } else {
        for (const p::DomainRef& ref : args.doms) guests.push_back(require(ref));
    }

    const bool blocks = (groups & Groups::block) != 0;
    const bool memory = (groups & Groups::balloon) != 0;
    std::vector<Completion<Asked>> answers;
    answers.reserve(guests.size());
    for (const Registry::Pointer& guest : guests) {
        answers.emplace_back(parts_.loop);
        const bool waits = (args.flags & nowait) != 0 && guest->jobs.busy();
        const bool asks = guest->active() && guest->live->machine && (blocks || memory) && !waits;
        if (asks) {
            spawn(ask(guest->live, blocks && !guest->live->domain.devices.disks.empty(), memory,
                      answers.back().resolver()));
        } else {
            answers.back().set(Asked());
        }
    }
    const Loop::Timer limit = parts_.loop.after(answer_limit, [&answers] {
        for (const Completion<Asked>& late : answers) late.resolver().set(Asked());
    });

    p::ConnectGetAllDomainStatsResult result;
    for (std::size_t i = 0; i < guests.size(); ++i) {
        const Asked asked = co_await answers[i];
        Guest& guest = *guests[i]; // `guests` keeps it
        p::ParamsBuilder out;
        if ((groups & Groups::state) != 0) {
            out.i32("state.state", static_cast<std::int32_t>(guest.condition.state));
            out.i32("state.reason", guest.condition.reason);
        }
        const bool active = guest.active();
        if (!active && !guest.definition) continue; // a transient one that ended meanwhile
        const Summary summary = current_summary(guest);
        const CpuTimes times = active && guest.live->machine ? guest.live->machine->cpu_times() : CpuTimes();
        if ((groups & Groups::cpu_total) != 0 && active) {
            out.u64("cpu.time", times.total_ns)
                .u64("cpu.user", times.user_ns)
                .u64("cpu.system", times.system_ns);
        }
        if (memory) add_balloon(out, summary, active, asked.memory);
        if ((groups & Groups::vcpu) != 0) add_vcpus(out, summary, times, active);
        if ((groups & Groups::interface) != 0) {
            out.u32("net.count",
                    active ? static_cast<std::uint32_t>(guest.live->domain.devices.interfaces.size()) : 0);
        }
        if (blocks && active) {
            add_blocks(out, guest.live->domain, asked.blocks);
        } else if (blocks) {
            add_blocks(out, guest.config_model(), {});
            if (i % documents_a_turn == 0) co_await next_turn(parts_.loop);
        }
        result.retStats.push_back({.dom = ref_to(guest), .params = out.take()});
    }
    co_return result;
}

} // namespace yado::guest
