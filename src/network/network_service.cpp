// SPDX-License-Identifier: Apache-2.0
#include "network/network_service.h"

#include "model/network/document.h"
#include "network/metadata.h"
#include "network/plugging.h"
#include "network/update.h"
#include "protocol/constants.h"
#include "service/arguments.h"

#include <algorithm>
#include <utility>

namespace yado::network {
namespace {

/// Neither or both of a pair: either will do.
bool fits(std::uint32_t flags, bool is, std::uint32_t yes, std::uint32_t no) {
    const std::uint32_t asked = flags & (yes | no);
    return asked == 0 || (asked & (is ? yes : no)) != 0;
}

std::vector<std::string> names_of(const std::vector<NetworkPointer>& networks, bool active,
                                  std::int32_t most) {
    std::vector<std::string> names;
    for (const NetworkPointer& network : networks) {
        if (network->active() != active) continue;
        if (std::cmp_greater_equal(names.size(), most)) break;
        names.push_back(network->name);
    }
    return names;
}

std::int32_t count(const std::vector<NetworkPointer>& networks, bool active) {
    return static_cast<std::int32_t>(
        std::ranges::count_if(networks, [active](const auto& each) { return each->active() == active; }));
}

/// The forms a change is for; neither flag: the one clients see.
Networks::Affect affect_of(const Network& network, std::uint32_t flags) {
    namespace Flags = p::NetworkUpdateFlags;
    Networks::Affect affect{.live = (flags & Flags::live) != 0, .config = (flags & Flags::config) != 0};
    if (!affect.live && !affect.config) (network.active() ? affect.live : affect.config) = true;
    if (affect.live && !network.active()) fail(source, Code::operation_invalid, "network is not running");
    if (affect.config && !network.persistent()) {
        fail(source, Code::operation_invalid, "cannot change persistent config of a transient network");
    }
    return affect;
}

} // namespace

NetworkPointer NetworkService::network_of(const p::NetworkRef& ref) const {
    if (NetworkPointer network = networks_.find(ref.uuid)) return network;
    fail(source, Code::no_network, "no network with matching uuid '{}' ({})", ref.uuid.text(), ref.name);
}

// --- lists and look-ups ---

p::ConnectListAllNetworksResult NetworkService::list_all(CallContext&,
                                                         const p::ConnectListAllNetworksArgs& args) {
    namespace Flags = p::ConnectListAllNetworksFlags;
    service::require_flags(source, args.flags,
                           Flags::inactive | Flags::active | Flags::persistent | Flags::transient |
                               Flags::autostart | Flags::no_autostart,
                           "networkConnectListAllNetworks");
    p::ConnectListAllNetworksResult result;
    for (const NetworkPointer& network : networks_.all()) {
        if (!fits(args.flags, network->active(), Flags::active, Flags::inactive) ||
            !fits(args.flags, network->persistent(), Flags::persistent, Flags::transient) ||
            !fits(args.flags, network->autostart, Flags::autostart, Flags::no_autostart)) {
            continue;
        }
        ++result.ret;
        if (args.need_results != 0) result.nets.push_back(ref_to(*network));
    }
    if (result.nets.size() > p::limits::network_list) {
        fail(ErrorSource::rpc, Code::rpc, "Too many networks '{}' for limit '{}'", result.nets.size(),
             p::limits::network_list);
    }
    return result;
}

p::ConnectListNetworksResult NetworkService::list_active(CallContext&,
                                                         const p::ConnectListNetworksArgs& args) {
    return {.names = names_of(networks_.all(), true, args.maxnames)};
}

p::ConnectListDefinedNetworksResult
NetworkService::list_inactive(CallContext&, const p::ConnectListDefinedNetworksArgs& args) {
    return {.names = names_of(networks_.all(), false, args.maxnames)};
}

p::ConnectNumOfNetworksResult NetworkService::count_active(CallContext&, const p::ConnectNumOfNetworksArgs&) {
    return {.num = count(networks_.all(), true)};
}

p::ConnectNumOfDefinedNetworksResult
NetworkService::count_inactive(CallContext&, const p::ConnectNumOfDefinedNetworksArgs&) {
    return {.num = count(networks_.all(), false)};
}

p::NetworkLookupByNameResult NetworkService::lookup_by_name(CallContext&,
                                                            const p::NetworkLookupByNameArgs& args) {
    return {.net = ref_to(*networks_.require(args.name))};
}

p::NetworkLookupByUuidResult NetworkService::lookup_by_uuid(CallContext&,
                                                            const p::NetworkLookupByUuidArgs& args) {
    return {.net = ref_to(*networks_.require(args.uuid))};
}

p::NetworkGetXmlDescResult NetworkService::get_xml(CallContext&, const p::NetworkGetXmlDescArgs& args) {
    service::require_flags(source, args.flags, p::NetworkXMLFlags::inactive, "networkGetXMLDesc");
    const NetworkPointer network = network_of(args.net);
    const bool inactive = (args.flags & p::NetworkXMLFlags::inactive) != 0;
    if (inactive && network->definition)
        return {.xml = model::write_network(*network->definition, schema::definition_view)};
    if (!network->live) return {.xml = model::write_network(*network->definition, schema::definition_view)};
    return {.xml = model::write_network(inactive ? *network->live : with_connections(*network),
                                        {.live = !inactive})};
}

p::NetworkGetAutostartResult NetworkService::get_autostart(CallContext&,
                                                           const p::NetworkGetAutostartArgs& args) {
    return {.autostart = network_of(args.net)->autostart ? 1 : 0};
}

p::NetworkGetBridgeNameResult NetworkService::get_bridge_name(CallContext&,
                                                              const p::NetworkGetBridgeNameArgs& args) {
    const NetworkPointer network = network_of(args.net);
    const std::string& bridge = network->current().bridge.name;
    if (bridge.empty())
        fail(source, Code::internal_error, "network '{}' does not have a bridge name.", network->name);
    return {.name = bridge};
}

p::NetworkIsActiveResult NetworkService::is_active(CallContext&, const p::NetworkIsActiveArgs& args) {
    return {.active = network_of(args.net)->active() ? 1 : 0};
}

p::NetworkIsPersistentResult NetworkService::is_persistent(CallContext&,
                                                           const p::NetworkIsPersistentArgs& args) {
    return {.persistent = network_of(args.net)->persistent() ? 1 : 0};
}

// --- definitions and state ---

Task<p::NetworkDefineXmlResult> NetworkService::define(CallContext, p::NetworkDefineXmlArgs args) {
    const NetworkPointer network = co_await networks_.define(std::move(args.xml), false);
    co_return p::NetworkDefineXmlResult{.net = ref_to(*network)};
}

Task<p::NetworkDefineXmlFlagsResult> NetworkService::define_flags(CallContext,
                                                                  p::NetworkDefineXmlFlagsArgs args) {
    service::require_flags(source, args.flags, p::NetworkDefineFlags::validate, "networkDefineXMLFlags");
    const bool validate = (args.flags & p::NetworkDefineFlags::validate) != 0;
    const NetworkPointer network = co_await networks_.define(std::move(args.xml), validate);
    co_return p::NetworkDefineXmlFlagsResult{.net = ref_to(*network)};
}

Task<p::NetworkCreateXmlResult> NetworkService::create_xml(CallContext, p::NetworkCreateXmlArgs args) {
    const NetworkPointer network = co_await networks_.create(std::move(args.xml), false);
    co_return p::NetworkCreateXmlResult{.net = ref_to(*network)};
}

Task<p::NetworkCreateXmlFlagsResult> NetworkService::create_xml_flags(CallContext,
                                                                      p::NetworkCreateXmlFlagsArgs args) {
    service::require_flags(source, args.flags, p::NetworkCreateFlags::validate, "networkCreateXMLFlags");
    const bool validate = (args.flags & p::NetworkCreateFlags::validate) != 0;
    const NetworkPointer network = co_await networks_.create(std::move(args.xml), validate);
    co_return p::NetworkCreateXmlFlagsResult{.net = ref_to(*network)};
}

Task<p::NetworkCreateResult> NetworkService::create(CallContext, p::NetworkCreateArgs args) {
    co_await networks_.start(network_of(args.net));
    co_return p::NetworkCreateResult();
}

Task<p::NetworkDestroyResult> NetworkService::destroy(CallContext, p::NetworkDestroyArgs args) {
    co_await networks_.destroy(network_of(args.net));
    co_return p::NetworkDestroyResult();
}

Task<p::NetworkUndefineResult> NetworkService::undefine(CallContext, p::NetworkUndefineArgs args) {
    co_await networks_.undefine(network_of(args.net));
    co_return p::NetworkUndefineResult();
}

Task<p::NetworkSetAutostartResult> NetworkService::set_autostart(CallContext,
                                                                 p::NetworkSetAutostartArgs args) {
    co_await networks_.set_autostart(network_of(args.net), args.autostart != 0);
    co_return p::NetworkSetAutostartResult();
}

Task<p::NetworkUpdateResult> NetworkService::update(CallContext, p::NetworkUpdateArgs args) {
    namespace Flags = p::NetworkUpdateFlags;
    service::require_flags(source, args.flags, Flags::live | Flags::config, "networkUpdate");
    const NetworkPointer network = network_of(args.net);
    const Networks::Affect affect = affect_of(*network, args.flags);
    const Update update{args.command, args.section, args.parentIndex, std::move(args.xml)};
    const auto change = [&update](model::Network& form) { apply(form, update); };
    co_await networks_.change(network, affect, change);
    co_return p::NetworkUpdateResult();
}

// --- metadata ---

p::NetworkGetMetadataResult NetworkService::get_metadata(CallContext&,
                                                         const p::NetworkGetMetadataArgs& args) {
    namespace Flags = p::NetworkUpdateFlags;
    service::require_flags(source, args.flags, Flags::live | Flags::config, "networkGetMetadata");
    const NetworkPointer network = network_of(args.network);
    const Networks::Affect affect = affect_of(*network, args.flags);
    const model::Network& form = affect.config ? *network->definition : *network->live;
    return {.metadata = metadata_of(form, args.type, args.uri)};
}

Task<p::NetworkSetMetadataResult> NetworkService::set_metadata(CallContext, p::NetworkSetMetadataArgs args) {
    namespace Flags = p::NetworkUpdateFlags;
    service::require_flags(source, args.flags, Flags::live | Flags::config, "networkSetMetadata");
    const NetworkPointer network = network_of(args.network);
    const Networks::Affect affect = affect_of(*network, args.flags);
    const auto change = [&args](model::Network& form) {
        set_metadata_of(form, args.type, args.metadata, args.key, args.uri);
    };
    co_await networks_.change(network, affect, change);
    networks_.events().publish({.what = NetworkEvent::What::metadata_changed,
                                .name = network->name,
                                .id = network->uuid,
                                .metadata_type = args.type,
                                .metadata_uri = args.uri});
    co_return p::NetworkSetMetadataResult();
}

// --- leases ---

Task<p::NetworkGetDhcpLeasesResult> NetworkService::get_leases(CallContext,
                                                               p::NetworkGetDhcpLeasesArgs args) {
    service::require_flags(source, args.flags, 0, "networkGetDHCPLeases");
    std::optional<model::Mac> only;
    if (args.mac) {
        only = model::Mac::parse(*args.mac);
        if (!only) service::refuse_argument(source, "invalid MAC address: {}", *args.mac);
    }
    const std::vector<Lease> leases = co_await networks_.leases(network_of(args.net));
    const auto text = [](const std::string& value) {
        return value.empty() ? std::nullopt : std::optional<std::string>(value);
    };
    p::NetworkGetDhcpLeasesResult result;
    for (const Lease& lease : leases) {
        if (only && model::Mac::parse(lease.mac) != only) continue;
        ++result.ret;
        if (args.need_results == 0) continue;
        p::NetworkDhcpLease row;
        row.iface = lease.interface;
        row.expirytime = lease.expiry;
        row.type = lease.v6 ? p::IPAddrType::ipv6 : p::IPAddrType::ipv4;
        row.mac = text(lease.mac);
        row.iaid = text(lease.iaid);
        row.ipaddr = lease.address;
        row.prefix = lease.prefix;
        row.hostname = text(lease.host_name);
        row.clientid = text(lease.client_id);
        result.leases.push_back(std::move(row));
    }
    co_return result;
}

} // namespace yado::network
