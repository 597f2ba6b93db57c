// SPDX-License-Identifier: Apache-2.0
// The host's CPU times and memory.
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/failure.h"
#include "cli/session.h"
#include "protocol/connect_calls.h"
#include "protocol/node_calls.h"
#include "schema/read.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>

namespace yado::cli {
namespace {

constexpr std::uint64_t kib = 1024;

/// "utilization" comes from hypervisors that know only that.
constexpr std::array<std::string_view, 5> times{"user", "kernel", "idle", "iowait", "intr"};
constexpr std::array<std::string_view, 5> time_titles{"user:", "system:", "idle:", "iowait:", "intr:"};

using Times = std::vector<protocol::NodeCpuStat>; ///< nanoseconds since the host's start

Times cpu_times(Session& session, std::int32_t cpu) {
    const auto count = explain("Unable to get number of cpu stats", [&] {
        return session.call(protocol::NodeGetCpuStatsArgs{cpu, 0, 0}).nparams;
    });
    if (count <= 0) return {};
    return explain("Unable to get node cpu stats",
                   [&] { return session.call(protocol::NodeGetCpuStatsArgs{cpu, count, 0}).params; });
}

const protocol::NodeCpuStat* find(const Times& all, std::string_view field) {
    const auto found = std::ranges::find(all, field, &protocol::NodeCpuStat::field);
    return found == all.end() ? nullptr : &*found;
}

/// Shares of the second between two measurements.
void show_percent(Session& session, const Times& before, const Times& after) {
    std::array<double, times.size()> spent{};
    double total = 0;
    for (std::size_t i = 0; i < times.size(); ++i) {
        const auto* first = find(before, times[i]);
        const auto* second = find(after, times[i]);
        if (first != nullptr && second != nullptr && second->value > first->value)
            spent[i] = static_cast<double>(second->value - first->value);
        total += spent[i];
    }
    const auto share = [total](double part) { return total > 0 ? part / total * 100 : 0; };
    constexpr std::size_t idle = 2;
    const double usage = total > 0 ? 100 - share(spent[idle]) : 0;
    Value json = Value::object();
    json.set("usage", usage);
    session.print("{:<15} {:5.1f}%\n", "usage:", usage);
    for (std::size_t i = 0; i < times.size(); ++i) {
        if (find(after, times[i]) == nullptr) continue;
        session.print("{:<15} {:5.1f}%\n", time_titles[i], share(spent[i]));
        json.set(std::string(times[i]), share(spent[i]));
    }
    session.show_json(json);
}

void nodecpustats(Session& session, const Arguments& arguments) {
    const std::int32_t cpu = arguments.number<int>("cpu").value_or(-1); // -1: all together
    const Times first = cpu_times(session, cpu);
    const bool percent = arguments.has("percent");
    if (const auto* known = find(first, "utilization")) {
        session.print("{:<15} {:5.1f}%\n", "usage:", static_cast<double>(known->value));
        session.show_json(Value::object().set("usage", known->value));
        return;
    }
    if (percent) {
        std::this_thread::sleep_for(std::chrono::seconds(1));
        show_percent(session, first, cpu_times(session, cpu));
        return;
    }
    Value json = Value::object();
    for (std::size_t i = 0; i < times.size(); ++i) {
        const auto* time = find(first, times[i]);
        if (time == nullptr) continue;
        session.print("{:<15} {:>20}\n", time_titles[i], time->value);
        json.set(std::string(times[i]), time->value);
    }
    session.show_json(json);
}

void nodememstats(Session& session, const Arguments& arguments) {
    const std::int32_t cell = arguments.number<int>("cell").value_or(-1);
    const auto count = explain("Unable to get number of memory stats", [&] {
        return session.call(protocol::NodeGetMemoryStatsArgs{0, cell, 0}).nparams;
    });
    Value json = Value::object();
    if (count > 0) {
        const auto answer = explain("Unable to get memory stats", [&] {
            return session.call(protocol::NodeGetMemoryStatsArgs{count, cell, 0});
        });
        for (const auto& stat : answer.params) {
            session.print("{:<7}: {:>20} KiB\n", stat.field, stat.value);
            json.set(stat.field, stat.value);
        }
    }
    session.show_json(json);
}

struct HostCell {
    std::int32_t id = 0;
};
void describe(schema::Io& io, HostCell& cell) { io.attribute("id", cell.id); }
struct HostCells {
    std::vector<HostCell> cells;
};
void describe(schema::Io& io, HostCells& host) {
    io.group("host", [&] {
        io.group("topology", [&] { io.group("cells", [&] { io.child("cell", host.cells); }); });
    });
}

std::uint64_t free_kib(Session& session, std::int32_t cell) {
    const auto answer = session.call(protocol::NodeGetCellsFreeMemoryArgs{cell, 1});
    if (answer.cells.empty()) refuse("failed to get free memory for NUMA node number: {}", cell);
    return answer.cells.front() / kib;
}

void all_cells(Session& session) {
    const auto xml = explain("unable to get node capabilities", [&] {
        return session.call(protocol::ConnectGetCapabilitiesArgs{}).capabilities;
    });
    schema::Diagnostics notes;
    const auto host = explain("unable to parse node capabilities",
                              [&] { return schema::read_xml<HostCells>(xml, "capabilities", {}, &notes); });
    std::uint64_t total = 0;
    std::string text;
    Value list = Value::list();
    for (const HostCell& cell : host.cells) {
        const std::uint64_t free =
            explain(fmt::format("failed to get free memory for NUMA node number: {}", cell.id),
                    [&] { return free_kib(session, cell.id); });
        text += fmt::format("{:5}: {:10} KiB\n", cell.id, free);
        list.add(Value::object().set("cell", cell.id).set("free_kib", free));
        total += free;
    }
    session.print("{}--------------------\n{:>5}: {:10} KiB\n", text, "Total", total);
    session.show_json(Value::object().set("cells", std::move(list)).set("total_free_kib", total));
}

void freecell(Session& session, const Arguments& arguments) {
    arguments.exclusive("all", "cellno");
    const auto cell = arguments.number<int>("cellno");
    if (arguments.has("all")) {
        all_cells(session);
    } else if (cell) {
        const std::uint64_t free = free_kib(session, *cell);
        session.print("{}: {} KiB\n", *cell, free);
        session.show_json(Value::object().set("cell", *cell).set("free_kib", free));
    } else {
        const std::uint64_t free = session.call(protocol::NodeGetFreeMemoryArgs{}).freeMem / kib;
        session.print("Total: {} KiB\n", free);
        session.show_json(Value::object().set("total_free_kib", free));
    }
}

} // namespace

std::vector<Command> host_statistics_commands() {
    return {
        {"freecell",
         Group::host,
         "NUMA free memory",
         "display available free memory for the NUMA cell.",
         {number("cellno", "NUMA cell number"), flag("all", "show free memory for all NUMA cells")},
         freecell},
        {"nodecpustats",
         Group::host,
         "Prints cpu stats of the node.",
         "Returns cpu stats of the node, in nanoseconds.",
         {number("cpu", "prints specified cpu statistics only."),
          flag("percent", "prints by percentage during 1 second.")},
         nodecpustats},
        {"nodememstats",
         Group::host,
         "Prints memory stats of the node.",
         "Returns memory stats of the node, in kilobytes.",
         {number("cell", "prints specified cell statistics only.")},
         nodememstats},
    };
}

} // namespace yado::cli
