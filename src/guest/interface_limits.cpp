// SPDX-License-Identifier: Apache-2.0
// What passes through a domain's network interfaces, and how much may (domifstat, domiftune).
#include "guest/tuning_service.h"

#include "base/log.h"
#include "host/netlink/network.h"
#include "protocol/constants.h"
#include "protocol/typed_params.h"

#include <array>

namespace yado::guest {

namespace Flags = p::DomainModificationImpact;

namespace {

constexpr std::uint32_t both = Flags::live | Flags::config;

/// Names in the interface's two directions, as the guest sees them.
struct RateField {
    std::string_view field;
    std::optional<model::Rate> model::Bandwidth::* direction;
    std::uint64_t model::Rate::* amount;
};
constexpr std::array<RateField, 7> fields{
    {{"inbound.average", &model::Bandwidth::inbound, &model::Rate::average},
     {"inbound.peak", &model::Bandwidth::inbound, &model::Rate::peak},
     {"inbound.burst", &model::Bandwidth::inbound, &model::Rate::burst},
     {"inbound.floor", &model::Bandwidth::inbound, &model::Rate::floor},
     {"outbound.average", &model::Bandwidth::outbound, &model::Rate::average},
     {"outbound.peak", &model::Bandwidth::outbound, &model::Rate::peak},
     {"outbound.burst", &model::Bandwidth::outbound, &model::Rate::burst}}};

std::vector<p::ParamRule> rules() {
    std::vector<p::ParamRule> list;
    for (const RateField& each : fields) list.push_back({each.field, p::ParamType::u32});
    return list;
}

/// By the host's name of it or by its MAC address.
model::Interface& require_interface(model::Domain& domain, const std::string& device) {
    const auto mac = model::Mac::parse(device);
    for (model::Interface& each : domain.devices.interfaces) {
        const bool named = !device.empty() && each.target.device == device;
        if (named || (mac && each.mac.address == *mac)) return each;
    }
    fail(ErrorSource::qemu, Code::invalid_arg, "'{}' is not a known interface", device);
}

bool has_host_device(std::string_view kind) {
    return kind == "network" || kind == "bridge" || kind == "ethernet" || kind == "direct";
}

void require_limitable(const model::Interface& interface) {
    const std::string_view kind = interface.actual_word();
    if (!has_host_device(kind)) {
        fail(ErrorSource::qemu, Code::config_unsupported,
             "setting bandwidth on interfaces of type '{}' is not implemented yet", kind);
    }
}

/// A direction is changed when any of its values is given; an average and floor of 0 take it away.
void change_bandwidth(model::Interface& interface, const p::TypedParams& params) {
    model::Bandwidth& bandwidth = interface.port.bandwidth.ensure();
    for (const auto direction : {&model::Bandwidth::inbound, &model::Bandwidth::outbound}) {
        model::Rate rate;
        bool given = false;
        for (const RateField& each : fields) {
            if (each.direction != direction) continue;
            const auto value = p::get<std::uint32_t>(params, each.field);
            given = given || value;
            rate.*each.amount = value.value_or(0);
        }
        if (!given) continue;
        if (rate.average == 0 && rate.floor == 0) (bandwidth.*direction).reset();
        else bandwidth.*direction = rate;
    }
    if (!bandwidth.inbound && !bandwidth.outbound) interface.port.bandwidth.reset();
}

std::optional<host::TrafficLimit> limit_of(const std::optional<model::Rate>& rate) {
    if (!rate) return std::nullopt;
    return host::TrafficLimit{.average = rate->average, .peak = rate->peak, .burst = rate->burst};
}

/// What the guest receives the host sends.
host::TrafficLimits host_limits(const model::Interface& interface) {
    host::TrafficLimits limits;
    if (!interface.port.bandwidth) return limits;
    limits.sent = limit_of(interface.port.bandwidth->inbound);
    limits.received = limit_of(interface.port.bandwidth->outbound);
    return limits;
}

std::int64_t signed_of(std::uint64_t value) { return static_cast<std::int64_t>(value); }

} // namespace

bool sees_as_guest(const model::Interface& interface) { return interface.actual_word() == "direct"; }

p::DomainGetInterfaceParametersResult
TuningService::get_interface(CallContext&, const p::DomainGetInterfaceParametersArgs& args) {
    require_flags(ErrorSource::domain, args.flags, both | p::TypedParameterFlags::string_okay,
                  "qemuDomainGetInterfaceParameters");
    const Registry::Pointer guest = require(args.dom);
    model::Domain domain = asked_model(*guest, args.flags & both);
    p::ParamsBuilder out;
    const model::Interface* interface = nullptr;
    if (args.nparams != 0) interface = &require_interface(domain, args.device);
    for (const RateField& each : fields) {
        std::uint64_t value = 0;
        if (interface != nullptr && interface->port.bandwidth) {
            const auto& rate = (*interface->port.bandwidth).*each.direction;
            if (rate) value = (*rate).*each.amount;
        }
        out.u32(std::string(each.field), static_cast<std::uint32_t>(value));
    }
    p::ParamsAnswer answer =
        p::answer(out.take(), args.nparams, args.flags, p::limits::domain_interface_parameters);
    return {.params = std::move(answer.params), .nparams = answer.nparams};
}

Task<p::DomainSetInterfaceParametersResult>
TuningService::set_interface(CallContext, p::DomainSetInterfaceParametersArgs args) {
    require_flags(ErrorSource::domain, args.flags, both, "qemuDomainSetInterfaceParameters");
    p::check(args.params, rules());
    const Registry::Pointer guest = require(args.dom);
    const JobQueue::Job job = co_await guest->jobs.begin("change interface limits");
    const Impact affected = impact(*guest, args.flags);
    Change change = [&args](model::Domain& domain) {
        model::Interface& interface = require_interface(domain, args.device);
        require_limitable(interface);
        change_bandwidth(interface, args.params);
    };
    std::optional<model::Domain> config;
    if (affected.config) config = changed_config(*guest, change);
    if (affected.live) {
        guest->require_machine();
        model::Domain before = guest->live->domain, after = before;
        change(after);
        const model::Interface& old = require_interface(before, args.device);
        const model::Interface& wanted = require_interface(after, args.device);
        const auto set = [device = wanted.target.device, limits = host_limits(wanted),
                          was = host_limits(old)] {
            const auto network = host::make_network();
            try {
                return network->set_traffic_limits(device, limits);
            } catch (const Error&) {
                network->set_traffic_limits(device, was);
                throw;
            }
        };
        const std::vector<std::string> left_out = co_await blocking(parts_.loop, set);
        for (const std::string& line : left_out)
            log_warning("guest.tuning", "guest '{}': {}", guest->name, line);
        guest->require_machine();
        change(guest->live->domain);
        co_await power_.save_status(guest);
    }
    if (config) co_await save_config(guest, std::move(*config));
    co_return p::DomainSetInterfaceParametersResult();
}

Task<p::DomainInterfaceStatsResult> TuningService::get_interface_stats(CallContext,
                                                                       p::DomainInterfaceStatsArgs args) {
    const Registry::Pointer guest = require(args.dom);
    model::Domain domain = guest->require_active().domain;
    const model::Interface& interface = require_interface(domain, args.device);
    if (interface.target.device.empty()) {
        fail(ErrorSource::qemu, Code::internal_error, "Interface name not provided");
    }
    const std::string device = interface.target.device;
    const auto look = [device] { return host::make_network()->link(device); };
    const std::optional<host::Link> link = co_await blocking(parts_.loop, look);
    if (!link) fail(ErrorSource::qemu, Code::operation_failed, "the host has no interface '{}'", device);
    host::LinkStatistics::Direction in = link->statistics.sent, out = link->statistics.received;
    if (sees_as_guest(interface)) std::swap(in, out);
    co_return {.rx_bytes = signed_of(in.bytes),
               .rx_packets = signed_of(in.packets),
               .rx_errs = signed_of(in.errors),
               .rx_drop = signed_of(in.drops),
               .tx_bytes = signed_of(out.bytes),
               .tx_packets = signed_of(out.packets),
               .tx_errs = signed_of(out.errors),
               .tx_drop = signed_of(out.drops)};
}

} // namespace yado::guest
