// SPDX-License-Identifier: Apache-2.0
// Memory and vCPU counts, in the running guest and in the definition.
#include "guest/agent_service.h"
#include "guest/domain_service.h"

#include "model/domain/check.h"
#include "protocol/constants.h"

#include <algorithm>

namespace yado::guest {

p::DomainGetMaxMemoryResult DomainService::get_max_memory(CallContext&,
                                                          const p::DomainGetMaxMemoryArgs& args) {
    return {.memory = current_summary(*require(args.dom)).memory.value};
}

p::DomainGetMaxVcpusResult DomainService::get_max_vcpus(CallContext&, const p::DomainGetMaxVcpusArgs& args) {
    return {.num = static_cast<std::int32_t>(current_summary(*require(args.dom)).vcpus_maximum)};
}

Task<p::DomainGetVcpusFlagsResult> DomainService::get_vcpu_count(CallContext,
                                                                 p::DomainGetVcpusFlagsArgs args) {
    namespace Flags = p::DomainVcpuFlags;
    require_flags(ErrorSource::domain, args.flags,
                  Flags::live | Flags::config | Flags::maximum | Flags::guest, "qemuDomainGetVcpusFlags");
    const Registry::Pointer guest = require(args.dom);
    p::DomainGetVcpusFlagsResult result;
    if ((args.flags & Flags::guest) != 0) {
        const HeldAgent held = co_await hold_agent(guest);
        const std::vector<AgentVcpu> vcpus = co_await held.agent->vcpus(held.limit);
        const bool all = (args.flags & Flags::maximum) != 0;
        result.num = static_cast<std::int32_t>(
            std::ranges::count_if(vcpus, [all](const AgentVcpu& vcpu) { return all || vcpu.online; }));
        co_return result;
    }
    const model::Domain domain = asked_model(*guest, args.flags & (Flags::live | Flags::config));
    const bool maximum = (args.flags & Flags::maximum) != 0;
    result.num = static_cast<std::int32_t>(maximum ? domain.vcpus.maximum : domain.vcpus.online());
    co_return result;
}

p::DomainGetVcpusResult DomainService::get_vcpus(CallContext&, const p::DomainGetVcpusArgs& args) {
    const Registry::Pointer guest = require(args.dom);
    if (!guest->active()) {
        fail(ErrorSource::domain, Code::operation_invalid,
             "cannot retrieve vcpu information for inactive domain");
    }
    if (args.maxinfo < 0 || args.maplen < 0 || std::cmp_greater(args.maxinfo, p::limits::vcpuinfo) ||
        static_cast<std::int64_t>(args.maxinfo) * args.maplen > p::limits::cpumaps) {
        fail(ErrorSource::rpc, Code::rpc, "maxinfo or maplen out of range");
    }
    const Live& live = guest->require_active();
    const CpuTimes times = live.machine ? live.machine->cpu_times() : CpuTimes();
    p::DomainGetVcpusResult result;
    const auto count =
        std::min<std::size_t>(live.domain.vcpus.online(), static_cast<std::size_t>(args.maxinfo));
    for (std::size_t number = 0; number < count; ++number) {
        result.info.push_back({.number = static_cast<std::uint32_t>(number),
                               .state = 1, // VIR_VCPU_RUNNING
                               .cpu_time = number < times.vcpu_ns.size() ? times.vcpu_ns[number] : 0,
                               .cpu = -1});
    }
    result.cpumaps.assign(count * static_cast<std::size_t>(args.maplen), 0xff); // pinned nowhere
    return result;
}

Task<void> DomainService::change_memory(Registry::Pointer guest, std::uint64_t kib, std::uint32_t flags) {
    namespace Flags = p::DomainMemoryModFlags;
    require_flags(ErrorSource::domain, flags, Flags::live | Flags::config | Flags::maximum,
                  "qemuDomainSetMemoryFlags");
    if (kib == 0) fail(ErrorSource::domain, Code::invalid_arg, "memory must be greater than zero");
    const JobQueue::Job job = co_await guest->jobs.begin("set memory");
    const Impact affected = impact(*guest, flags & (Flags::live | Flags::config));
    if ((flags & Flags::maximum) != 0) {
        if (affected.live) {
            fail(ErrorSource::qemu, Code::operation_invalid,
                 "cannot resize the maximum memory on an active domain");
        }
        model::Domain config = guest->config_model();
        config.memory.size.value = kib;
        if (config.current_memory && config.current_memory->value > kib) config.current_memory->value = kib;
        co_await save_config(guest, std::move(config));
        co_return;
    }
    std::optional<model::Domain> config;
    if (affected.config) {
        config = guest->config_model();
        if (kib > config->memory.size.value) {
            fail(ErrorSource::qemu, Code::invalid_arg, "cannot set memory higher than max memory");
        }
        config->current_memory = KiB{kib};
    }
    if (affected.live) {
        if (kib > guest->live->domain.memory.size.value) {
            fail(ErrorSource::qemu, Code::invalid_arg, "cannot set memory higher than max memory");
        }
        if (!guest->live->domain.devices.balloon ||
            guest->live->domain.devices.balloon->model == model::BalloonModel::none) {
            fail(ErrorSource::qemu, Code::operation_invalid,
                 "Unable to change memory of active domain without the balloon device and guest OS balloon "
                 "driver");
        }
        co_await guest->require_machine().set_balloon(kib);
        co_await power_.save_status(guest);
    }
    if (config) co_await save_config(guest, std::move(*config));
}

Task<p::DomainSetMemoryResult> DomainService::set_memory(CallContext, p::DomainSetMemoryArgs args) {
    co_await change_memory(require(args.dom), args.memory, p::DomainMemoryModFlags::live);
    co_return p::DomainSetMemoryResult();
}

Task<p::DomainSetMemoryFlagsResult> DomainService::set_memory_with_flags(CallContext,
                                                                         p::DomainSetMemoryFlagsArgs args) {
    co_await change_memory(require(args.dom), args.memory, args.flags);
    co_return p::DomainSetMemoryFlagsResult();
}

Task<p::DomainSetMaxMemoryResult> DomainService::set_max_memory(CallContext, p::DomainSetMaxMemoryArgs args) {
    co_await change_memory(require(args.dom), args.memory, p::DomainMemoryModFlags::maximum);
    co_return p::DomainSetMaxMemoryResult();
}

Task<void> DomainService::change_vcpus(Registry::Pointer guest, std::uint32_t count, std::uint32_t flags) {
    namespace Flags = p::DomainVcpuFlags;
    require_flags(ErrorSource::domain, flags,
                  Flags::live | Flags::config | Flags::maximum | Flags::guest | Flags::hotpluggable,
                  "qemuDomainSetVcpusFlags");
    if (count == 0)
        fail(ErrorSource::domain, Code::invalid_arg,
             "nvcpus in virDomainSetVcpusFlags must be greater than zero");
    if ((flags & Flags::guest) != 0) {
        co_await set_vcpus_in_guest(guest, count);
        co_return;
    }
    const JobQueue::Job job = co_await guest->jobs.begin("set vcpus");
    const Impact affected = impact(*guest, flags & (Flags::live | Flags::config));
    if (affected.live) {
        const std::uint32_t limit = guest->live->domain.vcpus.maximum;
        if (count > limit) {
            fail(ErrorSource::qemu, Code::invalid_arg,
                 "requested vcpus is greater than max allowable vcpus for the live domain: {} > {}", count,
                 limit);
        }
        if (count == guest->live->domain.vcpus.online() && !affected.config) co_return;
        fail(ErrorSource::qemu, Code::operation_unsupported,
             "vCPUs of a running guest cannot be plugged yet; change the definition with --config");
    }
    model::Domain config = guest->config_model();
    if ((flags & Flags::maximum) != 0) {
        const std::uint32_t online = config.vcpus.online();
        config.vcpus.maximum = count;
        config.vcpus.current = online < count ? std::optional(online) : std::nullopt;
        schema::Diagnostics problems;
        model::check(config, problems);
        problems.throw_if_any();
        parts_.hypervisor.check(config);
    } else {
        if (count > config.vcpus.maximum) {
            fail(ErrorSource::qemu, Code::invalid_arg,
                 "requested vcpus is greater than max allowable vcpus for the persistent domain: {} > {}",
                 count, config.vcpus.maximum);
        }
        config.vcpus.current = count == config.vcpus.maximum ? std::optional<std::uint32_t>() : count;
    }
    co_await save_config(guest, std::move(config));
}

Task<p::DomainSetVcpusResult> DomainService::set_vcpus(CallContext, p::DomainSetVcpusArgs args) {
    co_await change_vcpus(require(args.dom), args.nvcpus, p::DomainVcpuFlags::live);
    co_return p::DomainSetVcpusResult();
}

Task<p::DomainSetVcpusFlagsResult> DomainService::set_vcpus_with_flags(CallContext,
                                                                       p::DomainSetVcpusFlagsArgs args) {
    co_await change_vcpus(require(args.dom), args.nvcpus, args.flags);
    co_return p::DomainSetVcpusFlagsResult();
}

Task<p::DomainSetMemoryStatsPeriodResult>
DomainService::set_stats_period(CallContext, p::DomainSetMemoryStatsPeriodArgs args) {
    namespace Flags = p::DomainModificationImpact;
    require_flags(ErrorSource::domain, args.flags, Flags::live | Flags::config,
                  "qemuDomainSetMemoryStatsPeriod");
    if (args.period < 0)
        fail(ErrorSource::domain, Code::invalid_arg,
             "period in virDomainSetMemoryStatsPeriod must be zero or greater");
    const Registry::Pointer guest = require(args.dom);
    const JobQueue::Job job = co_await guest->jobs.begin("set statistics period");
    const Impact affected = impact(*guest, args.flags);
    const auto period = static_cast<std::uint32_t>(args.period);
    const auto set = [period](model::Domain& domain) {
        if (!domain.devices.balloon || domain.devices.balloon->model == model::BalloonModel::none) {
            fail(ErrorSource::qemu, Code::operation_invalid,
                 "No memory balloon device configured, can not set the collection period");
        }
        domain.devices.balloon->stats_period = period;
    };
    if (affected.live) {
        model::Domain changed = guest->live->domain;
        set(changed);
        co_await guest->require_machine().set_balloon_period(args.period);
        set(guest->live->domain);
        co_await power_.save_status(guest);
    }
    if (affected.config) {
        model::Domain config = guest->config_model();
        set(config);
        co_await save_config(guest, std::move(config));
    }
    co_return p::DomainSetMemoryStatsPeriodResult();
}

} // namespace yado::guest
