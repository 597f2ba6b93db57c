// SPDX-License-Identifier: Apache-2.0
// A domain's memory and processors.
#include "base/units.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/failure.h"
#include "cli/lookup.h"
#include "cli/session.h"
#include "protocol/constants.h"
#include "protocol/domain_calls.h"

#include <limits>
#include <optional>

namespace yado::cli {
namespace {

using protocol::DomainRef;
namespace Vcpu = protocol::DomainVcpuFlags;

constexpr std::uint64_t kib = 1024;

std::uint64_t size_kib(const Arguments& arguments) {
    return to_kib(Bytes{arguments.scaled("size", kib).value_or(0)}).value;
}

void setmem(Session& session, const Arguments& arguments) {
    std::uint32_t affect = arguments.affect();
    if (affect == 0 && !arguments.has("current")) affect = protocol::DomainMemoryModFlags::live; // as virsh
    const DomainRef domain = find_domain(session, arguments);
    session.call(protocol::DomainSetMemoryFlagsArgs{domain, size_kib(arguments), affect});
}

void setmaxmem(Session& session, const Arguments& arguments) {
    const std::uint32_t flags = arguments.affect() | protocol::DomainMemoryModFlags::maximum;
    const DomainRef domain = find_domain(session, arguments);
    const std::uint64_t size = size_kib(arguments);
    explain("Unable to change MaxMemorySize",
            [&] { session.call(protocol::DomainSetMemoryFlagsArgs{domain, size, flags}); });
}

void setvcpus(Session& session, const Arguments& arguments) {
    std::uint32_t flags = arguments.affect();
    arguments.exclusive("guest", "config");
    arguments.requires_option("maximum", "config");
    const DomainRef domain = find_domain(session, arguments);
    const unsigned count = arguments.number<unsigned>("count").value_or(0);
    if (count == 0) refuse("Can't set 0 processors for a VM");
    flags |= arguments.flags(
        {{"guest", Vcpu::guest}, {"maximum", Vcpu::maximum}, {"hotpluggable", Vcpu::hotpluggable}});
    if (flags == 0 && !arguments.has("current"))
        session.call(protocol::DomainSetVcpusArgs{domain, count}); // every daemon knows this one
    else session.call(protocol::DomainSetVcpusFlagsArgs{domain, count, flags});
}

std::int32_t vcpu_count(Session& session, const DomainRef& domain, std::uint32_t flags) {
    try {
        return session.call(protocol::DomainGetVcpusFlagsArgs{domain, flags}).num;
    } catch (const Error& error) {
        const bool unknown = error.code() == Code::no_support || error.code() == Code::invalid_arg;
        if (!unknown || (flags & Vcpu::guest) == 0) throw;
        throw Failure({"Failed to retrieve vCPU count from the guest", error.message()});
    }
}

/// All four numbers, those that the domain has now.
void all_counts(Session& session, const DomainRef& domain) {
    const bool persistent = session.call(protocol::DomainIsPersistentArgs{domain}).persistent > 0;
    const bool active = session.call(protocol::DomainIsActiveArgs{domain}).active > 0;
    Value json = Value::object();
    for (const std::uint32_t which : {Vcpu::maximum, Vcpu::current}) {
        const std::string_view word = which == Vcpu::maximum ? "maximum" : "current";
        Value numbers = Value::object();
        const auto add = [&](std::string_view where, std::uint32_t flags) {
            const std::int32_t count = vcpu_count(session, domain, which | flags);
            session.print("{:<12} {:<12} {:>3}\n", word, where, count);
            numbers.set(std::string(where), count);
        };
        if (persistent) add("config", Vcpu::config);
        if (active) add("live", Vcpu::live);
        json.set(std::string(word), std::move(numbers));
    }
    session.show_json(json);
}

void vcpucount(Session& session, const Arguments& arguments) {
    arguments.exclusive("live", "config");
    arguments.exclusive("active", "maximum");
    arguments.exclusive("guest", "config");
    const DomainRef domain = find_domain(session, arguments);
    const std::uint32_t flags = arguments.flags(
        {{"live", Vcpu::live}, {"config", Vcpu::config}, {"maximum", Vcpu::maximum}, {"guest", Vcpu::guest}});
    if (flags == 0 && !arguments.has("active") && !arguments.has("current")) {
        all_counts(session, domain);
        return;
    }
    const std::int32_t count = vcpu_count(session, domain, flags);
    session.print("{}\n", count);
    session.show_json(Value::object().set("count", count));
}

} // namespace

std::vector<Command> resources_commands() {
    return {
        {"setmaxmem",
         Group::domain,
         "change maximum memory limit",
         "Change the maximum memory allocation limit in the guest domain.",
         {domain_option(),
          positional_number("size", "new maximum memory size, as scaled integer (default KiB)"),
          alias("kilobytes", "size"), config_option(), live_option(), current_option()},
         setmaxmem},
        {"setmem",
         Group::domain,
         "change memory allocation",
         "Change the current memory allocation in the guest domain.",
         {domain_option(), positional_number("size", "new memory size, as scaled integer (default KiB)"),
          alias("kilobytes", "size"), config_option(), live_option(), current_option()},
         setmem},
        {"setvcpus",
         Group::domain,
         "change number of virtual CPUs",
         "Change the number of virtual CPUs in the guest domain.",
         {domain_option(), positional_number("count", "number of virtual CPUs"),
          flag("maximum", "set maximum limit on next boot"), config_option(), live_option(), current_option(),
          flag("guest", "modify cpu state in the guest"),
          flag("hotpluggable", "make added vcpus hot(un)pluggable")},
         setvcpus},
        {"vcpucount",
         Group::domain,
         "domain vcpu counts",
         "Returns the number of virtual CPUs used by the domain.",
         {domain_option(), flag("maximum", "get maximum count of vcpus"),
          flag("active", "get number of currently active vcpus"),
          flag("live", "get value from running domain"), flag("config", "get value to be used on next boot"),
          flag("current", "get value according to current domain state"),
          flag("guest", "retrieve vcpu count from the guest instead of the hypervisor")},
         vcpucount},
    };
}

} // namespace yado::cli
