// SPDX-License-Identifier: Apache-2.0
// What is measured of a guest on request: events of the kernel and the processor, and how fast its memory
// changes.
#include "guest/tuning_service.h"

#include "protocol/constants.h"
#include "protocol/typed_params.h"

#include <algorithm>

namespace yado::guest {

namespace Flags = p::DomainModificationImpact;

namespace {

using Names = schema::EnumNames<model::PerfEventName>;

std::vector<model::PerfEventName> counted_in(const model::Domain& domain) {
    std::vector<model::PerfEventName> names;
    for (const model::PerfEvent& event : domain.perf_events)
        if (event.enabled == schema::YesNo::yes) names.push_back(event.name);
    return names;
}

void change_events(model::Domain& domain, const p::TypedParams& params) {
    for (const p::TypedParam& param : params) {
        const auto name = schema::from_word<model::PerfEventName>(param.field);
        const auto* on = std::get_if<p::Boolean>(&param.value);
        if (!name || on == nullptr) continue;
        auto& events = domain.perf_events;
        auto own = std::ranges::find(events, *name, &model::PerfEvent::name);
        if (own == events.end())
            own = events.insert(std::ranges::lower_bound(events, *name, {}, &model::PerfEvent::name),
                                model::PerfEvent{.name = *name});
        own->enabled = schema::yes_no(on->value);
    }
}

} // namespace

p::DomainGetPerfEventsResult TuningService::get_perf_events(CallContext&,
                                                            const p::DomainGetPerfEventsArgs& args) {
    constexpr std::uint32_t known = Flags::live | Flags::config | p::TypedParameterFlags::string_okay;
    require_flags(ErrorSource::domain, args.flags, known, "qemuDomainGetPerfEvents");
    const Registry::Pointer guest = require(args.dom);
    const model::Domain domain = asked_model(*guest, args.flags & (Flags::live | Flags::config));
    const std::vector<model::PerfEventName> counted = counted_in(domain);
    p::ParamsBuilder out;
    for (std::size_t i = 0; i < std::size(Names::values); ++i) {
        const bool on = std::ranges::find(counted, static_cast<model::PerfEventName>(i)) != counted.end();
        out.boolean(std::string(Names::values[i]), on);
    }
    return {.params = out.take()};
}

Task<p::DomainSetPerfEventsResult> TuningService::set_perf_events(CallContext,
                                                                  p::DomainSetPerfEventsArgs args) {
    require_flags(ErrorSource::domain, args.flags, Flags::live | Flags::config, "qemuDomainSetPerfEvents");
    std::vector<p::ParamRule> rules;
    for (const std::string_view name : Names::values) rules.push_back({name, p::ParamType::boolean});
    p::check(args.params, rules);
    const Registry::Pointer guest = require(args.dom);
    const JobQueue::Job job = co_await guest->jobs.begin("change perf events");
    const Impact affected = impact(*guest, args.flags);
    const Change change = [&args](model::Domain& domain) { change_events(domain, args.params); };
    std::optional<model::Domain> config;
    if (affected.config) config = changed_config(*guest, change);
    if (affected.live) {
        Machine& machine = guest->require_machine();
        model::Domain after = guest->live->domain;
        change(after);
        co_await machine.count_events(counted_in(after));
        guest->require_machine();
        change(guest->live->domain);
        co_await power_.save_status(guest);
    }
    if (config) co_await save_config(guest, std::move(*config));
    co_return p::DomainSetPerfEventsResult();
}

Task<p::DomainStartDirtyRateCalcResult>
TuningService::measure_dirty_rate(CallContext, p::DomainStartDirtyRateCalcArgs args) {
    namespace Modes = p::DomainDirtyRateCalcFlags;
    require_flags(ErrorSource::domain, args.flags, Modes::dirty_bitmap | Modes::dirty_ring,
                  "qemuDomainStartDirtyRateCalc");
    if (args.flags == (Modes::dirty_bitmap | Modes::dirty_ring)) {
        refuse_argument(ErrorSource::domain, "flags 'VIR_DOMAIN_DIRTYRATE_MODE_DIRTY_BITMAP' and "
                                             "'VIR_DOMAIN_DIRTYRATE_MODE_DIRTY_RING' are mutually exclusive");
    }
    constexpr int shortest = 1, longest = 60; // QEMU's
    if (args.seconds < shortest || args.seconds > longest) {
        fail(ErrorSource::qemu, Code::config_unsupported,
             "seconds={} is invalid, please choose value within [{}, {}].", args.seconds, shortest, longest);
    }
    const Registry::Pointer guest = require(args.dom);
    const JobQueue::Job job = co_await guest->jobs.begin("measure the dirty rate");
    DirtyRateMode mode = DirtyRateMode::page_sampling;
    if (args.flags == Modes::dirty_bitmap) mode = DirtyRateMode::dirty_bitmap;
    if (args.flags == Modes::dirty_ring) mode = DirtyRateMode::dirty_ring;
    co_await guest->require_machine().measure_dirty_rate(args.seconds, mode);
    co_return p::DomainStartDirtyRateCalcResult();
}

} // namespace yado::guest
