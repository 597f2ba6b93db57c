// SPDX-License-Identifier: Apache-2.0
#include "network/plugging.h"

#include "base/error.h"

#include <algorithm>

namespace yado::network {
namespace {

using model::DirectPlugMode;
using model::ForwardMode;

const model::PortGroup* group_of(const model::Network& network, const std::string& name) {
    const auto found = std::ranges::find_if(network.port_groups, [&](const model::PortGroup& group) {
        return name.empty() ? group.is_default : group.name == name;
    });
    return found == network.port_groups.end() ? nullptr : &*found;
}

/// What the card itself does not say comes from its group, and what that does not say from the network.
void inherit(const model::Network& network, model::NetworkPort& port) {
    using schema::YesNo;
    const model::PortGroup* group = group_of(network, port.group);
    if (!port.bandwidth && group != nullptr) port.bandwidth = group->bandwidth;
    if (!port.vlan && group != nullptr) port.vlan = group->vlan;
    if (!port.vlan) port.vlan = network.vlan;
    if (!port.virtual_port && group != nullptr) port.virtual_port = group->virtual_port;
    if (!port.virtual_port) port.virtual_port = network.virtual_port;
    if (port.trust_guest_rx_filters == YesNo::unset && group != nullptr)
        port.trust_guest_rx_filters = group->trust_guest_rx_filters;
    if (port.trust_guest_rx_filters == YesNo::unset)
        port.trust_guest_rx_filters = network.trust_guest_rx_filters;
    if (port.options.isolated == YesNo::unset) port.options.isolated = network.port.isolated;
}

DirectPlugMode direct_mode(ForwardMode mode) {
    switch (mode) {
    case ForwardMode::private_: return DirectPlugMode::private_;
    case ForwardMode::vepa: return DirectPlugMode::vepa;
    case ForwardMode::passthrough: return DirectPlugMode::passthrough;
    default: return DirectPlugMode::bridge;
    }
}

std::uint32_t users_of(const Network& network, const std::string& device) {
    return static_cast<std::uint32_t>(std::ranges::count_if(network.ports, [&](const auto& row) {
        const auto* direct = std::get_if<model::DirectPlug>(&row.second.plug.kind);
        return direct != nullptr && direct->device == device;
    }));
}

std::uint32_t users_of(const Network& network, const model::HostPci& place) {
    return static_cast<std::uint32_t>(std::ranges::count_if(network.ports, [&](const auto& row) {
        const auto* device = std::get_if<model::HostdevPlug>(&row.second.plug.kind);
        return device != nullptr && device->address && device->address->text() == place.text();
    }));
}

model::Plug direct_plug(const Network& network) {
    const model::Network& live = *network.live;
    const std::vector<model::ForwardInterface>& cards = live.forward->interfaces;
    if (cards.empty()) {
        fail(ErrorSource::network, Code::internal_error,
             "network '{}' uses a direct mode, but has no forward dev and no interface pool", live.name);
    }
    const auto fewest = std::ranges::min_element(
        cards, {}, [&](const model::ForwardInterface& card) { return users_of(network, card.device); });
    if (live.mode() == ForwardMode::passthrough && users_of(network, fewest->device) > 0) {
        fail(ErrorSource::network, Code::internal_error,
             "network '{}' requires exclusive access to interfaces, but none are available", live.name);
    }
    return model::DirectPlug{.device = fewest->device, .mode = direct_mode(live.mode())};
}

model::Plug hostdev_plug(const Network& network) {
    const model::Network& live = *network.live;
    for (const model::ForwardAddress& function : live.forward->addresses) {
        if (users_of(network, function.place) > 0) continue;
        return model::HostdevPlug{.managed = live.forward->managed == true ? schema::YesNo::yes
                                                                           : schema::YesNo::unset,
                                  .driver = live.forward->driver,
                                  .address = function.place};
    }
    fail(ErrorSource::network, Code::internal_error,
         "network '{}' requires exclusive access to interfaces, but none are available", live.name);
}

model::Plug new_plug(const Network& network) {
    const model::Network& live = *network.live;
    if (model::has_own_bridge(live.mode()))
        return model::NetworkPlug{live.bridge.name, live.bridge.mac_table_owner};
    if (live.mode() == ForwardMode::hostdev) return hostdev_plug(network);
    if (!live.bridge.name.empty()) return model::BridgePlug{live.bridge.name, live.bridge.mac_table_owner};
    return direct_plug(network);
}

/// A guaranteed rate must come out of what the network itself is given.
void check_floor(const Network& network, const model::NetworkPort& port) {
    if (!port.bandwidth || !port.bandwidth->inbound || port.bandwidth->inbound->floor == 0) return;
    const model::Network& live = *network.live;
    if (!live.bandwidth || !live.bandwidth->inbound) {
        fail(ErrorSource::network, Code::operation_unsupported,
             "Invalid use of 'floor' on interface with MAC address {} - network '{}' has no inbound QoS set",
             port.mac.text(), live.name);
    }
    const model::Rate& whole = *live.bandwidth->inbound;
    std::uint64_t sum = port.bandwidth->inbound->floor;
    for (const auto& [uuid, other] : network.ports) {
        if (other.bandwidth && other.bandwidth->inbound) sum += other.bandwidth->inbound->floor;
    }
    const bool by_peak = whole.peak != 0;
    if (sum > (by_peak ? whole.peak : whole.average)) {
        fail(ErrorSource::network, Code::operation_invalid,
             "Cannot plug '{}' interface into '{}' because it would overcommit '{}' on network '{}'",
             port.mac.text(), live.bridge.name, by_peak ? "peak" : "average", live.name);
    }
}

} // namespace

void plug_in(const Network& network, model::NetworkPort& port, bool reclaim) {
    inherit(*network.live, port);
    const bool plugged = !std::holds_alternative<std::monostate>(port.plug.kind);
    if (reclaim) {
        if (!plugged) {
            fail(ErrorSource::network, Code::invalid_arg, "Port reclaim requested but plug type is none");
        }
        const model::Plug usual = new_plug(network);
        if (usual.index() != port.plug.kind.index()) {
            fail(ErrorSource::network, Code::internal_error,
                 "network '{}' does not have such a plug for '{}'", network.name, port.mac.text());
        }
        return;
    }
    if (plugged) {
        fail(ErrorSource::network, Code::invalid_arg, "Port reclaim not requested but plug type is not none");
    }
    check_floor(network, port);
    port.plug.kind = new_plug(network);
}

model::Network with_connections(const Network& network) {
    model::Network shown = *network.live;
    if (!network.ports.empty()) shown.connections = static_cast<std::uint32_t>(network.ports.size());
    if (!shown.forward) return shown;
    for (model::ForwardInterface& card : shown.forward->interfaces) {
        if (const std::uint32_t users = users_of(network, card.device); users > 0) card.connections = users;
    }
    for (model::ForwardAddress& function : shown.forward->addresses) {
        if (const std::uint32_t users = users_of(network, function.place); users > 0)
            function.connections = users;
    }
    return shown;
}

} // namespace yado::network
