// SPDX-License-Identifier: Apache-2.0
// Limits and figures of single disks and interfaces; how fast a guest's memory changes.
#include "base/text.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/failure.h"
#include "cli/lookup.h"
#include "cli/params.h"
#include "cli/session.h"
#include "cli/table.h"
#include "protocol/constants.h"
#include "protocol/domain_calls.h"
#include "protocol/typed_params.h"

#include <algorithm>
#include <array>

namespace yado::cli {
namespace {

using protocol::DomainRef;
using protocol::TypedParam;
using protocol::TypedParams;

// --- blkdeviotune ---

struct RateOption {
    std::string_view option, help;
    bool scaled = false; ///< takes "10M"
};
constexpr std::array<RateOption, 19> rate_options{{
    {"total-bytes-sec", "total throughput limit, as scaled integer (default bytes)", true},
    {"read-bytes-sec", "read throughput limit, as scaled integer (default bytes)", true},
    {"write-bytes-sec", "write throughput limit, as scaled integer (default bytes)", true},
    {"total-iops-sec", "total I/O operations limit per second"},
    {"read-iops-sec", "read I/O operations limit per second"},
    {"write-iops-sec", "write I/O operations limit per second"},
    {"total-bytes-sec-max", "total max, as scaled integer (default bytes)", true},
    {"read-bytes-sec-max", "read max, as scaled integer (default bytes)", true},
    {"write-bytes-sec-max", "write max, as scaled integer (default bytes)", true},
    {"total-iops-sec-max", "total I/O operations max"},
    {"read-iops-sec-max", "read I/O operations max"},
    {"write-iops-sec-max", "write I/O operations max"},
    {"size-iops-sec", "I/O size in bytes"},
    {"total-bytes-sec-max-length", "duration in seconds to allow total max bytes"},
    {"read-bytes-sec-max-length", "duration in seconds to allow read max bytes"},
    {"write-bytes-sec-max-length", "duration in seconds to allow write max bytes"},
    {"total-iops-sec-max-length", "duration in seconds to allow total I/O operations max"},
    {"read-iops-sec-max-length", "duration in seconds to allow read I/O operations max"},
    {"write-iops-sec-max-length", "duration in seconds to allow write I/O operations max"},
}};
constexpr std::size_t group_place = 13; ///< of --group-name among them

std::string field_of(std::string_view option) {
    std::string field(option);
    std::ranges::replace(field, '-', '_');
    return field;
}

void blkdeviotune(Session& session, const Arguments& arguments) {
    const std::uint32_t flags = arguments.affect();
    const DomainRef domain = find_domain(session, arguments);
    const std::string device = arguments.required("device");
    TypedParams wanted;
    for (const RateOption& each : rate_options) {
        const auto value =
            each.scaled ? arguments.scaled(each.option, 1) : arguments.number<std::uint64_t>(each.option);
        if (value) wanted.push_back({field_of(each.option), *value});
    }
    if (auto group = arguments.text("group-name")) wanted.push_back({"group_name", std::move(*group)});
    if (!wanted.empty()) {
        explain("Unable to change block I/O throttle", [&] {
            session.call(protocol::DomainSetBlockIoTuneArgs{domain, device, std::move(wanted), flags});
        });
        return;
    }
    const TypedParams params = explain("Unable to get block I/O throttle parameters", [&] {
        return fetch_params(
            session, protocol::DomainGetBlockIoTuneArgs{domain, device, 0, flags | strings_flag(session)});
    });
    for (const TypedParam& param : params) session.print("{:<15}: {}\n", param.field, text_of(param.value));
    session.show_json(value_of(params));
}

// --- domiftune ---

constexpr std::array<std::string_view, 4> rate_names{"average", "peak", "burst", "floor"};

/// "average,peak,burst,floor", of which the last ones may be missing or empty.
TypedParams rates_in(const std::string& text, std::string_view direction) {
    const std::size_t most = direction == "inbound" ? rate_names.size() : rate_names.size() - 1;
    std::array<std::uint32_t, rate_names.size()> rates{};
    const auto parts = split(text, ',');
    if (parts.size() > most) refuse("Rate string '{}' has too many fields", text);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts[i].empty() && i > 0) continue;
        const auto rate = parse_number<std::uint32_t>(parts[i]);
        if (!rate) refuse("field '{}' is malformed", rate_names[i]);
        rates[i] = *rate;
    }
    const bool more = rates[1] != 0 || rates[2] != 0;
    if (rates[0] == 0 && rates[3] == 0 && more) {
        if (direction == "inbound") refuse("either inbound average or floor is mandatory");
        refuse("outbound average is mandatory");
    }
    TypedParams params;
    for (std::size_t i = 0; i < most; ++i)
        if (i == 0 || rates[i] != 0)
            params.push_back({fmt::format("{}.{}", direction, rate_names[i]), rates[i]});
    return params;
}

void domiftune(Session& session, const Arguments& arguments) {
    const std::uint32_t flags = arguments.affect();
    const DomainRef domain = find_domain(session, arguments);
    const std::string device = arguments.required("interface");
    TypedParams wanted;
    for (const char* direction : {"inbound", "outbound"}) {
        const auto text = arguments.text(direction);
        if (!text) continue;
        for (TypedParam& param : rates_in(*text, direction)) wanted.push_back(std::move(param));
    }
    if (!wanted.empty()) {
        explain("Unable to set interface parameters", [&] {
            session.call(
                protocol::DomainSetInterfaceParametersArgs{domain, device, std::move(wanted), flags});
        });
        return;
    }
    const TypedParams params = explain("Unable to get interface parameters", [&] {
        return fetch_params(session, protocol::DomainGetInterfaceParametersArgs{domain, device, 0, flags});
    });
    for (const TypedParam& param : params) session.print("{:<15}: {}\n", param.field, text_of(param.value));
    session.show_json(value_of(params));
}

void domifstat(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    const std::string device = arguments.required("interface");
    const auto stats = explain(fmt::format("Failed to get interface stats {} {}", domain.name, device), [&] {
        return session.call(protocol::DomainInterfaceStatsArgs{domain, device});
    });
    const std::pair<std::string_view, std::int64_t> rows[] = {
        {"rx_bytes", stats.rx_bytes}, {"rx_packets", stats.rx_packets}, {"rx_errs", stats.rx_errs},
        {"rx_drop", stats.rx_drop},   {"tx_bytes", stats.tx_bytes},     {"tx_packets", stats.tx_packets},
        {"tx_errs", stats.tx_errs},   {"tx_drop", stats.tx_drop}};
    Value json = Value::object();
    for (const auto& [name, value] : rows) {
        if (value < 0) continue; // not known
        session.print("{} {} {}\n", device, name, value);
        json.set(std::string(name), value);
    }
    session.show_json(json);
}

// --- disks ---

void domblkerror(Session& session, const Arguments& arguments) {
    constexpr std::string_view words[] = {"no error", "unspecified error", "no space"};
    const DomainRef domain = find_domain(session, arguments);
    const std::int32_t disks = session.call(protocol::DomainGetDiskErrorsArgs{domain, 0, 0}).nerrors;
    protocol::DomainGetDiskErrorsResult answer;
    if (disks > 0)
        answer =
            session.call(protocol::DomainGetDiskErrorsArgs{domain, static_cast<std::uint32_t>(disks), 0});
    if (answer.errors.empty()) session.print("No errors found\n");
    Value json = Value::list();
    for (const auto& each : answer.errors) {
        const bool known = each.error >= 0 && static_cast<std::size_t>(each.error) < std::size(words);
        const std::string_view word = known ? words[each.error] : "unknown error";
        session.print("{}: {}\n", each.disk, word);
        json.add(Value::object().set("target", each.disk).set("error", word));
    }
    session.show_json(json);
}

void blockresize(Session& session, const Arguments& arguments) {
    constexpr std::uint64_t kib = 1024;
    const DomainRef domain = find_domain(session, arguments);
    const std::string path = arguments.required("path");
    std::uint64_t size = arguments.scaled("size", kib).value_or(0);
    std::uint32_t flags = 0;
    if (size % kib == 0) size /= kib; // what every daemon understands
    else flags = protocol::DomainBlockResizeFlags::bytes;
    explain(fmt::format("Failed to resize block device '{}'", path),
            [&] { session.call(protocol::DomainBlockResizeArgs{domain, path, size, flags}); });
    session.print("Block device '{}' is resized", path);
    session.show_json(Value::object().set("message", fmt::format("Block device '{}' is resized", path)));
}

void domblkthreshold(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    const std::uint64_t threshold = arguments.scaled("threshold", 1).value_or(0);
    session.call(protocol::DomainSetBlockThresholdArgs{domain, arguments.required("dev"), threshold, 0});
}

// --- dirty rate ---

void domdirtyrate_calc(Session& session, const Arguments& arguments) {
    constexpr std::array<std::string_view, 3> modes{"page-sampling", "dirty-bitmap", "dirty-ring"};
    const DomainRef domain = find_domain(session, arguments);
    const int seconds = arguments.number<int>("seconds").value_or(1);
    std::uint32_t flags = 0;
    if (const auto mode = arguments.text("mode")) {
        const auto found = std::ranges::find(modes, *mode);
        if (found == modes.end()) refuse("Unknown calculation mode '{}'", *mode);
        flags = static_cast<std::uint32_t>(found - modes.begin()); // the numbers of the flags
    }
    session.call(protocol::DomainStartDirtyRateCalcArgs{domain, seconds, flags});
    session.print("Start to calculate domain's memory dirty rate successfully.\n");
    session.show_json(
        Value::object().set("message", "Start to calculate domain's memory dirty rate successfully."));
}

std::vector<Option> blkdeviotune_options() {
    std::vector<Option> options{domain_option(), positional("device", "block device")};
    for (std::size_t i = 0; i < rate_options.size(); ++i) {
        if (i == group_place)
            options.push_back(text("group-name", "group name to share I/O quota between multiple drives"));
        options.push_back(number(rate_options[i].option, rate_options[i].help));
    }
    for (const Option& option : {config_option(), live_option(), current_option()}) options.push_back(option);
    return options;
}

} // namespace

std::vector<Command> device_limits_commands() {
    return {
        {"blkdeviotune", Group::domain, "Set or query a block device I/O tuning parameters.",
         "Set or query disk I/O parameters such as block throttling.", blkdeviotune_options(), blkdeviotune},
        {"blockresize",
         Group::domain,
         "Resize block device of domain.",
         "Resize block device of domain.",
         {domain_option(Complete::running_domain), positional("path", "Fully-qualified path of block device"),
          positional_number("size", "New size of the block device, as scaled integer (default KiB)")},
         blockresize},
        {"domblkthreshold",
         Group::domain,
         "set the threshold for block-threshold event for a given block device or it's backing chain element",
         "set threshold for block-threshold event for a block device",
         {domain_option(Complete::running_domain), positional("dev", "device to set threshold for"),
          positional_number("threshold", "threshold as a scaled number (by default bytes)")},
         domblkthreshold},
        {"domdirtyrate-calc",
         Group::domain,
         "Calculate a vm's memory dirty rate",
         "Calculate memory dirty rate of a domain in order to decide whether it's proper to be migrated out "
         "or not.\n"
         "The calculated dirty rate information is available by calling 'domstats --dirtyrate'.",
         {domain_option(Complete::running_domain),
          number("seconds",
                 "calculate memory dirty rate within specified seconds, the supported value range from 1 "
                 "to 60, default to 1."),
          text("mode",
               "dirty page rate calculation mode, either of these 3 options 'page-sampling, dirty-bitmap, "
               "dirty-ring' can be specified.")},
         domdirtyrate_calc},
        {"domiftune",
         Group::domain,
         "get/set parameters of a virtual interface",
         "Get/set parameters of a domain's virtual interface.",
         {domain_option(), positional("interface", "interface device (MAC Address)"),
          text("inbound", "control domain's incoming traffics"),
          text("outbound", "control domain's outgoing traffics"), config_option(), live_option(),
          current_option()},
         domiftune},
        {"domblkerror",
         Group::monitor,
         "Show errors on block devices",
         "Show block device errors",
         {domain_option(Complete::running_domain)},
         domblkerror},
        {"domifstat",
         Group::monitor,
         "get network interface stats for a domain",
         "Get network interface stats for a running domain.",
         {domain_option(Complete::running_domain),
          positional("interface", "interface device specified by name or MAC Address")},
         domifstat},
    };
}

} // namespace yado::cli
