// SPDX-License-Identifier: Apache-2.0
// How many vCPUs a domain has, and which: the definition's, and the running guest's by plugging them in and
// out.
#include "guest/vcpus.h"

#include "base/text.h"
#include "guest/agent_service.h"
#include "guest/domain_service.h"
#include "model/domain/check.h"
#include "protocol/constants.h"

#include <algorithm>

namespace yado::guest {

using schema::YesNo;

void tell_vcpus_apart(model::Domain& domain) {
    if (!domain.each_vcpu.empty()) return;
    for (std::uint32_t id = 0; id < domain.vcpus.maximum; ++id) {
        const bool online = id < domain.vcpus.online();
        domain.each_vcpu.push_back({.id = id,
                                    .enabled = online ? YesNo::yes : YesNo::no,
                                    .hotpluggable = online ? YesNo::no : YesNo::yes,
                                    .order = std::nullopt});
    }
}

void set_vcpu_online(model::Domain& domain, std::uint32_t id, bool online) {
    tell_vcpus_apart(domain);
    if (id >= domain.each_vcpu.size()) return;
    model::Vcpu& vcpu = domain.each_vcpu[id];
    vcpu.enabled = online ? YesNo::yes : YesNo::no;
    vcpu.order.reset();
    const auto count =
        static_cast<std::uint32_t>(std::ranges::count(domain.each_vcpu, YesNo::yes, &model::Vcpu::enabled));
    domain.vcpus.current = count == domain.vcpus.maximum ? std::nullopt : std::optional(count);
}

std::optional<std::uint32_t> plugged_vcpu(std::string_view alias) {
    constexpr std::string_view stem = "vcpu";
    if (!alias.starts_with(stem)) return std::nullopt;
    return parse_number<std::uint32_t>(alias.substr(stem.size()));
}

namespace {

bool is_online(const model::Vcpu& vcpu) { return vcpu.enabled == YesNo::yes; }

/// Order of plugging in, as the running guest has it: 1 is first.
void number_in_order(model::Domain& domain) {
    std::vector<model::Vcpu*> online;
    for (model::Vcpu& each : domain.each_vcpu) {
        if (is_online(each)) online.push_back(&each);
    }
    std::ranges::sort(online, {},
                      [](const model::Vcpu* each) { return std::pair(each->order.value_or(~0U), each->id); });
    for (std::uint32_t order = 0; model::Vcpu * each : online) each->order = ++order;
}

/// Which ones go on or off to come to `count`: the first that are off, the last that can go.
std::vector<std::uint32_t> chosen(const model::Domain& domain, std::uint32_t count) {
    std::vector<std::uint32_t> ids;
    std::uint32_t online = domain.vcpus.online();
    for (const model::Vcpu& each : domain.each_vcpu) {
        if (online < count && !is_online(each)) {
            ids.push_back(each.id);
            ++online;
        }
    }
    for (std::size_t i = domain.each_vcpu.size(); i-- > 0 && online > count;) {
        const model::Vcpu& each = domain.each_vcpu[i];
        if (!is_online(each) || each.hotpluggable != YesNo::yes) continue;
        ids.push_back(each.id);
        --online;
    }
    if (online != count) {
        fail(ErrorSource::qemu, Code::operation_invalid,
             "couldn't find a suitable vCPU entity to satisfy the new vCPU count");
    }
    return ids;
}

} // namespace

Task<void> DomainService::plug_vcpus(Registry::Pointer guest, std::vector<std::uint32_t> ids, bool online) {
    const std::shared_ptr<Live> live = guest->live;
    for (const std::uint32_t id : ids) {
        Machine& machine = guest->require_machine();
        const std::string alias = fmt::format("vcpu{}", id);
        if (online) {
            co_await machine.attach_vcpu(live->domain, id);
        } else {
            live->unplugging.insert(alias);
            Unplugging result = Unplugging::pending;
            std::exception_ptr failure;
            try {
                result = co_await machine.detach_vcpu(id);
            } catch (...) { failure = std::current_exception(); }
            live->unplugging.erase(alias);
            if (failure) std::rethrow_exception(failure);
            if (result == Unplugging::pending)
                fail(ErrorSource::qemu, Code::operation_timeout,
                     "vcpu unplug request timed out. Unplug result must be manually inspected in the domain");
        }
        if (live->ended) fail(ErrorSource::domain, Code::operation_failed, "domain is not running");
        set_vcpu_online(live->domain, id, online);
        number_in_order(live->domain);
        co_await power_.save_status(guest);
    }
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
    const bool hotpluggable = (flags & Flags::hotpluggable) != 0;
    const auto require_room = [count](const model::Domain& domain, std::string_view which) {
        if (count <= domain.vcpus.maximum) return;
        fail(ErrorSource::qemu, Code::invalid_arg,
             "requested vcpus is greater than max allowable vcpus for the {} domain: {} > {}", which, count,
             domain.vcpus.maximum);
    };
    std::optional<model::Domain> config;
    if (affected.config) config = guest->config_model();
    if (config && (flags & Flags::maximum) != 0) {
        const std::uint32_t online = config->vcpus.online();
        config->vcpus.maximum = count;
        config->vcpus.current = online < count ? std::optional(online) : std::nullopt;
        config->each_vcpu.clear();
        schema::Diagnostics problems;
        model::check(*config, problems);
        problems.throw_if_any();
        parts_.hypervisor.check(*config);
    } else if (config) {
        require_room(*config, "persistent");
        if (hotpluggable || !config->each_vcpu.empty()) {
            tell_vcpus_apart(*config);
            for (const std::uint32_t id : chosen(*config, count)) {
                const bool on = !is_online(config->each_vcpu[id]);
                set_vcpu_online(*config, id, on);
                if (on && !hotpluggable) config->each_vcpu[id].hotpluggable = YesNo::no;
                if (!on) config->each_vcpu[id].hotpluggable = YesNo::yes;
            }
        } else {
            config->vcpus.current = count == config->vcpus.maximum ? std::optional<std::uint32_t>() : count;
        }
    }
    if (affected.live) {
        guest->require_machine();
        require_room(guest->live->domain, "live");
        model::Domain told_apart = guest->live->domain;
        tell_vcpus_apart(told_apart);
        const bool more = count > told_apart.vcpus.online();
        co_await plug_vcpus(guest, chosen(told_apart, count), more);
    }
    if (config) co_await save_config(guest, std::move(*config));
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

namespace {

/// The vCPUs of a set that shall change, each judged.
std::vector<std::uint32_t> asked_vcpus(const model::Domain& domain, const model::CpuSet& set, bool online,
                                       std::string_view which) {
    const std::vector<std::uint32_t> ids = set.numbers();
    for (const std::uint32_t id : ids) {
        if (id >= domain.vcpus.maximum)
            fail(ErrorSource::qemu, Code::invalid_arg, "vcpu {} is not present in {} config", id, which);
        const model::Vcpu& vcpu = domain.each_vcpu[id];
        if (which == "live" && is_online(vcpu) == online)
            fail(ErrorSource::qemu, Code::invalid_arg, "vcpu '{}' is already in requested state", id);
        if (which == "live" && !online && vcpu.hotpluggable != YesNo::yes)
            fail(ErrorSource::qemu, Code::operation_unsupported, "vcpu '{}' can't be unplugged", id);
        if (which != "live" && id == 0 && !online)
            fail(ErrorSource::qemu, Code::invalid_arg, "vCPU '{}' can't be modified", id);
    }
    return ids;
}

} // namespace

Task<p::DomainSetVcpuResult> DomainService::set_vcpu(CallContext, p::DomainSetVcpuArgs args) {
    namespace Flags = p::DomainModificationImpact;
    require_flags(ErrorSource::domain, args.flags, Flags::live | Flags::config, "qemuDomainSetVcpu");
    if (args.state != 0 && args.state != 1)
        fail(ErrorSource::qemu, Code::invalid_arg, "unsupported state value");
    const auto set = model::CpuSet::parse(args.cpumap);
    if (!set) fail(ErrorSource::none, Code::invalid_arg, "Failed to parse bitmap '{}'", args.cpumap);
    if (set->empty()) fail(ErrorSource::qemu, Code::invalid_arg, "no vcpus selected for modification");
    const bool online = args.state == 1;
    const Registry::Pointer guest = require(args.dom);
    const JobQueue::Job job = co_await guest->jobs.begin("set vcpu");
    const Impact affected = impact(*guest, args.flags);
    std::optional<model::Domain> config;
    if (affected.config) {
        config = guest->config_model();
        tell_vcpus_apart(*config);
        for (const std::uint32_t id : asked_vcpus(*config, *set, online, "persistent")) {
            set_vcpu_online(*config, id, online);
            if (id != 0) config->each_vcpu[id].hotpluggable = YesNo::yes;
        }
    }
    if (affected.live) {
        guest->require_machine();
        model::Domain told_apart = guest->live->domain;
        tell_vcpus_apart(told_apart);
        std::vector<std::uint32_t> ids = asked_vcpus(told_apart, *set, online, "live");
        co_await plug_vcpus(guest, std::move(ids), online);
    }
    if (config) co_await save_config(guest, std::move(*config));
    co_return p::DomainSetVcpuResult();
}

} // namespace yado::guest
