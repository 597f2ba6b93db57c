// SPDX-License-Identifier: Apache-2.0
// Which CPUs of the host a domain's threads run on; and what every change of limits goes through.
#include "guest/tuning_service.h"

#include "guest/cpu_maps.h"
#include "host/threads.h"
#include "model/domain/check.h"
#include "protocol/constants.h"
#include "protocol/typed_params.h"

#include <algorithm>

namespace yado::guest {

namespace Flags = p::DomainModificationImpact;

namespace {

void insert_pin(std::vector<model::VcpuPin>& pins, std::uint32_t vcpu, const model::CpuSet& cpus) {
    const auto place = std::ranges::lower_bound(pins, vcpu, {}, &model::VcpuPin::vcpu);
    if (place != pins.end() && place->vcpu == vcpu) place->cpus = cpus;
    else pins.insert(place, {.vcpu = vcpu, .cpus = cpus});
}

/// Where a thread without a pin of its own runs.
std::vector<unsigned> usual_cpus(const model::Domain& domain) {
    const std::vector<std::uint32_t> own = domain.vcpus.cpuset.numbers();
    return own.empty() ? host::online_cpus() : std::vector<unsigned>(own.begin(), own.end());
}

void require_maps(std::int64_t count, std::int64_t length) {
    if (count < 0 || length <= 0 || count > p::limits::vcpuinfo || length > p::limits::cpumaps ||
        count * length > p::limits::cpumaps) {
        fail(ErrorSource::rpc, Code::rpc, "ncpumaps or maplen out of range");
    }
}

} // namespace

model::Domain TuningService::changed_config(const Guest& guest, const Change& change) const {
    model::Domain config = guest.config_model();
    change(config);
    schema::Diagnostics problems;
    model::check(config, problems);
    problems.throw_if_any();
    return config;
}

Task<void> TuningService::apply(Registry::Pointer guest, Impact affected, Change change) {
    std::optional<model::Domain> config;
    if (affected.config) config = changed_config(*guest, change);
    if (affected.live) {
        Machine& machine = guest->require_machine();
        const model::Domain before = guest->live->domain;
        model::Domain after = before;
        change(after);
        co_await machine.change_limits(before, std::move(after));
        guest->require_machine();
        change(guest->live->domain); // events may have changed other parts of it meanwhile
        co_await power_.save_status(guest);
    }
    if (config) co_await save_config(guest, std::move(*config));
}

void TuningService::tell(const Guest& guest, p::TypedParams params) const {
    if (!params.empty()) power_.publish(guest, Tuned{std::move(params)});
}

Task<void> TuningService::pin(Registry::Pointer guest, std::uint32_t vcpu, p::Blob map, std::uint32_t flags) {
    require_flags(ErrorSource::domain, flags, Flags::live | Flags::config, "qemuDomainPinVcpuFlags");
    const JobQueue::Job job = co_await guest->jobs.begin("pin a vCPU");
    const Impact affected = impact(*guest, flags);
    const auto require_vcpu = [vcpu](const model::Domain& domain, std::string_view which) {
        if (vcpu >= domain.vcpus.maximum) {
            fail(ErrorSource::qemu, Code::invalid_arg, "vcpu {} is out of range of {} cpu count {}", vcpu,
                 which, domain.vcpus.maximum);
        }
    };
    if (affected.live) require_vcpu(guest->live->domain, "live");
    if (affected.config) require_vcpu(guest->config_model(), "persistent");
    const model::CpuSet cpus = set_of(map);
    if (cpus.empty()) fail(ErrorSource::qemu, Code::invalid_arg, "Empty cpu list for pinning");
    Change change = [vcpu, cpus](model::Domain& domain) {
        insert_pin(domain.cpu_tuning.ensure().vcpu_pins, vcpu, cpus);
    };
    co_await apply(guest, affected, std::move(change));
    if (!affected.live) co_return;
    p::ParamsBuilder told;
    told.text(fmt::format("cputune.vcpupin{}", vcpu), cpus.text());
    tell(*guest, told.take());
}

Task<p::DomainPinVcpuResult> TuningService::pin_vcpu(CallContext, p::DomainPinVcpuArgs args) {
    co_await pin(require(args.dom), args.vcpu, std::move(args.cpumap), Flags::live);
    co_return p::DomainPinVcpuResult();
}

Task<p::DomainPinVcpuFlagsResult> TuningService::pin_vcpu_with_flags(CallContext,
                                                                     p::DomainPinVcpuFlagsArgs args) {
    co_await pin(require(args.dom), args.vcpu, std::move(args.cpumap), args.flags);
    co_return p::DomainPinVcpuFlagsResult();
}

Task<p::DomainPinEmulatorResult> TuningService::pin_emulator(CallContext, p::DomainPinEmulatorArgs args) {
    require_flags(ErrorSource::domain, args.flags, Flags::live | Flags::config, "qemuDomainPinEmulator");
    const Registry::Pointer guest = require(args.dom);
    const JobQueue::Job job = co_await guest->jobs.begin("pin the emulator");
    const Impact affected = impact(*guest, args.flags);
    const model::CpuSet cpus = set_of(args.cpumap);
    if (cpus.empty()) fail(ErrorSource::qemu, Code::invalid_arg, "Empty cpu list for pinning");
    Change change = [cpus](model::Domain& domain) {
        domain.cpu_tuning.ensure().emulator_pin.ensure().cpus = cpus;
    };
    co_await apply(guest, affected, std::move(change));
    if (affected.live) {
        p::ParamsBuilder told;
        told.text("cputune.emulatorpin", cpus.text());
        tell(*guest, told.take());
    }
    co_return p::DomainPinEmulatorResult();
}

p::DomainGetVcpuPinInfoResult TuningService::get_vcpu_pins(CallContext&,
                                                           const p::DomainGetVcpuPinInfoArgs& args) {
    require_flags(ErrorSource::domain, args.flags, Flags::live | Flags::config, "qemuDomainGetVcpuPinInfo");
    require_maps(args.ncpumaps, args.maplen);
    const Registry::Pointer guest = require(args.dom);
    const model::Domain domain = asked_model(*guest, args.flags);
    const std::vector<unsigned> usual = usual_cpus(domain);
    const auto length = static_cast<std::size_t>(args.maplen);
    p::DomainGetVcpuPinInfoResult result;
    result.num = static_cast<std::int32_t>(
        std::min<std::uint32_t>(static_cast<std::uint32_t>(args.ncpumaps), domain.vcpus.maximum));
    for (std::uint32_t vcpu = 0; std::cmp_less(vcpu, result.num); ++vcpu) {
        p::Blob map = map_of(usual, length);
        if (domain.cpu_tuning) {
            const auto& pins = domain.cpu_tuning->vcpu_pins;
            const auto own = std::ranges::find(pins, vcpu, &model::VcpuPin::vcpu);
            if (own != pins.end()) map = map_of(own->cpus.numbers(), length);
        }
        result.cpumaps.insert(result.cpumaps.end(), map.begin(), map.end());
    }
    return result;
}

p::DomainGetEmulatorPinInfoResult
TuningService::get_emulator_pin(CallContext&, const p::DomainGetEmulatorPinInfoArgs& args) {
    require_flags(ErrorSource::domain, args.flags, Flags::live | Flags::config,
                  "qemuDomainGetEmulatorPinInfo");
    require_maps(1, args.maplen);
    const Registry::Pointer guest = require(args.dom);
    const model::Domain domain = asked_model(*guest, args.flags);
    const auto length = static_cast<std::size_t>(args.maplen);
    const bool pinned = domain.cpu_tuning && domain.cpu_tuning->emulator_pin;
    p::Blob map = pinned ? map_of(domain.cpu_tuning->emulator_pin->cpus.numbers(), length)
                         : map_of(usual_cpus(domain), length);
    return {.cpumaps = std::move(map), .ret = 1};
}

p::DomainGetVcpusResult TuningService::get_vcpus(CallContext&, const p::DomainGetVcpusArgs& args) {
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
    const bool maps = args.maplen > 0;
    const std::vector<VcpuTimes> times =
        live.machine ? live.machine->vcpu_times(maps) : std::vector<VcpuTimes>();
    const std::vector<unsigned> usual = maps ? usual_cpus(live.domain) : std::vector<unsigned>();
    p::DomainGetVcpusResult result;
    const auto count =
        std::min<std::size_t>(live.domain.vcpus.online(), static_cast<std::size_t>(args.maxinfo));
    for (std::size_t number = 0; number < count; ++number) {
        const VcpuTimes own = number < times.size() ? times[number] : VcpuTimes();
        result.info.push_back({.number = static_cast<std::uint32_t>(number),
                               .state = 1, // VIR_VCPU_RUNNING
                               .cpu_time = own.run_ns,
                               .cpu = own.cpu});
        if (!maps) continue;
        const p::Blob map =
            map_of(own.cpus.empty() ? usual : own.cpus, static_cast<std::size_t>(args.maplen));
        result.cpumaps.insert(result.cpumaps.end(), map.begin(), map.end());
    }
    return result;
}

} // namespace yado::guest
