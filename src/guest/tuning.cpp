// SPDX-License-Identifier: Apache-2.0
// Memory, and counts of vCPUs, in the running guest and in the definition.
#include "guest/agent_service.h"
#include "guest/domain_service.h"

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
