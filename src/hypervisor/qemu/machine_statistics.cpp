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

} // namespace

Task<std::vector<guest::MemoryStat>> QemuMachine::memory_stats() {
    const std::shared_ptr<State> state = state_;
    std::vector<guest::MemoryStat> stats;
    if (!state->balloon_path.empty()) {
        Loop& loop = state->parts.loop;
        json::object arguments;
        arguments["path"] = state->balloon_path;
        arguments["property"] = "guest-stats";
        const Completion<json::value> asked = yado::start(loop, state->monitor->execute("query-balloon"));
        const Completion<json::value> counted =
            yado::start(loop, state->monitor->execute("qom-get", std::move(arguments)));
        const json::value balloon = co_await asked;
        const json::value guest_stats = co_await counted;
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
            stats.push_back({last_update, updated});
        }
    }
    const auto page_kib = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) / 1024;
    const std::uint64_t resident = field(proc_file(fmt::format("/proc/{}/statm", pid())), 1);
    stats.push_back({rss, resident * page_kib});
    co_return stats;
}

Task<std::vector<guest::BlockStats>> QemuMachine::block_stats() {
    const std::shared_ptr<State> state = state_;
    Loop& loop = state->parts.loop;
    json::object flat;
    flat["flat"] = true;
    const Completion<json::value> counters = yado::start(loop, state->monitor->execute("query-blockstats"));
    const Completion<json::value> nodes =
        yado::start(loop, state->monitor->execute("query-named-block-nodes", std::move(flat)));
    const json::value counter_list = co_await counters;
    const json::value node_list = co_await nodes;
    std::map<std::string, const json::object*> by_node;
    for (const json::value& each : array_of(node_list, "block nodes")) {
        const json::object& node = object_of(each, "a block node");
        by_node[text_in(node, "node-name")] = &node;
    }
    std::vector<guest::BlockStats> stats;
    for (const json::value& each : array_of(counter_list, "block statistics")) {
        const json::object& device = object_of(each, "a block device");
        const std::string alias = alias_of(text_in(device, "qdev"));
        const auto disk = std::ranges::find(state->disks, alias, &std::pair<std::string, std::string>::first);
        const json::value* inner = device.if_contains("stats");
        if (disk == state->disks.end() || inner == nullptr) continue;
        const json::object& counts = object_of(*inner, "a block device");
        guest::BlockStats row{.target = disk->second,
                              .read_requests = number_in(counts, "rd_operations"),
                              .read_bytes = number_in(counts, "rd_bytes"),
                              .read_ns = number_in(counts, "rd_total_time_ns"),
                              .write_requests = number_in(counts, "wr_operations"),
                              .write_bytes = number_in(counts, "wr_bytes"),
                              .write_ns = number_in(counts, "wr_total_time_ns"),
                              .flush_requests = number_in(counts, "flush_operations"),
                              .flush_ns = number_in(counts, "flush_total_time_ns")};
        if (const auto node = by_node.find(text_in(device, "node-name")); node != by_node.end()) {
            row.write_threshold = number_in(*node->second, "write_threshold");
            if (const json::value* image = node->second->if_contains("image");
                image != nullptr && image->is_object()) {
                row.size.capacity = number_in(image->get_object(), "virtual-size");
                row.size.physical = number_in(image->get_object(), "actual-size");
                row.size.allocation = row.size.physical;
            }
        }
        stats.push_back(std::move(row));
    }
    co_return stats;
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
        times.vcpu_ns.push_back(
            field(proc_file(fmt::format("/proc/{}/task/{}/schedstat", pid(), thread)), 0));
    }
    return times;
}

} // namespace yado::qemu
