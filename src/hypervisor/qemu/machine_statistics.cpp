// SPDX-License-Identifier: Apache-2.0
// What a running machine uses: from QEMU's counters and from the kernel's.
#include "base/async/start.h"
#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "hypervisor/qemu/events.h"
#include "hypervisor/qemu/machine_state.h"

#include <algorithm>
#include <map>
#include <unistd.h>

namespace yado::qemu {

namespace json = boost::json;

namespace {

constexpr std::size_t proc_limit = 4096;

std::string proc_file(const std::string& path) {
    try {
        return read_file_if_exists(path, proc_limit).value_or("");
    } catch (const Error&) {
        return {}; // it ended between opening and reading
    }
}

/// Number `index` (from 0) of a line of numbers and words.
std::uint64_t field(std::string_view line, std::size_t index) {
    for (; index > 0; --index) {
        const auto space = line.find(' ');
        if (space == std::string_view::npos) return 0;
        line.remove_prefix(space + 1);
    }
    return parse_number<std::uint64_t>(line.substr(0, line.find_first_of(" \n"))).value_or(0);
}

// virtio-balloon's names (docs/interop/virtio-balloon-stats of QEMU 7.2) → virDomainMemoryStatTags; bytes
// unless a count.
struct BalloonStat {
    std::string_view name;
    int tag;
    bool bytes;
};
constexpr BalloonStat balloon_stats[] = {{"stat-swap-in", 0, true},          {"stat-swap-out", 1, true},
                                         {"stat-major-faults", 2, false},    {"stat-minor-faults", 3, false},
                                         {"stat-free-memory", 4, true},      {"stat-total-memory", 5, true},
                                         {"stat-available-memory", 8, true}, {"stat-disk-caches", 10, true},
                                         {"stat-htlb-pgalloc", 11, false},   {"stat-htlb-pgfail", 12, false}};
enum StatTag { actual_balloon = 6, rss = 7, last_update = 9 };

/// What has been asked and is on its way; none where it is not wanted.
using Asked = std::optional<Completion<json::value>>;

/// Of query-balloon and the balloon's guest-stats.
std::vector<guest::MemoryStat> memory_in(const json::value& balloon, const json::value& guest_stats) {
    std::vector<guest::MemoryStat> stats;
    stats.push_back({actual_balloon, number_in(object_of(balloon, "the balloon"), "actual") / 1024});
    const json::object& reported = object_of(guest_stats, "memory");
    const std::uint64_t updated = number_in(reported, "last-update");
    if (const json::value* values = reported.if_contains("stats"); updated != 0 && values != nullptr) {
        const json::object& numbers = object_of(*values, "memory");
        for (const BalloonStat& row : balloon_stats) {
            const json::value* value = numbers.if_contains(row.name);
            if (value == nullptr || (value->is_int64() && value->get_int64() < 0)) continue;
            const std::uint64_t number = number_in(numbers, row.name);
            if (number == ~0ULL) continue; // not reported by this guest
            stats.push_back({row.tag, row.bytes ? number / 1024 : number});
        }
    }
    stats.push_back({last_update, updated});
    return stats;
}

guest::MemoryStat resident_of(pid_t pid) {
    const auto page_kib = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) / 1024;
    return {rss, field(proc_file(fmt::format("/proc/{}/statm", pid)), 1) * page_kib};
}

using NodesByName = std::map<std::string, const json::object*>;

/// One image: a device of query-blockstats, or what is its "backing".
guest::BlockStats image_in(const json::object& device, const std::string& target, const NodesByName& nodes) {
    guest::BlockStats row{.target = target};
    if (const json::value* inner = device.if_contains("stats")) {
        const json::object& counts = object_of(*inner, "a block device");
        row.read_requests = number_in(counts, "rd_operations");
        row.read_bytes = number_in(counts, "rd_bytes");
        row.read_ns = number_in(counts, "rd_total_time_ns");
        row.write_requests = number_in(counts, "wr_operations");
        row.write_bytes = number_in(counts, "wr_bytes");
        row.write_ns = number_in(counts, "wr_total_time_ns");
        row.flush_requests = number_in(counts, "flush_operations");
        row.flush_ns = number_in(counts, "flush_total_time_ns");
    }
    const std::string name = text_in(device, "node-name");
    const auto storage = nodes.find(storage_node(name));
    if (storage != nodes.end()) row.write_threshold = number_in(*storage->second, "write_threshold");
    const auto node = nodes.find(name);
    const json::value* image = node == nodes.end() ? nullptr : node->second->if_contains("image");
    if (image != nullptr && image->is_object()) {
        row.size.capacity = number_in(image->get_object(), "virtual-size");
        row.size.physical = number_in(image->get_object(), "actual-size");
    }
    // How far the file has been written, which is what libvirt calls its allocation.
    const json::value* parent = device.if_contains("parent");
    const json::value* below =
        parent != nullptr && parent->is_object() ? parent->get_object().if_contains("stats") : nullptr;
    if (below != nullptr)
        row.size.allocation = number_in(object_of(*below, "a block device"), "wr_highest_offset");
    return row;
}

/// Of query-blockstats and query-named-block-nodes; `disks`: alias and target.
std::vector<guest::BlockStats> blocks_in(const json::value& counter_list, const json::value& node_list,
                                         const std::vector<std::pair<std::string, std::string>>& disks) {
    constexpr std::size_t longest_chain = 200; // libvirt's limit
    NodesByName nodes;
    for (const json::value& each : array_of(node_list, "block nodes")) {
        const json::object& node = object_of(each, "a block node");
        nodes[text_in(node, "node-name")] = &node;
    }
    std::vector<guest::BlockStats> stats;
    for (const json::value& each : array_of(counter_list, "block statistics")) {
        const json::object& device = object_of(each, "a block device");
        const std::string alias = alias_of(text_in(device, "qdev"));
        const auto disk = std::ranges::find(disks, alias, &std::pair<std::string, std::string>::first);
        if (disk == disks.end() || !device.contains("stats")) continue;
        guest::BlockStats row = image_in(device, disk->second, nodes);
        const json::value* backing = device.if_contains("backing");
        while (backing != nullptr && backing->is_object() && row.backing.size() < longest_chain) {
            row.backing.push_back(image_in(backing->get_object(), disk->second, nodes));
            backing = backing->get_object().if_contains("backing");
        }
        stats.push_back(std::move(row));
    }
    return stats;
}

} // namespace

guest::DirtyRate dirty_rate_in(const json::value& reply) {
    const json::object& told = object_of(reply, "the dirty rate");
    guest::DirtyRate rate;
    const std::string status = text_in(told, "status");
    rate.status = status == "measured" ? 2 : status == "measuring" ? 1 : 0;
    const auto number = [&told](const char* key) {
        const json::value* value = told.if_contains(key);
        return value != nullptr && value->is_int64() ? value->get_int64() : 0;
    };
    rate.start_time = number("start-time");
    rate.period = static_cast<std::int32_t>(number("calc-time"));
    rate.mode = text_in(told, "mode");
    rate.megabytes = number("dirty-rate");
    if (const json::value* vcpus = told.if_contains("vcpu-dirty-rate")) {
        for (const json::value& each : array_of(*vcpus, "the dirty rate")) {
            const json::object& vcpu = object_of(each, "the dirty rate");
            rate.vcpus.emplace_back(number_in(vcpu, "id"), number_in(vcpu, "dirty-rate"));
        }
    }
    return rate;
}

Task<guest::Figures> QemuMachine::figures(guest::FiguresWanted wanted) {
    const std::shared_ptr<State> state = state_;
    const auto ask = [&state](bool wanted_now, const char* command, json::object arguments) {
        Asked asked;
        if (wanted_now)
            asked = yado::start(state->parts.loop, state->monitor->execute(command, std::move(arguments)));
        return asked;
    };
    // All is on its way before the first answer is waited for.
    const bool balloon = wanted.balloon && !state->balloon_path.empty();
    const Asked counters = ask(wanted.blocks, "query-blockstats", {});
    const Asked nodes = ask(wanted.blocks, "query-named-block-nodes", {{"flat", true}});
    const Asked target = ask(balloon, "query-balloon", {});
    const Asked memory =
        ask(balloon, "qom-get", {{"path", state->balloon_path}, {"property", "guest-stats"}});
    const Asked threads = ask(wanted.iothreads, "query-iothreads", {});
    const Asked rate = ask(wanted.dirty_rate, "query-dirty-rate", {});
    guest::Figures figures;
    if (counters) {
        const json::value counter_list = co_await *counters;
        const json::value node_list = co_await *nodes;
        figures.blocks = blocks_in(counter_list, node_list, state->disks);
    }
    if (target) {
        const json::value actual = co_await *target;
        const json::value stats = co_await *memory;
        figures.memory = memory_in(actual, stats);
    }
    if (wanted.balloon) figures.memory.push_back(resident_of(state->parts.child->pid()));
    if (threads) {
        const json::value list = co_await *threads;
        figures.iothreads = iothreads_in(list, nullptr);
    }
    if (rate) {
        const json::value answer = co_await *rate;
        figures.dirty_rate = dirty_rate_in(answer);
    }
    if (wanted.perf && state->counters) {
        for (const std::string& event : state->counters->counted()) {
            const auto name = schema::from_word<model::PerfEventName>(event);
            if (name) figures.perf.emplace_back(*name, state->counters->value(event));
        }
        std::ranges::sort(figures.perf);
    }
    co_return figures;
}

Task<std::vector<guest::MemoryStat>> QemuMachine::memory_stats() {
    const guest::FiguresWanted wanted{.balloon = true};
    guest::Figures all = co_await figures(wanted);
    co_return std::move(all.memory);
}

Task<std::vector<guest::BlockStats>> QemuMachine::block_stats() {
    const guest::FiguresWanted wanted{.blocks = true};
    guest::Figures all = co_await figures(wanted);
    co_return std::move(all.blocks);
}

std::optional<Loop::TimePoint> QemuMachine::silent_since() const { return state_->monitor->silent_since(); }

std::vector<guest::VcpuTimes> QemuMachine::vcpu_times(bool with_affinity) const {
    std::vector<guest::VcpuTimes> all;
    const host::Threads* threads = state_->parts.threads;
    if (threads == nullptr) return all;
    for (const pid_t thread : state_->vcpu_threads) {
        if (thread == 0) { // not plugged in
            all.emplace_back();
            continue;
        }
        const host::ThreadTimes times = threads->times(pid(), thread);
        guest::VcpuTimes own{.run_ns = times.run_ns,
                             .wait_ns = times.wait_ns,
                             .delay_ns = times.delay_ns,
                             .cpu = times.cpu,
                             .cpus = {}};
        if (with_affinity && times.cpu >= 0) own.cpus = threads->affinity(thread);
        all.push_back(std::move(own));
    }
    return all;
}

guest::CpuTimes QemuMachine::cpu_times() const {
    guest::CpuTimes times;
    const std::string line = proc_file(fmt::format("/proc/{}/stat", pid()));
    const auto after_name = line.rfind(") "); // the name itself may hold anything
    if (after_name == std::string::npos) return times;
    const std::string_view rest = std::string_view(line).substr(after_name + 2);
    const auto tick_ns = 1'000'000'000ULL / static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK));
    times.user_ns =
        field(rest, 11) * tick_ns; // utime is field 14 of the whole line (proc(5)), the rest begins at 3
    times.system_ns = field(rest, 12) * tick_ns;
    times.total_ns = times.user_ns + times.system_ns;
    for (const pid_t thread : state_->vcpu_threads) {
        if (thread == 0) { // not plugged in
            times.vcpu_ns.push_back(0);
            continue;
        }
        times.vcpu_ns.push_back(
            field(proc_file(fmt::format("/proc/{}/task/{}/schedstat", pid(), thread)), 0));
    }
    return times;
}

} // namespace yado::qemu
