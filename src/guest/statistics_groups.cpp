// SPDX-License-Identifier: Apache-2.0
#include "guest/statistics_groups.h"

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "schema/codec.h"

#include <algorithm>
#include <dirent.h>

namespace yado::guest {

namespace p = protocol;

bool sees_as_guest(const model::Interface& interface);

namespace {

constexpr const char* polling_directory = "/sys/kernel/debug/kvm"; // PID-FD/vcpuN/halt_poll_…_ns

std::uint64_t number_in(const std::string& path) {
    constexpr std::size_t limit = 64;
    try {
        return parse_number<std::uint64_t>(trim(read_file_if_exists(path, limit).value_or(""))).value_or(0);
    } catch (const Error&) { return 0; }
}

void add_polling(HostFigures& figures) {
    for (const DirectoryEntry& machine : list_directory(polling_directory)) {
        const auto pid =
            parse_number<pid_t>(std::string_view(machine.name).substr(0, machine.name.find('-')));
        if (!pid) continue;
        const std::string path = fmt::format("{}/{}", polling_directory, machine.name);
        for (const DirectoryEntry& vcpu : list_directory(path)) {
            if (!vcpu.name.starts_with("vcpu")) continue;
            auto& [success, failure] = figures.polled[*pid];
            success += number_in(fmt::format("{}/{}/halt_poll_success_ns", path, vcpu.name));
            failure += number_in(fmt::format("{}/{}/halt_poll_fail_ns", path, vcpu.name));
        }
    }
}

/// virDomainMemoryStatTags → key.
constexpr std::string_view balloon_keys[] = {
    "swap_in", "swap_out", "major_fault", "minor_fault", "unused",          "available",     "",
    "rss",     "usable",   "last-update", "disk_caches", "hugetlb_pgalloc", "hugetlb_pgfail"};

/// One image: of a disk, or below one.
void add_image(p::ParamsBuilder& out, std::size_t number, const std::string& target, const std::string& path,
               std::optional<std::uint32_t> index, const BlockStats* stats) {
    const auto key = [number](std::string_view name) { return fmt::format("block.{}.{}", number, name); };
    out.text(key("name"), target);
    if (!path.empty()) out.text(key("path"), path);
    if (index) out.u32(key("backingIndex"), *index);
    if (stats == nullptr) return;
    if (stats->counted) {
        out.u64(key("rd.reqs"), stats->read_requests).u64(key("rd.bytes"), stats->read_bytes);
        out.u64(key("rd.times"), stats->read_ns).u64(key("wr.reqs"), stats->write_requests);
        out.u64(key("wr.bytes"), stats->write_bytes).u64(key("wr.times"), stats->write_ns);
        out.u64(key("fl.reqs"), stats->flush_requests).u64(key("fl.times"), stats->flush_ns);
    }
    if (stats->size.capacity == 0 && stats->size.physical == 0) return; // an empty drive
    out.u64(key("allocation"), stats->size.allocation).u64(key("capacity"), stats->size.capacity);
    out.u64(key("physical"), stats->size.physical);
    if (stats->write_threshold != 0) out.u64(key("threshold"), stats->write_threshold);
}

} // namespace

HostFigures look_at_host_figures(bool links, bool polling) {
    HostFigures figures;
    if (links) {
        for (host::Link& link : host::make_network()->links())
            figures.links.emplace(std::move(link.name), link.statistics);
    }
    if (!polling) return figures;
    if (DIR* directory = ::opendir(polling_directory)) {
        ::closedir(directory);
        figures.halt_polling = true;
        add_polling(figures);
    }
    return figures;
}

void add_cpu(p::ParamsBuilder& out, const Machine& machine, const HostFigures& host) {
    const CpuTimes times = machine.cpu_times();
    out.u64("cpu.time", times.total_ns).u64("cpu.user", times.user_ns).u64("cpu.system", times.system_ns);
    out.u32("cpu.cache.monitor.count", 0);
    if (!host.halt_polling) return;
    const auto polled = host.polled.find(machine.pid());
    const auto [success, failure] =
        polled == host.polled.end() ? std::pair<std::uint64_t, std::uint64_t>() : polled->second;
    out.u64("cpu.haltpoll.success.time", success).u64("cpu.haltpoll.fail.time", failure);
}

void add_balloon(p::ParamsBuilder& out, const Summary& summary, const std::vector<MemoryStat>& stats) {
    out.u64("balloon.current", summary.current.value).u64("balloon.maximum", summary.memory.value);
    for (const MemoryStat& stat : stats) {
        const auto tag = static_cast<std::size_t>(stat.tag);
        if (tag < std::size(balloon_keys) && !balloon_keys[tag].empty())
            out.u64(fmt::format("balloon.{}", balloon_keys[tag]), stat.value);
    }
}

void add_vcpus(p::ParamsBuilder& out, const Summary& summary, const std::vector<VcpuTimes>& times) {
    out.u32("vcpu.current", summary.vcpus).u32("vcpu.maximum", summary.vcpus_maximum);
    for (std::size_t n = 0; n < times.size(); ++n) {
        if (times[n].cpu < 0 && times[n].run_ns == 0) continue; // not plugged in
        out.i32(fmt::format("vcpu.{}.state", n), 1);            // VIR_VCPU_RUNNING
        out.u64(fmt::format("vcpu.{}.time", n), times[n].run_ns);
        out.u64(fmt::format("vcpu.{}.wait", n), times[n].wait_ns);
        out.u64(fmt::format("vcpu.{}.delay", n), times[n].delay_ns);
    }
}

void add_interfaces(p::ParamsBuilder& out, const model::Domain& domain, const HostFigures& host) {
    const auto& interfaces = domain.devices.interfaces;
    out.u32("net.count", static_cast<std::uint32_t>(interfaces.size()));
    for (std::size_t n = 0; n < interfaces.size(); ++n) {
        const std::string& device = interfaces[n].target.device;
        if (device.empty()) continue;
        const auto key = [n](std::string_view name) { return fmt::format("net.{}.{}", n, name); };
        out.text(key("name"), device);
        const auto link = host.links.find(device);
        if (link == host.links.end()) continue;
        // what the host sends the guest receives
        const bool as_guest = sees_as_guest(interfaces[n]);
        const auto add = [&](std::string_view word, const host::LinkStatistics::Direction& direction) {
            out.u64(key(fmt::format("{}.bytes", word)), direction.bytes);
            out.u64(key(fmt::format("{}.pkts", word)), direction.packets);
            out.u64(key(fmt::format("{}.errs", word)), direction.errors);
            out.u64(key(fmt::format("{}.drop", word)), direction.drops);
        };
        add("rx", as_guest ? link->second.received : link->second.sent);
        add("tx", as_guest ? link->second.sent : link->second.received);
    }
}

void add_blocks(p::ParamsBuilder& out, const model::Domain& domain, const std::vector<BlockStats>& stats,
                bool chains) {
    std::size_t count = domain.devices.disks.size();
    if (chains)
        for (const BlockStats& each : stats) count += each.backing.size();
    out.u32("block.count", static_cast<std::uint32_t>(count));
    std::size_t number = 0;
    for (const model::Disk& disk : domain.devices.disks) {
        const auto own = std::ranges::find(stats, disk.target.dev, &BlockStats::target);
        const BlockStats* known = own == stats.end() ? nullptr : &*own;
        add_image(out, number++, disk.target.dev, disk.path(), model::parts_of(disk.source).index, known);
        if (!chains || known == nullptr) continue;
        const model::BackingStore* below = disk.backing ? &*disk.backing : nullptr;
        for (const BlockStats& image : known->backing) {
            const bool declared = below != nullptr && !below->ends_chain();
            const auto source = declared ? model::source_of(below->source) : std::nullopt;
            add_image(out, number++, disk.target.dev, source ? model::path_of(*source) : std::string(),
                      declared ? below->index : std::nullopt, &image);
            below = declared && below->backing ? &*below->backing : nullptr;
        }
    }
}

void add_perf(p::ParamsBuilder& out, const PerfCounts& counts) {
    for (const auto& [event, count] : counts) out.u64(fmt::format("perf.{}", schema::word(event)), count);
}

void add_iothreads(p::ParamsBuilder& out, const std::vector<IoThreadState>& threads) {
    if (threads.empty()) return;
    out.u32("iothread.count", static_cast<std::uint32_t>(threads.size()));
    for (const IoThreadState& each : threads) {
        const auto key = [&each](std::string_view name) {
            return fmt::format("iothread.{}.{}", each.id, name);
        };
        out.u64(key("poll-max-ns"), each.poll_max_ns);
        out.u32(key("poll-grow"), static_cast<std::uint32_t>(each.poll_grow));
        out.u32(key("poll-shrink"), static_cast<std::uint32_t>(each.poll_shrink));
    }
}

void add_dirty_rate(p::ParamsBuilder& out, const DirtyRate& rate) {
    constexpr int measured = 2;
    out.i32("dirtyrate.calc_status", rate.status).i64("dirtyrate.calc_start_time", rate.start_time);
    out.i32("dirtyrate.calc_period", rate.period).text("dirtyrate.calc_mode", rate.mode);
    if (rate.status != measured) return;
    out.i64("dirtyrate.megabytes_per_second", rate.megabytes);
    for (const auto& [vcpu, megabytes] : rate.vcpus)
        out.u64(fmt::format("dirtyrate.vcpu.{}.megabytes_per_second", vcpu), megabytes);
}

} // namespace yado::guest
