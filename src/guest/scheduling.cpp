// SPDX-License-Identifier: Apache-2.0
// Shares of CPU time (schedinfo).
#include "guest/tuning_service.h"

#include "protocol/constants.h"
#include "protocol/typed_params.h"

#include <array>

namespace yado::guest {

namespace Flags = p::DomainModificationImpact;

namespace {

/// The groups of threads that have a period and a quota, in libvirt's order.
struct Timed {
    std::string_view name;
    model::CpuTime model::CpuTuning::* in_model;
    std::optional<HeldLimits::Time> HeldLimits::* in_kernel;
};
constexpr std::array<Timed, 4> timed{{{"vcpu", &model::CpuTuning::vcpu, &HeldLimits::vcpu},
                                      {"emulator", &model::CpuTuning::emulator, &HeldLimits::emulator},
                                      {"global", &model::CpuTuning::global, &HeldLimits::global},
                                      {"iothread", &model::CpuTuning::iothread, &HeldLimits::iothread}}};
constexpr std::int32_t field_count = 1 + 2 * static_cast<std::int32_t>(timed.size());

constexpr p::ParamRule rules[] = {
    {"cpu_shares", p::ParamType::u64},     {"vcpu_period", p::ParamType::u64},
    {"vcpu_quota", p::ParamType::i64},     {"emulator_period", p::ParamType::u64},
    {"emulator_quota", p::ParamType::i64}, {"global_period", p::ParamType::u64},
    {"global_quota", p::ParamType::i64},   {"iothread_period", p::ParamType::u64},
    {"iothread_quota", p::ParamType::i64},
};

[[noreturn]] void no_controller() {
    fail(ErrorSource::qemu, Code::operation_invalid, "cgroup CPU controller is not mounted");
}

template <class T> void require_range(std::string_view field, T value, T least, T most) {
    if (value > 0 && (value < least || value > most)) {
        fail(ErrorSource::qemu, Code::invalid_arg, "value of '{}' is out of range [{}, {}]", field, least,
             most);
    }
}

/// The kernel's limits, which libvirt checks too.
void require_ranges(const p::TypedParams& params) {
    constexpr std::uint64_t shortest = 1000, longest = 1000000;
    constexpr std::int64_t least = 1000, most = 17592186044415;
    for (const Timed& each : timed) {
        const std::string period = fmt::format("{}_period", each.name),
                          quota = fmt::format("{}_quota", each.name);
        if (const auto value = p::get<std::uint64_t>(params, period))
            require_range(period, *value, shortest, longest);
        if (const auto value = p::get<std::int64_t>(params, quota)) require_range(quota, *value, least, most);
    }
}

/// As many as fit and were asked for.
p::TypedParams first(p::TypedParams params, std::int32_t asked) {
    if (asked < 0 || std::cmp_greater(asked, p::limits::domain_scheduler_parameters))
        fail(ErrorSource::rpc, Code::rpc, "nparams too large");
    if (std::cmp_greater(params.size(), asked)) params.resize(static_cast<std::size_t>(asked));
    return params;
}

} // namespace

Task<p::DomainGetSchedulerTypeResult> TuningService::get_scheduler_type(CallContext,
                                                                        p::DomainGetSchedulerTypeArgs args) {
    const Registry::Pointer guest = require(args.dom);
    p::DomainGetSchedulerTypeResult result{.type = "posix", .nparams = field_count};
    if (guest->active()) {
        const HeldLimits held = co_await guest->require_machine().limits();
        if (!held.cpu_shares) no_controller();
        if (!held.vcpu) result.nparams = 1; // a kernel that does not limit, only weighs
    }
    co_return result;
}

Task<p::TypedParams> TuningService::scheduler_values(Registry::Pointer guest, std::uint32_t flags) {
    const model::Domain domain = asked_model(*guest, flags & (Flags::live | Flags::config));
    p::ParamsBuilder out;
    if (guest->active() && (flags & Flags::config) == 0) {
        const HeldLimits held = co_await guest->require_machine().limits();
        if (!held.cpu_shares) no_controller();
        out.u64("cpu_shares", *held.cpu_shares);
        for (const Timed& each : timed) {
            const auto& time = held.*each.in_kernel;
            if (!time) continue;
            out.u64(fmt::format("{}_period", each.name), time->period);
            out.i64(fmt::format("{}_quota", each.name), time->quota);
        }
    } else {
        static const model::CpuTuning none;
        const model::CpuTuning& tuning = domain.cpu_tuning ? *domain.cpu_tuning : none;
        out.u64("cpu_shares", tuning.shares.value_or(0));
        for (const Timed& each : timed) {
            const model::CpuTime& time = tuning.*each.in_model;
            out.u64(fmt::format("{}_period", each.name), time.period);
            out.i64(fmt::format("{}_quota", each.name), time.quota);
        }
    }
    co_return out.take();
}

Task<p::DomainGetSchedulerParametersResult>
TuningService::get_scheduler(CallContext, p::DomainGetSchedulerParametersArgs args) {
    p::TypedParams values = co_await scheduler_values(require(args.dom), 0);
    co_return {.params = first(std::move(values), args.nparams)};
}

Task<p::DomainGetSchedulerParametersFlagsResult>
TuningService::get_scheduler_with_flags(CallContext, p::DomainGetSchedulerParametersFlagsArgs args) {
    require_flags(ErrorSource::domain, args.flags,
                  Flags::live | Flags::config | p::TypedParameterFlags::string_okay,
                  "qemuDomainGetSchedulerParametersFlags");
    p::TypedParams values = co_await scheduler_values(require(args.dom), args.flags);
    co_return {.params = first(std::move(values), args.nparams)};
}

Task<void> TuningService::change_scheduler(Registry::Pointer guest, p::TypedParams params,
                                           std::uint32_t flags) {
    p::check(params, rules);
    require_ranges(params);
    const JobQueue::Job job = co_await guest->jobs.begin("change CPU shares");
    const Impact affected = impact(*guest, flags);
    if (affected.live) {
        const HeldLimits held = co_await guest->require_machine().limits();
        if (!held.cpu_shares) no_controller();
    }
    Change change = [&params](model::Domain& domain) {
        model::CpuTuning& tuning = domain.cpu_tuning.ensure();
        if (const auto shares = p::get<std::uint64_t>(params, "cpu_shares")) tuning.shares = shares;
        for (const Timed& each : timed) {
            model::CpuTime& time = tuning.*each.in_model;
            const auto period = p::get<std::uint64_t>(params, fmt::format("{}_period", each.name));
            const auto quota = p::get<std::int64_t>(params, fmt::format("{}_quota", each.name));
            if (period) time.period = *period;
            if (quota) time.quota = *quota;
        }
    };
    co_await apply(guest, affected, std::move(change));
    if (!affected.live) co_return;
    p::TypedParams told = params;
    for (p::TypedParam& each : told) each.field = "cputune." + each.field;
    tell(*guest, std::move(told));
}

Task<p::DomainSetSchedulerParametersResult>
TuningService::set_scheduler(CallContext, p::DomainSetSchedulerParametersArgs args) {
    co_await change_scheduler(require(args.dom), std::move(args.params), 0);
    co_return p::DomainSetSchedulerParametersResult();
}

Task<p::DomainSetSchedulerParametersFlagsResult>
TuningService::set_scheduler_with_flags(CallContext, p::DomainSetSchedulerParametersFlagsArgs args) {
    require_flags(ErrorSource::domain, args.flags, Flags::live | Flags::config,
                  "qemuDomainSetSchedulerParametersFlags");
    co_await change_scheduler(require(args.dom), std::move(args.params), args.flags);
    co_return p::DomainSetSchedulerParametersFlagsResult();
}

} // namespace yado::guest
