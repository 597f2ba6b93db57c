// SPDX-License-Identifier: Apache-2.0
// Numbers about running domains, and their clock.
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/failure.h"
#include "cli/lookup.h"
#include "cli/params.h"
#include "cli/session.h"
#include "cli/table.h"
#include "protocol/connect_calls.h"
#include "protocol/constants.h"
#include "protocol/domain_calls.h"
#include "protocol/typed_params.h"

#include <array>
#include <ctime>

namespace yado::cli {
namespace {

struct BlockField {
    std::string_view field; ///< on the wire
    std::string_view word;
    std::string_view meaning;
};
constexpr std::array<BlockField, 9> block_fields{{
    {"rd_operations", "rd_req", "number of read operations:"},
    {"rd_bytes", "rd_bytes", "number of bytes read:"},
    {"wr_operations", "wr_req", "number of write operations:"},
    {"wr_bytes", "wr_bytes", "number of bytes written:"},
    {"errs", "errs", "error count:"},
    {"flush_operations", "flush_operations", "number of flush operations:"},
    {"rd_total_times", "rd_total_times", "total duration of reads (ns):"},
    {"wr_total_times", "wr_total_times", "total duration of writes (ns):"},
    {"flush_total_times", "flush_total_times", "total duration of flushes (ns):"},
}};

void domblkstat(Session& session, const Arguments& arguments) {
    const auto domain = find_domain(session, arguments);
    const std::string device = arguments.text("device").value_or("");
    const bool human = arguments.has("human");
    const auto params =
        fetch_params(session, protocol::DomainBlockStatsFlagsArgs{domain, device, 0, strings_flag(session)});
    if (session.json()) {
        session.show_json(value_of(params));
        return;
    }
    if (human) session.print("Device: {}\n", device);
    const auto line = [&](std::string_view word, std::string_view meaning,
                          const protocol::TypedValue& value) {
        if (human) session.print(" {:<31} {}\n", meaning, text_of(value));
        else session.print("{} {} {}\n", device, word, text_of(value));
    };
    for (const BlockField& known : block_fields)
        if (const auto* value = protocol::find(params, known.field)) line(known.word, known.meaning, *value);
    for (const auto& param : params)
        if (std::ranges::find(block_fields, param.field, &BlockField::field) == block_fields.end())
            line(param.field, param.field, param.value);
}

void dommemstat(Session& session, const Arguments& arguments) {
    static constexpr std::array<std::string_view, 13> words{
        "swap_in", "swap_out", "major_fault", "minor_fault", "unused",          "available",     "actual",
        "rss",     "usable",   "last_update", "disk_caches", "hugetlb_pgalloc", "hugetlb_pgfail"};
    const std::uint32_t flags = arguments.affect();
    const auto domain = find_domain(session, arguments);
    if (const auto period = arguments.number<int>("period")) {
        if (*period < 0) refuse("Invalid collection period value '{}'", *period);
        explain("Unable to change balloon collection period.",
                [&] { session.call(protocol::DomainSetMemoryStatsPeriodArgs{domain, *period, flags}); });
        return;
    }
    const auto answer =
        explain(fmt::format("Failed to get memory statistics for domain {}", domain.name), [&] {
            return session.call(
                protocol::DomainMemoryStatsArgs{domain, protocol::DomainMemoryStatTags::nr, 0});
        });
    Value json = Value::object();
    for (const auto& stat : answer.stats) {
        if (stat.tag < 0 || static_cast<std::size_t>(stat.tag) >= words.size()) continue;
        const auto word = words[static_cast<std::size_t>(stat.tag)];
        json.set(std::string(word), stat.val);
        session.print("{} {}\n", word, stat.val);
    }
    session.show_json(json);
}

void domtime(Session& session, const Arguments& arguments) {
    arguments.exclusive("time", "now");
    arguments.exclusive("time", "sync");
    arguments.exclusive("now", "sync");
    const auto domain = find_domain(session, arguments);
    const auto given = arguments.number<std::int64_t>("time");
    if (given || arguments.has("now") || arguments.has("sync")) {
        const std::int64_t seconds = given                  ? *given
                                     : arguments.has("now") ? std::int64_t{std::time(nullptr)}
                                                            : 0;
        session.call(protocol::DomainSetTimeArgs{
            domain, seconds, 0, arguments.has("sync") ? protocol::DomainSetTimeFlags::sync : 0U});
        return;
    }
    const auto time = session.call(protocol::DomainGetTimeArgs{domain});
    session.show_json(Value::object().set("seconds", time.seconds).set("nanoseconds", time.nseconds));
    if (!arguments.has("pretty")) {
        session.print("Time: {}\n", time.seconds);
        return;
    }
    const std::time_t seconds = time.seconds;
    std::tm parts{};
    ::localtime_r(&seconds, &parts);
    char text[64];
    std::strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S", &parts);
    session.print("Time: {}\n", text);
}

void domstats(Session& session, const Arguments& arguments) {
    namespace Kind = protocol::DomainStatsTypes;
    namespace Which = protocol::ConnectGetAllDomainStatsFlags;
    const std::uint32_t kinds = arguments.flags({{"state", Kind::state},
                                                 {"cpu-total", Kind::cpu_total},
                                                 {"balloon", Kind::balloon},
                                                 {"vcpu", Kind::vcpu},
                                                 {"interface", Kind::interface},
                                                 {"block", Kind::block},
                                                 {"perf", Kind::perf},
                                                 {"iothread", Kind::iothread},
                                                 {"memory", Kind::memory},
                                                 {"dirtyrate", Kind::dirtyrate},
                                                 {"vm", Kind::vm}});
    const std::uint32_t which = arguments.flags({{"list-active", Which::active},
                                                 {"list-inactive", Which::inactive},
                                                 {"list-persistent", Which::persistent},
                                                 {"list-transient", Which::transient},
                                                 {"list-running", Which::running},
                                                 {"list-paused", Which::paused},
                                                 {"list-shutoff", Which::shutoff},
                                                 {"list-other", Which::other},
                                                 {"enforce", Which::enforce_stats},
                                                 {"backing", Which::backing},
                                                 {"nowait", Which::nowait}});
    protocol::ConnectGetAllDomainStatsArgs args{{}, kinds, which};
    for (const std::string& word : arguments.rest("domain")) args.doms.push_back(find_domain(session, word));
    const auto answer = session.call(args);
    Value json = Value::list();
    bool first = true;
    for (const auto& record : answer.retStats) {
        session.print("{}Domain: '{}'\n", first ? "" : "\n", record.dom.name);
        first = false;
        for (const auto& param : record.params) session.print("  {}={}\n", param.field, text_of(param.value));
        json.add(Value::object()
                     .set("name", record.dom.name)
                     .set("uuid", record.dom.uuid.text())
                     .set("stats", value_of(record.params)));
    }
    session.show_json(json);
}

Option domain_words() {
    Option option = rest("domain", "list of domains to get stats for").completes(Complete::domain);
    option.hidden_name = true;
    return option;
}

} // namespace

std::vector<Command> statistics_commands() {
    return {
        {"domblkstat",
         Group::monitor,
         "get device block stats for a domain",
         "Get device block stats for a running domain. See man page or use --human for explanation of fields",
         {domain_option(Complete::running_domain), text("device", "block device").allow_empty(),
          flag("human", "print a more human readable output")},
         domblkstat},
        {"dommemstat",
         Group::monitor,
         "get memory statistics for a domain",
         "Get memory statistics for a running domain.",
         {domain_option(Complete::running_domain),
          number("period", "period in seconds to set collection").named_only(), config_option(),
          live_option(), current_option()},
         dommemstat},
        {"domstats",
         Group::monitor,
         "get statistics about one or multiple domains",
         "Gets statistics about one or more (or all) domains",
         {flag("state", "report domain state"),
          flag("cpu-total", "report domain physical cpu usage"),
          flag("balloon", "report domain balloon statistics"),
          flag("vcpu", "report domain virtual cpu information"),
          flag("interface", "report domain network interface information"),
          flag("block", "report domain block device statistics"),
          flag("perf", "report domain perf event statistics"),
          flag("iothread", "report domain IOThread information"),
          flag("memory", "report domain memory usage"),
          flag("dirtyrate", "report domain dirty rate information"),
          flag("vm", "report hypervisor-specific statistics"),
          flag("list-active", "list only active domains"),
          flag("list-inactive", "list only inactive domains"),
          flag("list-persistent", "list only persistent domains"),
          flag("list-transient", "list only transient domains"),
          flag("list-running", "list only running domains"),
          flag("list-paused", "list only paused domains"),
          flag("list-shutoff", "list only shutoff domains"),
          flag("list-other", "list only domains in other states"),
          flag("raw", "do not pretty-print the fields"),
          flag("enforce", "enforce requested stats parameters"),
          flag("backing", "add backing chain information to block stats"),
          flag("nowait", "report only stats that are accessible instantly"),
          domain_words()},
         domstats},
        {"domtime",
         Group::monitor,
         "domain time",
         "Gets or sets the domain's system time",
         {domain_option(Complete::running_domain),
          flag("now", "set to the time of the host running this program"),
          flag("pretty", "print domain's time in human readable form"),
          flag("sync", "instead of setting given time, synchronize from domain's RTC"),
          number("time", "time to set")},
         domtime},
    };
}

} // namespace yado::cli
