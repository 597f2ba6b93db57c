// SPDX-License-Identifier: Apache-2.0
// How far a domain's job is: saving, dumping, migrating.
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/failure.h"
#include "cli/lookup.h"
#include "cli/params.h"
#include "cli/session.h"
#include "protocol/constants.h"
#include "protocol/domain_calls.h"
#include "protocol/typed_params.h"

#include <algorithm>
#include <array>

namespace yado::cli {
namespace {

using protocol::DomainRef;
namespace Type = protocol::DomainJobType;

enum class Unit : std::uint8_t {
    bytes,
    bytes_per_second,
    milliseconds,
    pages_per_second,
    raw_bytes,
    count,
    percent,
    words
};
struct Line {
    std::string_view field;
    std::string_view title;
    Unit unit;
    std::string_view shown_with =
        {}; ///< a group of three, shown when one of them is not 0; named by its first
};
/// In the order in which they are shown.
constexpr Line lines[] = {
    {"data_processed", "Data processed:", Unit::bytes, "data"},
    {"data_remaining", "Data remaining:", Unit::bytes, "data"},
    {"data_total", "Data total:", Unit::bytes, "data"},
    {"memory_processed", "Memory processed:", Unit::bytes, "memory"},
    {"memory_remaining", "Memory remaining:", Unit::bytes, "memory"},
    {"memory_total", "Memory total:", Unit::bytes, "memory"},
    {"memory_bps", "Memory bandwidth:", Unit::bytes_per_second, "memory"},
    {"memory_dirty_rate", "Dirty rate:", Unit::pages_per_second, "memory"},
    {"memory_page_size", "Page size:", Unit::raw_bytes, "memory"},
    {"memory_iteration", "Iteration:", Unit::count, "memory"},
    {"memory_postcopy_requests", "Postcopy requests:", Unit::count, "memory"},
    {"disk_processed", "File processed:", Unit::bytes, "disk"},
    {"disk_remaining", "File remaining:", Unit::bytes, "disk"},
    {"disk_total", "File total:", Unit::bytes, "disk"},
    {"disk_bps", "File bandwidth:", Unit::bytes_per_second, "disk"},
    {"memory_constant", "Constant pages:", Unit::count},
    {"memory_normal", "Normal pages:", Unit::count},
    {"memory_normal_bytes", "Normal data:", Unit::bytes},
    {"downtime", "", Unit::milliseconds}, // its title depends on the job's state
    {"downtime_net", "Downtime w/o network:", Unit::milliseconds},
    {"setup_time", "Setup time:", Unit::milliseconds},
    {"compression_cache", "Compression cache:", Unit::bytes},
    {"compression_bytes", "Compressed data:", Unit::bytes},
    {"compression_pages", "Compressed pages:", Unit::count},
    {"compression_cache_misses", "Compression cache misses:", Unit::count},
    {"compression_overflow", "Compression overflows:", Unit::count},
    {"auto_converge_throttle", "Auto converge throttle:", Unit::percent},
    {"disk_temp_used", "Temporary disk space use:", Unit::bytes},
    {"disk_temp_total", "Temporary disk space total:", Unit::bytes},
    {"errmsg", "Error message:", Unit::words},
};

std::string_view type_word(std::int32_t type) {
    static constexpr std::array<std::string_view, 6> words{"None",      "Bounded", "Unbounded",
                                                           "Completed", "Failed",  "Cancelled"};
    return type < 0 || static_cast<std::size_t>(type) >= words.size() ? "unknown"
                                                                      : words[static_cast<std::size_t>(type)];
}

std::string_view operation_word(std::int32_t operation) {
    static constexpr std::array<std::string_view, 11> words{
        "Unknown",  "Start",           "Save", "Restore", "Incoming migration", "Outgoing migration",
        "Snapshot", "Snapshot revert", "Dump", "Backup",  "Snapshot delete"};
    return operation < 0 || static_cast<std::size_t>(operation) >= words.size()
               ? "unknown"
               : words[static_cast<std::size_t>(operation)];
}

std::uint64_t number_of(const protocol::TypedValue& value) {
    return std::visit(
        []<class T>(const T& one) -> std::uint64_t {
            if constexpr (std::is_arithmetic_v<T>) return static_cast<std::uint64_t>(one);
            else return 0;
        },
        value);
}

/// "1.500 GiB"
std::string amount(std::uint64_t bytes) {
    static constexpr std::array<std::string_view, 7> units{"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    double value = static_cast<double>(bytes);
    std::size_t unit = 0;
    for (; value >= 1024 && unit + 1 < units.size(); ++unit) value /= 1024;
    return fmt::format("{:.3f} {}", value, units[unit]);
}

std::string value_text(const protocol::TypedValue& value, Unit unit) {
    const std::uint64_t number = number_of(value);
    switch (unit) {
    case Unit::bytes: return amount(number);
    case Unit::bytes_per_second: return amount(number) + "/s";
    case Unit::milliseconds: return fmt::format("{:<12} ms", number);
    case Unit::pages_per_second: return fmt::format("{:<12} pages/s", number);
    case Unit::raw_bytes: return fmt::format("{:<12} bytes", number);
    case Unit::count:
    case Unit::percent: return fmt::format("{:<12}", number);
    case Unit::words: return text_of(value);
    }
    return {};
}

std::uint64_t number_in(const protocol::TypedParams& params, std::string_view field) {
    const auto* value = protocol::find(params, field);
    return value == nullptr ? 0 : number_of(*value);
}

void show_stats(Session& session, std::int32_t type, const protocol::TypedParams& params) {
    const auto line = [&session](std::string_view title, std::string_view text) {
        session.print("{:<17} {}\n", title, text);
    };
    if (const auto* operation = protocol::find(params, "operation"))
        line("Operation:",
             fmt::format("{:<12}", operation_word(static_cast<std::int32_t>(number_of(*operation)))));
    line("Time elapsed:", fmt::format("{:<12} ms", number_in(params, "time_elapsed")));
    if (const auto* net = protocol::find(params, "time_elapsed_net"))
        line("Time elapsed w/o network:", value_text(*net, Unit::milliseconds));
    if (type == Type::bounded)
        line("Time remaining:", fmt::format("{:<12} ms", number_in(params, "time_remaining")));
    for (const Line& known : lines) {
        const auto* value = protocol::find(params, known.field);
        const auto part = [&](std::string_view name) {
            return number_in(params, fmt::format("{}_{}", known.shown_with, name)) != 0;
        };
        const bool idle_group =
            !known.shown_with.empty() && !part("total") && !part("processed") && !part("remaining");
        if (value == nullptr || idle_group) continue;
        const std::string_view title = !known.title.empty()      ? known.title
                                       : type == Type::completed ? "Total downtime:"
                                                                 : "Expected downtime:";
        line(title, value_text(*value, known.unit));
    }
}

/// What daemons before typed parameters tell.
protocol::DomainGetJobStatsResult old_stats(Session& session, const DomainRef& domain) {
    const auto info = session.call(protocol::DomainGetJobInfoArgs{domain});
    protocol::ParamsBuilder params;
    params.u64("time_elapsed", info.timeElapsed).u64("time_remaining", info.timeRemaining);
    params.u64("data_total", info.dataTotal).u64("data_processed", info.dataProcessed);
    params.u64("data_remaining", info.dataRemaining).u64("memory_total", info.memTotal);
    params.u64("memory_processed", info.memProcessed).u64("memory_remaining", info.memRemaining);
    params.u64("disk_total", info.fileTotal).u64("disk_processed", info.fileProcessed);
    params.u64("disk_remaining", info.fileRemaining);
    return {info.type, params.take()};
}

protocol::DomainGetJobStatsResult job_stats(Session& session, const DomainRef& domain,
                                            const Arguments& arguments) {
    namespace Bits = protocol::DomainGetJobStatsFlags;
    const std::uint32_t flags =
        arguments.flags({{"completed", Bits::completed}, {"keep-completed", Bits::keep_completed}});
    try {
        return session.call(protocol::DomainGetJobStatsArgs{domain, flags});
    } catch (const Error& error) {
        if (error.code() != Code::no_support) throw;
        if (flags != 0 || arguments.has("rawstats"))
            throw Failure({"Optional flags or --rawstats are not supported by the daemon", error.message()});
    }
    return old_stats(session, domain);
}

void domjobinfo(Session& session, const Arguments& arguments) {
    arguments.requires_option("keep-completed", "completed");
    const DomainRef domain = find_domain(session, arguments);
    const auto stats = job_stats(session, domain, arguments);
    session.show_json(
        Value::object().set("type", type_word(stats.type)).set("stats", value_of(stats.params)));
    if (arguments.has("rawstats")) {
        session.print("Job type: {}\n\n", stats.type);
        for (const auto& param : stats.params) session.print("{}: {}\n", param.field, text_of(param.value));
        return;
    }
    session.print("{:<17} {:<12}\n", "Job type:", type_word(stats.type));
    const bool usual =
        stats.type == Type::bounded || stats.type == Type::unbounded || stats.type == Type::completed;
    if (usual || (arguments.has("anystats") && stats.type != Type::none))
        show_stats(session, stats.type, stats.params);
}

void domjobabort(Session& session, const Arguments& arguments) {
    session.call(protocol::DomainAbortJobArgs{find_domain(session, arguments)});
}

} // namespace

std::vector<Command> job_commands() {
    return {
        {"domjobabort",
         Group::domain,
         "abort active domain job",
         "Aborts the currently running domain job",
         {domain_option(Complete::running_domain)},
         domjobabort},
        {"domjobinfo",
         Group::domain,
         "domain job information",
         "Returns information about jobs running on a domain.",
         {domain_option(Complete::running_domain),
          flag("completed", "return statistics of a recently completed job"),
          flag("keep-completed", "don't destroy statistics of a recently completed job when reading"),
          flag("anystats", "print statistics for any kind of job (even failed ones)"),
          flag("rawstats", "print the raw data returned by libvirt")},
         domjobinfo},
    };
}

} // namespace yado::cli
