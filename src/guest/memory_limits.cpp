// SPDX-License-Identifier: Apache-2.0
// How much of the host's memory a domain may use, and from which NUMA nodes (memtune, numatune).
#include "guest/tuning_service.h"

#include "base/files.h"
#include "protocol/constants.h"
#include "protocol/typed_params.h"

namespace yado::guest {

namespace Flags = p::DomainModificationImpact;

namespace {

constexpr std::uint32_t both = Flags::live | Flags::config;
constexpr std::uint32_t with_strings = both | p::TypedParameterFlags::string_okay;

constexpr p::ParamRule memory_rules[] = {{"hard_limit", p::ParamType::u64},
                                         {"soft_limit", p::ParamType::u64},
                                         {"swap_hard_limit", p::ParamType::u64}};
constexpr p::ParamRule numa_rules[] = {{"numa_mode", p::ParamType::i32},
                                       {"numa_nodeset", p::ParamType::text}};

std::uint64_t value_of(const std::optional<KiB>& limit) {
    return limit.value_or(model::unlimited_memory).value;
}
std::uint64_t value_of(std::int64_t kib) {
    return kib < 0 ? model::unlimited_memory.value : static_cast<std::uint64_t>(kib);
}
std::optional<KiB> limit_of(std::uint64_t value) {
    return value >= model::unlimited_memory.value ? std::nullopt : std::optional(KiB{value});
}

void change_limits_of(model::Domain& domain, const p::TypedParams& params) {
    model::MemoryTuning& tuning = domain.memory_tuning.ensure();
    if (const auto value = p::get<std::uint64_t>(params, "hard_limit")) tuning.hard_limit = limit_of(*value);
    if (const auto value = p::get<std::uint64_t>(params, "soft_limit")) tuning.soft_limit = limit_of(*value);
    if (const auto value = p::get<std::uint64_t>(params, "swap_hard_limit"))
        tuning.swap_hard_limit = limit_of(*value);
    if (!tuning.hard_limit && !tuning.soft_limit && !tuning.swap_hard_limit && !tuning.min_guarantee)
        domain.memory_tuning.reset();
}

void require_order(model::Domain domain, const p::TypedParams& params) {
    if (p::find(params, "hard_limit") == nullptr && p::find(params, "swap_hard_limit") == nullptr) return;
    change_limits_of(domain, params);
    if (!domain.memory_tuning) return;
    if (value_of(domain.memory_tuning->hard_limit) > value_of(domain.memory_tuning->swap_hard_limit)) {
        fail(ErrorSource::qemu, Code::invalid_arg,
             "memory hard_limit tunable value must be lower than or equal to swap_hard_limit");
    }
}

// The numbers on the wire are libvirt's (virDomainNumatuneMemMode), which begin with strict.
std::int32_t number_of(model::NumaMode mode) {
    return mode == model::NumaMode::unset ? 0 : static_cast<std::int32_t>(mode) - 1;
}

struct NumaWish {
    std::optional<model::NumaMode> mode;
    std::optional<model::CpuSet> nodes;
};

NumaWish numa_in(const p::TypedParams& params) {
    p::check(params, numa_rules);
    NumaWish wish;
    if (const auto number = p::get<std::int32_t>(params, "numa_mode")) {
        if (*number < 0 || *number > number_of(model::NumaMode::restrictive))
            fail(ErrorSource::qemu, Code::invalid_arg, "unsupported numatune mode: '{}'", *number);
        wish.mode = static_cast<model::NumaMode>(*number + 1);
    }
    if (const auto text = p::get<std::string>(params, "numa_nodeset")) {
        wish.nodes = model::CpuSet::parse(*text);
        if (!wish.nodes || wish.nodes->empty())
            fail(ErrorSource::qemu, Code::invalid_arg, "Invalid nodeset of 'numatune': {}", *text);
    }
    return wish;
}

model::NumaMode mode_of(const model::Domain& domain) {
    return domain.numa_tuning && domain.numa_tuning->memory ? domain.numa_tuning->memory->mode
                                                            : model::NumaMode::unset;
}

/// Memory that is there stays where it is: only what the kernel can confine later may change.
void require_movable(const model::Domain& domain, const NumaWish& wish) {
    const model::NumaMode now = mode_of(domain);
    if (wish.mode && now != model::NumaMode::unset && now != *wish.mode) {
        fail(ErrorSource::qemu, Code::operation_invalid, "can't change numatune mode for running domain");
    }
    if (!wish.nodes) {
        if (wish.mode && now == model::NumaMode::unset) {
            fail(ErrorSource::qemu, Code::config_unsupported,
                 "nodeset for NUMA memory tuning must be set if 'placement' is 'static'");
        }
        return;
    }
    if (wish.mode == model::NumaMode::strict) {
        fail(ErrorSource::qemu, Code::operation_invalid,
             "can't change nodeset for strict mode for running domain");
    }
    const bool free = now == model::NumaMode::unset || now == model::NumaMode::restrictive;
    if (!free) {
        fail(ErrorSource::qemu, Code::operation_invalid,
             "change of nodeset for running domain requires restrictive numa mode");
    }
}

void change_numa(model::Domain& domain, const NumaWish& wish) {
    model::NumaMemory& memory = domain.numa_tuning.ensure().memory.ensure();
    if (wish.mode) memory.mode = *wish.mode;
    if (memory.mode == model::NumaMode::unset) memory.mode = model::NumaMode::strict;
    if (wish.nodes) {
        memory.nodes = *wish.nodes;
        memory.placement = model::NumaPlacement::unset; // static, which is not written
    }
}

} // namespace

Task<p::DomainGetMemoryParametersResult> TuningService::get_memory(CallContext,
                                                                   p::DomainGetMemoryParametersArgs args) {
    require_flags(ErrorSource::domain, args.flags, with_strings, "qemuDomainGetMemoryParameters");
    const Registry::Pointer guest = require(args.dom);
    const model::Domain domain = asked_model(*guest, args.flags & both);
    std::uint64_t hard = 0, soft = 0, swap = 0;
    if (guest->active() && (args.flags & Flags::config) == 0) {
        const HeldLimits held = co_await guest->require_machine().limits();
        if (!held.hard_kib) {
            fail(ErrorSource::qemu, Code::operation_invalid, "cgroup memory controller is not mounted");
        }
        hard = value_of(*held.hard_kib);
        soft = value_of(held.soft_kib.value_or(-1));
        swap = value_of(held.swap_kib.value_or(-1));
    } else {
        static const model::MemoryTuning none;
        const model::MemoryTuning& tuning = domain.memory_tuning ? *domain.memory_tuning : none;
        hard = value_of(tuning.hard_limit);
        soft = value_of(tuning.soft_limit);
        swap = value_of(tuning.swap_hard_limit);
    }
    p::ParamsBuilder out;
    out.u64("hard_limit", hard).u64("soft_limit", soft).u64("swap_hard_limit", swap);
    p::ParamsAnswer answer =
        p::answer(out.take(), args.nparams, args.flags, p::limits::domain_memory_parameters);
    co_return {.params = std::move(answer.params), .nparams = answer.nparams};
}

Task<p::DomainSetMemoryParametersResult> TuningService::set_memory(CallContext,
                                                                   p::DomainSetMemoryParametersArgs args) {
    require_flags(ErrorSource::domain, args.flags, both, "qemuDomainSetMemoryParameters");
    p::check(args.params, memory_rules);
    const Registry::Pointer guest = require(args.dom);
    const JobQueue::Job job = co_await guest->jobs.begin("change memory limits");
    const Impact affected = impact(*guest, args.flags);
    if (affected.live) {
        const HeldLimits held = co_await guest->require_machine().limits();
        if (!held.hard_kib) {
            fail(ErrorSource::qemu, Code::operation_invalid, "cgroup memory controller is not mounted");
        }
        require_order(guest->require_active().domain, args.params);
    }
    if (affected.config) require_order(guest->config_model(), args.params);
    Change change = [&args](model::Domain& domain) { change_limits_of(domain, args.params); };
    co_await apply(guest, affected, std::move(change));
    co_return p::DomainSetMemoryParametersResult();
}

p::DomainGetNumaParametersResult TuningService::get_numa(CallContext&,
                                                         const p::DomainGetNumaParametersArgs& args) {
    require_flags(ErrorSource::domain, args.flags, with_strings, "qemuDomainGetNumaParameters");
    const Registry::Pointer guest = require(args.dom);
    const model::Domain domain = asked_model(*guest, args.flags & both);
    const bool said = domain.numa_tuning && domain.numa_tuning->memory;
    p::ParamsBuilder out;
    out.i32("numa_mode", number_of(mode_of(domain)));
    out.text("numa_nodeset", said ? domain.numa_tuning->memory->nodes.text() : "");
    p::ParamsAnswer answer =
        p::answer(out.take(), args.nparams, args.flags, p::limits::domain_numa_parameters);
    return {.params = std::move(answer.params), .nparams = answer.nparams};
}

Task<p::DomainSetNumaParametersResult> TuningService::set_numa(CallContext,
                                                               p::DomainSetNumaParametersArgs args) {
    require_flags(ErrorSource::domain, args.flags, both, "qemuDomainSetNumaParameters");
    const NumaWish wish = numa_in(args.params);
    const Registry::Pointer guest = require(args.dom);
    const JobQueue::Job job = co_await guest->jobs.begin("change NUMA parameters");
    const Impact affected = impact(*guest, args.flags);
    if (affected.live) {
        require_movable(guest->live->domain, wish);
        constexpr std::size_t list_limit = 4096;
        const auto read = [] {
            return read_file_if_exists("/sys/devices/system/node/online", list_limit).value_or("0");
        };
        const std::string nodes = co_await blocking(parts_.loop, read);
        const auto online = model::CpuSet::parse(nodes.substr(0, nodes.find('\n')));
        for (const std::uint32_t node : wish.nodes.value_or(model::CpuSet()).numbers()) {
            if (online && !online->contains(node))
                fail(ErrorSource::none, Code::config_unsupported, "NUMA node {} is unavailable", node);
        }
    }
    Change change = [&wish](model::Domain& domain) { change_numa(domain, wish); };
    co_await apply(guest, affected, std::move(change));
    co_return p::DomainSetNumaParametersResult();
}

} // namespace yado::guest
