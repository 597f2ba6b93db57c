// SPDX-License-Identifier: Apache-2.0
// The part of network_service.h about ports.
#include "network/network_service.h"

#include "model/network/document.h"
#include "protocol/constants.h"
#include "protocol/typed_params.h"
#include "service/arguments.h"

namespace yado::network {
namespace {

struct RateParameter {
    std::string_view name;
    std::optional<model::Rate> model::Bandwidth::* direction;
    std::uint64_t model::Rate::* member;
};
constexpr RateParameter rate_parameters[] = {
    {"inbound.average", &model::Bandwidth::inbound, &model::Rate::average},
    {"inbound.peak", &model::Bandwidth::inbound, &model::Rate::peak},
    {"inbound.floor", &model::Bandwidth::inbound, &model::Rate::floor},
    {"inbound.burst", &model::Bandwidth::inbound, &model::Rate::burst},
    {"outbound.average", &model::Bandwidth::outbound, &model::Rate::average},
    {"outbound.peak", &model::Bandwidth::outbound, &model::Rate::peak},
    {"outbound.burst", &model::Bandwidth::outbound, &model::Rate::burst},
};

p::NetworkPortRef port_ref(const Network& network, const Uuid& port) {
    return {.net = ref_to(network), .uuid = port};
}

} // namespace

p::NetworkListAllPortsResult NetworkService::list_ports(CallContext&,
                                                        const p::NetworkListAllPortsArgs& args) {
    service::require_flags(source, args.flags, 0, "networkListAllPorts");
    const NetworkPointer network = network_of(args.network);
    p::NetworkListAllPortsResult result;
    for (const auto& [uuid, port] : network->ports) {
        ++result.ret;
        if (args.need_results != 0) result.ports.push_back(port_ref(*network, uuid));
    }
    return result;
}

p::NetworkPortLookupByUuidResult NetworkService::lookup_port(CallContext&,
                                                             const p::NetworkPortLookupByUuidArgs& args) {
    const NetworkPointer network = network_of(args.network);
    if (!network->active()) {
        fail(source, Code::operation_invalid, "network '{}' is not active", network->name);
    }
    return {.port = port_ref(*network, networks_.require_port(*network, args.uuid).uuid)};
}

p::NetworkPortGetXmlDescResult NetworkService::get_port_xml(CallContext&,
                                                            const p::NetworkPortGetXmlDescArgs& args) {
    service::require_flags(source, args.flags, 0, "networkPortGetXMLDesc");
    const NetworkPointer network = network_of(args.port.net);
    return {.xml = model::write_network_port(networks_.require_port(*network, args.port.uuid))};
}

p::NetworkPortGetParametersResult
NetworkService::get_port_parameters(CallContext&, const p::NetworkPortGetParametersArgs& args) {
    service::require_flags(source, args.flags & ~p::TypedParameterFlags::string_okay, 0,
                           "networkPortGetParameters");
    const NetworkPointer network = network_of(args.port.net);
    const model::NetworkPort& port = networks_.require_port(*network, args.port.uuid);
    p::ParamsBuilder params;
    if (port.bandwidth) {
        for (const RateParameter& parameter : rate_parameters) {
            const std::optional<model::Rate>& rate = (*port.bandwidth).*parameter.direction;
            if (rate)
                params.u32(std::string(parameter.name),
                           static_cast<std::uint32_t>((*rate).*parameter.member));
        }
    }
    // not asked twice: the client gives no number that means anything
    p::TypedParams found = params.take();
    const auto count = static_cast<std::int32_t>(found.size());
    return {.params = std::move(found), .nparams = count};
}

Task<p::NetworkPortCreateXmlResult> NetworkService::create_port(CallContext,
                                                                p::NetworkPortCreateXmlArgs args) {
    namespace Flags = p::NetworkPortCreateFlags;
    service::require_flags(source, args.flags, Flags::reclaim | Flags::validate, "networkPortCreateXML");
    const bool validate = (args.flags & Flags::validate) != 0;
    const NetworkPointer network = network_of(args.network);
    model::NetworkPort port = model::parse_network_port(
        args.xml, {.unknown = validate ? schema::Unknown::reject : schema::Unknown::ignore});
    port = co_await networks_.add_port(network, std::move(port), (args.flags & Flags::reclaim) != 0);
    co_return p::NetworkPortCreateXmlResult{.port = port_ref(*network, port.uuid)};
}

Task<p::NetworkPortDeleteResult> NetworkService::delete_port(CallContext, p::NetworkPortDeleteArgs args) {
    service::require_flags(source, args.flags, 0, "networkPortDelete");
    co_await networks_.remove_port(network_of(args.port.net), args.port.uuid);
    co_return p::NetworkPortDeleteResult();
}

Task<p::NetworkPortSetParametersResult>
NetworkService::set_port_parameters(CallContext, p::NetworkPortSetParametersArgs args) {
    service::require_flags(source, args.flags & ~p::TypedParameterFlags::string_okay, 0,
                           "networkPortSetParameters");
    std::vector<p::ParamRule> rules;
    for (const RateParameter& parameter : rate_parameters)
        rules.push_back({parameter.name, p::ParamType::u32});
    p::check(args.params, rules);
    const NetworkPointer network = network_of(args.port.net);
    const model::NetworkPort& port = networks_.require_port(*network, args.port.uuid);
    model::Bandwidth bandwidth;
    if (port.bandwidth) bandwidth = *port.bandwidth;
    for (const RateParameter& parameter : rate_parameters) {
        const auto value = p::get<std::uint32_t>(args.params, parameter.name);
        if (!value) continue;
        std::optional<model::Rate>& rate = bandwidth.*parameter.direction;
        if (!rate) rate.emplace();
        (*rate).*parameter.member = *value;
    }
    // a direction without an average has no limit
    for (auto direction : {&model::Bandwidth::inbound, &model::Bandwidth::outbound}) {
        std::optional<model::Rate>& rate = bandwidth.*direction;
        if (rate && rate->average == 0 && rate->floor == 0) rate.reset();
    }
    std::optional<model::Bandwidth> kept;
    if (bandwidth.inbound || bandwidth.outbound) kept = bandwidth;
    co_await networks_.set_port_bandwidth(network, args.port.uuid, std::move(kept));
    co_return p::NetworkPortSetParametersResult();
}

} // namespace yado::network
