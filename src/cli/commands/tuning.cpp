// SPDX-License-Identifier: Apache-2.0
// A domain's share of the host's CPU time, memory and block devices, and what is counted of it.
#include "model/domain/tuning.h"
#include "base/text.h"
#include "base/units.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/cpu_lists.h"
#include "cli/failure.h"
#include "cli/lookup.h"
#include "cli/params.h"
#include "cli/session.h"
#include "protocol/constants.h"
#include "protocol/domain_calls.h"
#include "protocol/typed_params.h"

#include <algorithm>
#include <array>
#include <limits>

namespace yado::cli {
namespace {

using protocol::DomainRef;
using protocol::TypedParam;
using protocol::TypedParams;
namespace Affect = protocol::DomainModificationImpact;

void line(Session& session, std::string_view name, std::string_view value) {
    session.print("{:<15}: {}\n", name, value);
}

// --- schedinfo ---

/// "name=value" with the type that the daemon says it has.
TypedParam parse_setting(const std::string& word, const TypedParams& known) {
    const auto equals = word.find('=');
    const std::string name = word.substr(0, equals),
                      text = equals == std::string::npos ? "" : word.substr(equals + 1);
    const auto* old = protocol::find(known, name);
    if (old == nullptr || equals == std::string::npos) refuse("invalid scheduler option: {}", name);
    const auto parsed = [&]<class T>(std::optional<T> value) -> TypedParam {
        if (!value)
            refuse("Invalid value for field '{}': expected {}", name, name_of(protocol::type_of(*old)));
        return {name, *value};
    };
    if (std::holds_alternative<std::uint64_t>(*old)) return parsed(parse_number<std::uint64_t>(text));
    if (std::holds_alternative<std::int64_t>(*old)) return parsed(parse_number<std::int64_t>(text));
    if (std::holds_alternative<std::uint32_t>(*old)) return parsed(parse_number<std::uint32_t>(text));
    return parsed(parse_number<std::int32_t>(text));
}

void schedinfo(Session& session, const Arguments& arguments) {
    const std::uint32_t flags = arguments.affect();
    const DomainRef domain = find_domain(session, arguments);
    const auto type = session.call(protocol::DomainGetSchedulerTypeArgs{domain});
    line(session, "Scheduler", type.type);
    const auto values = [&] {
        return session.call(protocol::DomainGetSchedulerParametersFlagsArgs{domain, type.nparams, flags})
            .params;
    };
    TypedParams params = values();
    TypedParams wanted;
    for (const char* old : {"weight", "cap"}) // Xen's
        if (const auto value = arguments.text(old))
            wanted.push_back(parse_setting(fmt::format("{}={}", old, *value), params));
    for (const std::string& word : arguments.rest("set")) wanted.push_back(parse_setting(word, params));
    if (!wanted.empty()) {
        session.call(protocol::DomainSetSchedulerParametersFlagsArgs{domain, std::move(wanted), flags});
        params = values();
    }
    for (const TypedParam& param : params) line(session, param.field, text_of(param.value));
    session.show_json(Value::object().set("scheduler", type.type).set("parameters", value_of(params)));
}

// --- memtune ---

/// virDomainMemoryParameters' word for no limit.
constexpr std::uint64_t unlimited = model::unlimited_memory.value;

std::optional<std::uint64_t> memory_size(const Arguments& arguments, std::string_view name) {
    constexpr std::uint64_t kib = 1024;
    if (arguments.text(name) == "-1") return unlimited;
    const auto bytes = arguments.scaled(name, kib);
    return bytes ? std::optional(to_kib(Bytes{*bytes}).value) : std::nullopt;
}

void memtune(Session& session, const Arguments& arguments) {
    const std::uint32_t flags = arguments.affect();
    const DomainRef domain = find_domain(session, arguments);
    TypedParams wanted;
    const auto add = [&](std::string_view option, std::string field) {
        if (const auto size = memory_size(arguments, option)) wanted.push_back({std::move(field), *size});
    };
    add("hard-limit", "hard_limit");
    add("soft-limit", "soft_limit");
    add("swap-hard-limit", "swap_hard_limit");
    add("min-guarantee", "min_guarantee");
    if (!wanted.empty()) {
        explain("Unable to change memory parameters", [&] {
            session.call(protocol::DomainSetMemoryParametersArgs{domain, std::move(wanted), flags});
        });
        return;
    }
    const TypedParams params = explain("Unable to get number of memory parameters", [&] {
        return fetch_params(session, protocol::DomainGetMemoryParametersArgs{domain, 0, flags});
    });
    Value json = Value::object();
    for (const TypedParam& param : params) {
        const auto* size = std::get_if<std::uint64_t>(&param.value);
        const bool none = size != nullptr && *size == unlimited;
        line(session, param.field, none ? "unlimited" : text_of(param.value));
        json.set(param.field + "_kib", none ? Value() : value_of(param.value));
    }
    session.show_json(json);
}

// --- blkiotune ---

struct DeviceOption {
    std::string_view option, field, help;
};
constexpr std::array<DeviceOption, 5> device_options{{
    {"device-weights", "device_weight", "per-device IO Weights, in the form of /path/to/device,weight,..."},
    {"device-read-iops-sec", "device_read_iops_sec",
     "per-device read I/O limit per second, in the form of /path/to/device,read_iops_sec,..."},
    {"device-write-iops-sec", "device_write_iops_sec",
     "per-device write I/O limit per second, in the form of /path/to/device,write_iops_sec,..."},
    {"device-read-bytes-sec", "device_read_bytes_sec",
     "per-device bytes read per second, in the form of /path/to/device,read_bytes_sec,..."},
    {"device-write-bytes-sec", "device_write_bytes_sec",
     "per-device bytes wrote per second, in the form of /path/to/device,write_bytes_sec,..."},
}};

void blkiotune(Session& session, const Arguments& arguments) {
    const std::uint32_t flags = arguments.affect();
    const DomainRef domain = find_domain(session, arguments);
    TypedParams wanted;
    if (const auto weight = arguments.number<int>("weight")) {
        if (*weight <= 0) refuse("Invalid value of {} for I/O weight", *weight);
        wanted.push_back({"weight", static_cast<std::uint32_t>(*weight)});
    }
    for (const DeviceOption& each : device_options)
        if (auto text = arguments.text(each.option))
            wanted.push_back({std::string(each.field), std::move(*text)});
    if (!wanted.empty()) {
        explain("Unable to change blkio parameters", [&] {
            session.call(protocol::DomainSetBlkioParametersArgs{domain, std::move(wanted), flags});
        });
        return;
    }
    const TypedParams params = explain("Unable to get number of blkio parameters", [&] {
        return fetch_params(session,
                            protocol::DomainGetBlkioParametersArgs{domain, 0, flags | strings_flag(session)});
    });
    for (const TypedParam& param : params) line(session, param.field, text_of(param.value));
    session.show_json(value_of(params));
}

// --- numatune ---

constexpr std::array<std::string_view, 4> numa_modes{"strict", "preferred", "interleave", "restrictive"};

std::int32_t numa_mode(const std::string& word) {
    const auto found = std::ranges::find(numa_modes, word);
    if (found != numa_modes.end()) return static_cast<std::int32_t>(found - numa_modes.begin());
    const auto number = parse_number<std::int32_t>(word);
    if (!number) refuse("Invalid mode: {}", word);
    return *number;
}

void numatune(Session& session, const Arguments& arguments) {
    const std::uint32_t flags = arguments.affect();
    const DomainRef domain = find_domain(session, arguments);
    TypedParams wanted;
    if (auto nodes = arguments.text("nodeset")) wanted.push_back({"numa_nodeset", std::move(*nodes)});
    if (const auto mode = arguments.text("mode")) wanted.push_back({"numa_mode", numa_mode(*mode)});
    if (!wanted.empty()) {
        explain("Unable to change numa parameters", [&] {
            session.call(protocol::DomainSetNumaParametersArgs{domain, std::move(wanted), flags});
        });
        return;
    }
    const TypedParams params = explain("Unable to get number of memory parameters", [&] {
        return fetch_params(session,
                            protocol::DomainGetNumaParametersArgs{domain, 0, flags | strings_flag(session)});
    });
    Value json = Value::object();
    for (const TypedParam& param : params) {
        std::string text = text_of(param.value);
        const auto* mode = std::get_if<std::int32_t>(&param.value);
        if (param.field == "numa_mode" && mode != nullptr && *mode >= 0 &&
            std::cmp_less(*mode, numa_modes.size()))
            text = numa_modes[static_cast<std::size_t>(*mode)];
        line(session, param.field, text);
        json.set(param.field, text);
    }
    session.show_json(json);
}

// --- perf ---

void perf(Session& session, const Arguments& arguments) {
    const std::uint32_t flags = arguments.affect();
    const DomainRef domain = find_domain(session, arguments);
    TypedParams wanted;
    const auto add = [&](std::string_view option, bool on) {
        const auto list = arguments.text(option);
        if (!list) return;
        for (const std::string_view name : split(*list, ','))
            wanted.push_back({std::string(name), protocol::Boolean{on}});
    };
    add("enable", true);
    add("disable", false);
    TypedParams shown = wanted;
    if (wanted.empty()) {
        shown = explain("Unable to get perf events", [&] {
            return session.call(protocol::DomainGetPerfEventsArgs{domain, flags}).params;
        });
    } else {
        explain("Unable to enable/disable perf events",
                [&] { session.call(protocol::DomainSetPerfEventsArgs{domain, std::move(wanted), flags}); });
    }
    for (const TypedParam& param : shown) {
        const auto* on = std::get_if<protocol::Boolean>(&param.value);
        line(session, param.field, on != nullptr && on->value ? "enabled" : "disabled");
    }
    session.show_json(value_of(shown));
}

// --- cpu-stats ---

void show_times(Session& session, const TypedParams& params) {
    constexpr std::uint64_t ns_a_second = 1'000'000'000;
    for (const TypedParam& param : params) {
        const auto* ns = std::get_if<std::uint64_t>(&param.value);
        if (ns == nullptr) continue;
        session.print("\t{:<12} {:>9}.{:09} seconds\n", param.field, *ns / ns_a_second, *ns % ns_a_second);
    }
}

void cpu_stats(Session& session, const Arguments& arguments) {
    const auto start = arguments.number<int>("start");
    const auto count = arguments.number<int>("count");
    if (start.value_or(0) < 0) refuse("Invalid value for start CPU");
    if (count.value_or(0) < 0) refuse("Invalid value for number of CPUs to show");
    const bool total = arguments.has("total") || (!start && !count);
    const bool each = !arguments.has("total") || start || count;
    const DomainRef domain = find_domain(session, arguments);
    const std::string failed = fmt::format("Failed to retrieve CPU statistics for domain '{}'", domain.name);
    const auto ask = [&](std::uint32_t params, std::int32_t first, std::uint32_t cpus) {
        return explain(failed, [&] {
            return session.call(protocol::DomainGetCpuStatsArgs{domain, params, first, cpus, 0});
        });
    };
    Value json = Value::object();
    if (each) {
        const std::int32_t cpus = ask(0, 0, 0).nparams;
        const std::int32_t first = start.value_or(0);
        if (first >= cpus) refuse("Start CPU {} is out of range (min: 0, max: {})", first, cpus - 1);
        const std::int32_t shown = std::min(cpus - first, count.value_or(cpus));
        const std::int32_t params = ask(0, 0, 1).nparams;
        Value list = Value::list();
        for (std::int32_t cpu = first; cpu < first + shown && params > 0; ++cpu) {
            const TypedParams times = ask(static_cast<std::uint32_t>(params), cpu, 1).params;
            session.print("CPU{}:\n", cpu);
            show_times(session, times);
            list.add(value_of(times).set("cpu", cpu));
        }
        if (params == 0) session.print("No per-CPU stats available");
        json.set("cpus", std::move(list));
    }
    if (total) {
        const std::int32_t params = ask(0, -1, 1).nparams;
        session.print("Total:\n");
        if (params > 0) {
            const TypedParams times = ask(static_cast<std::uint32_t>(params), -1, 1).params;
            show_times(session, times);
            json.set("total", value_of(times));
        } else {
            session.print("\tNo total stats available\n");
        }
    }
    session.show_json(json);
}

std::vector<Option> blkiotune_options() {
    std::vector<Option> options{domain_option(), number("weight", "IO Weight")};
    for (const DeviceOption& each : device_options) options.push_back(text(each.option, each.help));
    for (const Option& option : {config_option(), live_option(), current_option()}) options.push_back(option);
    return options;
}

} // namespace

std::vector<Command> tuning_commands() {
    return {
        {"blkiotune", Group::domain, "Get or set blkio parameters",
         "Get or set the current blkio parameters for a guest domain.\n    To get the blkio parameters use "
         "following "
         "command: \n\n    virsh # blkiotune <domain>",
         blkiotune_options(), blkiotune},
        {"cpu-stats",
         Group::domain,
         "show domain cpu statistics",
         "Display per-CPU and total statistics about the domain's CPUs",
         {domain_option(Complete::running_domain), flag("total", "Show total statistics only"),
          number("start", "Show statistics from this CPU"), number("count", "Number of shown CPUs at most")},
         cpu_stats},
        {"memtune",
         Group::domain,
         "Get or set memory parameters",
         "Get or set the current memory parameters for a guest domain.\n    To get the memory parameters use "
         "following "
         "command: \n\n    virsh # memtune <domain>",
         {domain_option(), number("hard-limit", "Max memory, as scaled integer (default KiB)"),
          number("soft-limit", "Memory during contention, as scaled integer (default KiB)"),
          number("swap-hard-limit", "Max memory plus swap, as scaled integer (default KiB)"),
          number("min-guarantee", "Min guaranteed memory, as scaled integer (default KiB)"), config_option(),
          live_option(), current_option()},
         memtune},
        {"perf",
         Group::domain,
         "Get or set perf event",
         "Get or set the current perf events for a guest domain.\n    To get the perf events list use "
         "following "
         "command: \n\n    virsh # perf <domain>",
         {domain_option(), text("enable", "perf events which will be enabled"),
          text("disable", "perf events which will be disabled"), config_option(), live_option(),
          current_option()},
         perf},
        {"numatune",
         Group::domain,
         "Get or set numa parameters",
         "Get or set the current numa parameters for a guest domain.\n    To get the numa parameters use "
         "following "
         "command: \n\n    virsh # numatune <domain>",
         {domain_option(),
          text("mode", "NUMA mode, one of strict, preferred and interleave \nor a number from the "
                       "virDomainNumatuneMemMode enum"),
          text("nodeset", "NUMA node selections to set"), config_option(), live_option(), current_option()},
         numatune},
        {"schedinfo",
         Group::domain,
         "show/set scheduler parameters",
         "Show/Set scheduler parameters.",
         {domain_option(), number("weight", "weight for XEN_CREDIT").named_only(),
          number("cap", "cap for XEN_CREDIT").named_only(), flag("current", "get/set current scheduler info"),
          flag("config", "get/set value to be used on next boot"),
          flag("live", "get/set value from running domain"), rest("set", "parameter=value")},
         schedinfo},
    };
}

} // namespace yado::cli
