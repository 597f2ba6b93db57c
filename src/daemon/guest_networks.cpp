// SPDX-License-Identifier: Apache-2.0
#include "daemon/guest_networks.h"

#include "base/error.h"
#include "base/log.h"

#include <algorithm>

namespace yado::daemon {
namespace {

using guest::NetworkPortRequest;

const model::NetworkNet& wish_of(const NetworkPortRequest& request) {
    return std::get<model::NetworkNet>(request.card.kind);
}

model::MacTable mac_table(model::MacTableOwner owner) {
    switch (owner) {
    case model::MacTableOwner::kernel: return model::MacTable::kernel;
    case model::MacTableOwner::libvirt: return model::MacTable::libvirt;
    case model::MacTableOwner::unset: break;
    }
    return model::MacTable::unset;
}

model::DirectMode direct_mode(model::DirectPlugMode mode) {
    switch (mode) {
    case model::DirectPlugMode::bridge: return model::DirectMode::bridge;
    case model::DirectPlugMode::private_: return model::DirectMode::private_;
    case model::DirectPlugMode::passthrough: return model::DirectMode::passthrough;
    case model::DirectPlugMode::vepa:
    case model::DirectPlugMode::unset: break;
    }
    return model::DirectMode::vepa;
}

model::ActualInterface actual_of(const model::NetworkPort& port) {
    model::ActualInterface actual;
    if (const auto* network = std::get_if<model::NetworkPlug>(&port.plug.kind)) {
        model::ActualNetwork plug;
        plug.bridge = network->bridge;
        plug.mac_table = mac_table(network->mac_table_owner);
        actual.kind = std::move(plug);
    } else if (const auto* bridge = std::get_if<model::BridgePlug>(&port.plug.kind)) {
        actual.kind = model::ActualBridge{bridge->bridge, mac_table(bridge->mac_table_owner)};
    } else if (const auto* direct = std::get_if<model::DirectPlug>(&port.plug.kind)) {
        actual.kind = model::ActualDirect{direct->device, direct_mode(direct->mode)};
    } else {
        fail(ErrorSource::network, Code::config_unsupported,
             "cards of the host given to guests as a whole need an interface of type 'hostdev'");
    }
    actual.trust_guest_rx_filters = port.trust_guest_rx_filters;
    actual.port.vlan = port.vlan;
    actual.port.virtual_port = port.virtual_port;
    actual.port.bandwidth = port.bandwidth;
    actual.port.options = port.options;
    return actual;
}

/// What the guest's card asks of the network.
model::NetworkPort port_of(const NetworkPortRequest& request) {
    const model::Interface& card = request.card;
    model::NetworkPort port;
    port.uuid = Uuid::random();
    port.owner = {request.guest, request.guest_uuid};
    port.group = wish_of(request).portgroup;
    port.mac = card.mac.address;
    port.vlan = card.port.vlan;
    port.virtual_port = card.port.virtual_port;
    port.bandwidth = card.port.bandwidth;
    port.options = card.port.options;
    port.trust_guest_rx_filters = card.trust_guest_rx_filters;
    return port;
}

/// The port that a start, which may have been interrupted, made for the card.
std::optional<Uuid> port_id(const network::Network& network, const NetworkPortRequest& request) {
    const Uuid& known = wish_of(request).port_id;
    if (!known.is_null()) return network.ports.contains(known) ? std::optional(known) : std::nullopt;
    const auto found = std::ranges::find_if(network.ports, [&](const auto& row) {
        return row.second.owner.uuid == request.guest_uuid && row.second.mac == request.card.mac.address;
    });
    return found == network.ports.end() ? std::nullopt : std::optional(found->first);
}

Task<guest::NetworkPort> attach(network::Networks& networks, NetworkPortRequest request) {
    const network::NetworkPointer network = networks.require(wish_of(request).network);
    if (!network->active()) { // a guest's start brings up what it names
        log_info("daemon", "network '{}' is started for guest '{}'", network->name, request.guest);
        co_await networks.start_if_needed(network);
    }
    model::NetworkPort port = port_of(request);
    port = co_await networks.add_port(network, std::move(port), false);
    guest::NetworkPort made;
    made.id = port.uuid;
    std::exception_ptr failure;
    try {
        made.actual = actual_of(port);
    } catch (...) { failure = std::current_exception(); }
    if (!failure) co_return made;
    co_await networks.remove_port(network, port.uuid);
    std::rethrow_exception(failure);
}

Task<void> keep(network::Networks& networks, NetworkPortRequest request) {
    const network::NetworkPointer network = networks.find(wish_of(request).network);
    if (network == nullptr || !network->active() || port_id(*network, request)) co_return;
    // its network was started anew, or the port's file was lost
    model::NetworkPort port = port_of(request);
    if (!wish_of(request).port_id.is_null()) port.uuid = wish_of(request).port_id;
    co_await networks.add_port(network, std::move(port), false);
}

Task<void> release(network::Networks& networks, NetworkPortRequest request) {
    const network::NetworkPointer network = networks.find(wish_of(request).network);
    if (network == nullptr) co_return;
    const auto id = port_id(*network, request);
    if (id) co_await networks.remove_port(network, *id);
}

Task<std::vector<guest::LeasedAddress>> leases(network::Networks& networks, std::string name) {
    const network::NetworkPointer network = networks.require(name);
    const std::vector<network::Lease> given = co_await networks.leases(network);
    std::vector<guest::LeasedAddress> shown;
    for (const network::Lease& each : given)
        shown.push_back({.mac = each.mac, .address = each.address, .prefix = each.prefix, .v6 = each.v6});
    co_return shown;
}

} // namespace

void serve_networks(guest::NetworkPorts& ports, network::Networks& networks) {
    ports.attach = [&networks](NetworkPortRequest request) { return attach(networks, std::move(request)); };
    ports.keep = [&networks](NetworkPortRequest request) { return keep(networks, std::move(request)); };
    ports.release = [&networks](NetworkPortRequest request) { return release(networks, std::move(request)); };
    ports.leases = [&networks](std::string name) { return leases(networks, std::move(name)); };
}

} // namespace yado::daemon
