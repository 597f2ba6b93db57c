// SPDX-License-Identifier: Apache-2.0
// Where a domain's threads run, and its I/O threads.
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/cpu_lists.h"
#include "cli/failure.h"
#include "cli/host_words.h"
#include "cli/lookup.h"
#include "cli/session.h"
#include "cli/table.h"
#include "protocol/constants.h"
#include "protocol/domain_calls.h"

#include <limits>
#include <span>

namespace yado::cli {
namespace {

using protocol::DomainRef;
namespace Affect = protocol::DomainModificationImpact;
using Map = std::span<const std::uint8_t>;

struct Pins {
    protocol::Blob maps;
    unsigned count = 0, length = 0, cpus = 0;
    Map of(unsigned vcpu) const { return Map(maps).subspan(std::size_t{vcpu} * length, length); }
};

Pins vcpu_pins(Session& session, const DomainRef& domain, std::uint32_t flags, unsigned vcpus) {
    Pins pins;
    pins.cpus = host_cpus(session);
    pins.length = (pins.cpus + 7) / 8;
    auto answer = session.call(protocol::DomainGetVcpuPinInfoArgs{
        domain, static_cast<std::int32_t>(vcpus), static_cast<std::int32_t>(pins.length), flags});
    pins.count = static_cast<unsigned>(answer.num);
    pins.maps = std::move(answer.cpumaps);
    if (pins.maps.size() < std::size_t{pins.count} * pins.length) refuse("the daemon's answer is too short");
    return pins;
}

std::string affinity_text(Map map, unsigned cpus, bool pretty) {
    return pretty ? fmt::format("{} (out of {})", ranges_text(map, cpus), cpus) : marks_text(map, cpus);
}

std::string_view state_word(std::int32_t state) {
    constexpr std::string_view words[] = {"offline", "running", "blocked"};
    return state >= 0 && static_cast<std::size_t>(state) < std::size(words) ? words[state] : "no state";
}

void vcpuinfo(Session& session, const Arguments& arguments) {
    const bool pretty = arguments.has("pretty");
    const DomainRef domain = find_domain(session, arguments);
    const auto info = session.call(protocol::DomainGetInfoArgs{domain});
    const unsigned cpus = host_cpus(session), length = (cpus + 7) / 8;
    Value json = Value::list();
    if (domain_state(session, domain).state == protocol::DomainState::shutoff) {
        // what is known of one that does not run: where its vCPUs will be
        const Pins pins = vcpu_pins(session, domain, Affect::config, info.nrVirtCpu);
        for (unsigned n = 0; n < pins.count; ++n) {
            session.print("{}{:<15} {}\n{:<15} N/A\n{:<15} N/A\n{:<15} N/A\n{:<15} {}\n", n == 0 ? "" : "\n",
                          "VCPU:", n, "CPU:", "State:", "CPU time",
                          "CPU Affinity:", affinity_text(pins.of(n), cpus, pretty));
            json.add(Value::object()
                         .set("vcpu", n)
                         .set("cpu", Value())
                         .set("affinity", ranges_text(pins.of(n), cpus)));
        }
        session.show_json(json);
        return;
    }
    const auto answer = session.call(protocol::DomainGetVcpusArgs{
        domain, static_cast<std::int32_t>(info.nrVirtCpu), static_cast<std::int32_t>(length)});
    for (std::size_t n = 0; n < answer.info.size(); ++n) {
        const auto& vcpu = answer.info[n];
        session.print("{}{:<15} {}\n{:<15} {}\n{:<15} {}\n", n == 0 ? "" : "\n", "VCPU:", vcpu.number,
                      "CPU:", vcpu.cpu, "State:", state_word(vcpu.state));
        constexpr double ns_a_second = 1e9;
        if (vcpu.cpu_time != 0)
            session.print("{:<15} {:.1f}s\n", "CPU time:", static_cast<double>(vcpu.cpu_time) / ns_a_second);
        Map map;
        if (answer.cpumaps.size() >= (n + 1) * length) map = Map(answer.cpumaps).subspan(n * length, length);
        session.print("{:<15} {}\n", "CPU Affinity:", affinity_text(map, cpus, pretty));
        json.add(Value::object()
                     .set("vcpu", vcpu.number)
                     .set("cpu", vcpu.cpu)
                     .set("state", state_word(vcpu.state))
                     .set("cpu_time_ns", vcpu.cpu_time)
                     .set("affinity", ranges_text(map, cpus)));
    }
    session.show_json(json);
}

void vcpupin(Session& session, const Arguments& arguments) {
    const auto list = arguments.text("cpulist");
    const std::uint32_t flags = arguments.affect();
    const auto vcpu = arguments.number<unsigned>("vcpu");
    if (!list) arguments.exclusive("live", "config");
    else if (!vcpu) refuse("vcpupin: Missing vCPU number in pin mode.");
    const DomainRef domain = find_domain(session, arguments);
    if (!list) {
        const std::uint32_t which = protocol::DomainVcpuFlags::maximum | flags;
        const auto count = session.call(protocol::DomainGetVcpusFlagsArgs{domain, which}).num;
        if (vcpu && std::cmp_greater_equal(*vcpu, count)) {
            const bool live = (flags & Affect::live) != 0 ||
                              ((flags & Affect::config) == 0 &&
                               session.call(protocol::DomainIsActiveArgs{domain}).active > 0);
            refuse("vcpu {} is out of range of {} cpu count {}", *vcpu, live ? "live" : "persistent", count);
        }
        const Pins pins = vcpu_pins(session, domain, flags, static_cast<unsigned>(count));
        Table table({{"VCPU", "vcpu"}, {"CPU Affinity", "affinity"}});
        for (unsigned n = 0; n < pins.count; ++n)
            if (!vcpu || *vcpu == n) table.add({n, ranges_text(pins.of(n), pins.cpus)});
        session.show(table);
        return;
    }
    protocol::Blob map = cpu_map(*list, host_cpus(session));
    if (flags == 0 && !arguments.has("current"))
        session.call(protocol::DomainPinVcpuArgs{domain, *vcpu, std::move(map)});
    else session.call(protocol::DomainPinVcpuFlagsArgs{domain, *vcpu, std::move(map), flags});
}

void emulatorpin(Session& session, const Arguments& arguments) {
    const auto list = arguments.text("cpulist");
    std::uint32_t flags = arguments.affect();
    const DomainRef domain = find_domain(session, arguments);
    const unsigned cpus = host_cpus(session);
    if (list) {
        if (flags == 0 && !arguments.has("current")) flags = Affect::live;
        session.call(protocol::DomainPinEmulatorArgs{domain, cpu_map(*list, cpus), flags});
        return;
    }
    const auto answer = session.call(
        protocol::DomainGetEmulatorPinInfoArgs{domain, static_cast<std::int32_t>((cpus + 7) / 8), flags});
    const std::string affinity = ranges_text(answer.cpumaps, cpus);
    session.print("emulator: CPU Affinity\n----------------------------------\n       *: {}\n", affinity);
    session.show_json(Value::object().set("affinity", affinity));
}

void iothreadinfo(Session& session, const Arguments& arguments) {
    const std::uint32_t flags = arguments.affect();
    const DomainRef domain = find_domain(session, arguments);
    const auto answer = explain("Unable to get domain IOThreads information", [&] {
        return session.call(protocol::DomainGetIothreadInfoArgs{domain, flags});
    });
    if (answer.info.empty() && !session.json()) {
        session.print("No IOThreads found for the domain\n");
        return;
    }
    const unsigned cpus = host_cpus(session);
    Table table({{"IOThread ID", "id"}, {"CPU Affinity", "affinity"}});
    for (const auto& each : answer.info) table.add({each.iothread_id, ranges_text(each.cpumap, cpus)});
    session.show(table);
}

void iothreadpin(Session& session, const Arguments& arguments) {
    const std::uint32_t flags = arguments.affect();
    const DomainRef domain = find_domain(session, arguments);
    const unsigned id = arguments.number<unsigned>("iothread").value_or(0);
    protocol::Blob map = cpu_map(arguments.required("cpulist"), host_cpus(session));
    session.call(protocol::DomainPinIothreadArgs{domain, id, std::move(map), flags});
}

unsigned thread_id(const Arguments& arguments) {
    const int id = arguments.number<int>("id").value_or(0);
    if (id <= 0) refuse("Invalid IOThread id value: '{}'", id);
    return static_cast<unsigned>(id);
}

void iothreadadd(Session& session, const Arguments& arguments) {
    const std::uint32_t flags = arguments.affect();
    const DomainRef domain = find_domain(session, arguments);
    session.call(protocol::DomainAddIothreadArgs{domain, thread_id(arguments), flags});
}

void iothreaddel(Session& session, const Arguments& arguments) {
    const std::uint32_t flags = arguments.affect();
    const DomainRef domain = find_domain(session, arguments);
    session.call(protocol::DomainDelIothreadArgs{domain, thread_id(arguments), flags});
}

void iothreadset(Session& session, const Arguments& arguments) {
    const std::uint32_t flags = arguments.affect();
    const DomainRef domain = find_domain(session, arguments);
    const unsigned id = thread_id(arguments);
    protocol::TypedParams params;
    if (const auto value = arguments.number<std::uint64_t>("poll-max-ns"))
        params.push_back({"poll_max_ns", *value});
    if (const auto value = arguments.number<unsigned>("poll-grow"))
        params.push_back({"poll_grow", std::uint32_t{*value}});
    if (const auto value = arguments.number<unsigned>("poll-shrink"))
        params.push_back({"poll_shrink", std::uint32_t{*value}});
    if (const auto value = arguments.number<int>("thread-pool-min"))
        params.push_back({"thread_pool_min", std::int32_t{*value}});
    if (const auto value = arguments.number<int>("thread-pool-max"))
        params.push_back({"thread_pool_max", std::int32_t{*value}});
    if (params.empty()) refuse("Not enough arguments passed, nothing to set");
    session.call(protocol::DomainSetIothreadParamsArgs{domain, id, std::move(params), flags});
}

} // namespace

std::vector<Command> pinning_commands() {
    return {
        {"vcpuinfo",
         Group::domain,
         "detailed domain vcpu information",
         "Returns basic information about the domain virtual CPUs.",
         {domain_option(), flag("pretty", "return human readable output")},
         vcpuinfo},
        {"vcpupin",
         Group::domain,
         "control or query domain vcpu affinity",
         "Pin domain VCPUs to host physical CPUs.",
         {domain_option(), number("vcpu", "vcpu number"),
          text("cpulist", "host cpu number(s) to set, or omit option to query").allow_empty(),
          config_option(), live_option(), current_option()},
         vcpupin},
        {"emulatorpin",
         Group::domain,
         "control or query domain emulator affinity",
         "Pin domain emulator threads to host physical CPUs.",
         {domain_option(),
          text("cpulist", "host cpu number(s) to set, or omit option to query").allow_empty(),
          config_option(), live_option(), current_option()},
         emulatorpin},
        {"iothreadinfo",
         Group::domain,
         "view domain IOThreads",
         "Returns basic information about the domain IOThreads.",
         {domain_option(), config_option(), live_option(), current_option()},
         iothreadinfo},
        {"iothreadpin",
         Group::domain,
         "control domain IOThread affinity",
         "Pin domain IOThreads to host physical CPUs.",
         {domain_option(), positional_number("iothread", "IOThread ID number"),
          positional("cpulist", "host cpu number(s) to set"), config_option(), live_option(),
          current_option()},
         iothreadpin},
        {"iothreadadd",
         Group::domain,
         "add an IOThread to the guest domain",
         "Add an IOThread to the guest domain.",
         {domain_option(), positional_number("id", "iothread for the new IOThread"), config_option(),
          live_option(), current_option()},
         iothreadadd},
        {"iothreadset",
         Group::domain,
         "modifies an existing IOThread of the guest domain",
         "Modifies an existing IOThread of the guest domain.",
         {domain_option(), positional_number("id", "iothread id of existing IOThread"),
          number("poll-max-ns", "set the maximum IOThread polling time in ns"),
          number("poll-grow", "set the value to increase the IOThread polling time"),
          number("poll-shrink", "set the value for reduction of the IOThread polling time"),
          number("thread-pool-min", "lower boundary for worker thread pool"),
          number("thread-pool-max", "upper boundary for worker thread pool"), config_option(), live_option(),
          current_option()},
         iothreadset},
        {"iothreaddel",
         Group::domain,
         "delete an IOThread from the guest domain",
         "Delete an IOThread from the guest domain.",
         {domain_option(), positional_number("id", "iothread_id for the IOThread to delete"), config_option(),
          live_option(), current_option()},
         iothreaddel},
    };
}

} // namespace yado::cli
