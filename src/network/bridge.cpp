// SPDX-License-Identifier: Apache-2.0
#include "network/bridge.h"

#include "base/error.h"
#include "base/log.h"

#include <algorithm>
#include <cerrno>

namespace yado::network {
namespace {

using model::ForwardMode;
using model::NetworkIp;

unsigned prefix_length(const NetworkIp& ip) { return model::prefix_of(ip).value_or(ip.address.bits()); }

host::LinkAddress link_address(const NetworkIp& ip) {
    return {
        .address = bytes_of(ip.address), .prefix = static_cast<std::uint8_t>(prefix_length(ip)), .peer = {}};
}

host::LinkRoute link_route(const model::Route& route) {
    const unsigned prefix =
        model::prefix_of(route.address, route.netmask, route.prefix).value_or(route.address.bits());
    return {.destination = bytes_of(route.address.network(prefix)),
            .prefix = static_cast<std::uint8_t>(prefix),
            .gateway = bytes_of(route.gateway),
            .metric = route.metric.value_or(1)}; // libvirt's, unlike the kernel's 0
}

bool has_address(const model::Network& network, bool v6) {
    return std::ranges::any_of(network.ips, [v6](const NetworkIp& ip) { return ip.address.is_v6() == v6; });
}

/// Where the setting exists: hosts without IPv6 have none of these.
void set_where_there(host::Network& host, const std::string& key, std::string_view value) {
    if (host.setting(key)) require_setting(host, key, value);
}

void set_ipv6(host::Network& host, const model::Network& network) {
    const std::string own = "ipv6/conf/" + network.bridge.name + "/";
    set_where_there(host, own + "disable_ipv6", has_address(network, true) ? "0" : "1");
    set_where_there(host, own + "accept_ra", "0"); // guests do not tell the host where to send
    set_where_there(host, own + "autoconf", "0");
}

/// A host that forwards stops listening to its own routers, unless told otherwise: it would lose its IPv6.
void keep_router_advertisements(host::Network& host) {
    for (const host::Link& link : host.links()) {
        const std::string key = "ipv6/conf/" + link.name + "/accept_ra";
        if (link.kind == "bridge" || host.setting(key) != "1") continue;
        if (host.setting("ipv6/conf/" + link.name + "/forwarding") == "1") continue;
        host.set_setting(key, "2");
    }
}

void turn_forwarding_on(host::Network& host, const model::Network& network) {
    if (network.mode() == ForwardMode::none) return;
    if (has_address(network, false)) require_setting(host, "ipv4/ip_forward", "1");
    const auto now = host.setting("ipv6/conf/all/forwarding");
    if (!has_address(network, true) || !now || *now == "1") return;
    keep_router_advertisements(host);
    host.set_setting("ipv6/conf/all/forwarding", "1");
}

void add_missing(host::Network& host, const model::Network& network) {
    const std::string& bridge = network.bridge.name;
    const std::vector<host::LinkAddress> present = host.addresses(bridge);
    for (const NetworkIp& ip : network.ips) {
        const host::LinkAddress address = link_address(ip);
        if (std::ranges::find(present, address) == present.end()) host.add_address(bridge, address);
    }
    host.set_up(bridge, true);
    const std::vector<host::HostRoute> routes = host.routes();
    for (const model::Route& route : network.routes) {
        const host::LinkRoute wanted = link_route(route);
        const bool there = std::ranges::any_of(routes, [&](const host::HostRoute& each) {
            return each.device == bridge && each.prefix == wanted.prefix &&
                   each.destination == wanted.destination;
        });
        if (!there) host.add_route(bridge, wanted);
    }
}

void set_up(host::Network& host, const model::Network& network) {
    const std::string& bridge = network.bridge.name;
    set_ipv6(host, network);
    if (network.mtu != 0) host.set_mtu(bridge, network.mtu);
    add_missing(host, network);
    limit_bridge(host, network);
    turn_forwarding_on(host, network);
}

/// Only what a former run can have left: no address that this network does not give it.
void require_left_over(host::Network& host, const model::Network& network, const host::Link& link) {
    const std::string& bridge = network.bridge.name;
    if (link.kind != "bridge") {
        fail(ErrorSource::network, Code::operation_failed,
             "cannot create bridge '{}': an interface of that name exists and is no bridge", bridge);
    }
    for (const host::LinkAddress& address : host.addresses(bridge)) {
        const bool ours = std::ranges::any_of(
            network.ips, [&](const NetworkIp& ip) { return link_address(ip) == address; });
        if (!ours) {
            fail(ErrorSource::network, Code::operation_failed,
                 "cannot take over bridge '{}': it has an address that network '{}' does not give it; choose "
                 "another name in <bridge>, or delete the bridge (ip link delete {})",
                 bridge, network.name, bridge);
        }
    }
}

bool covers(const host::IpBytes& network, unsigned prefix, const host::IpBytes& address) {
    for (unsigned bit = 0; bit < prefix; ++bit) {
        const auto mask = static_cast<std::uint8_t>(0x80U >> bit % 8);
        if (((network.bytes[bit / 8] ^ address.bytes[bit / 8]) & mask) != 0) return false;
    }
    return true;
}

} // namespace

host::IpBytes bytes_of(const model::IpAddress& address) {
    return {.v6 = address.is_v6(), .bytes = address.bytes};
}

void start_bridge(host::Network& host, const model::Network& network) {
    const std::string& bridge = network.bridge.name;
    host::require_link_name(bridge);
    const auto link = host.link(bridge);
    if (link) {
        require_left_over(host, network, *link);
        log_info("network", "network '{}' takes over bridge '{}', which was left", network.name, bridge);
        if (network.mac && link->mac != network.mac->bytes) host.set_mac(bridge, network.mac->bytes);
    } else {
        host::BridgeRequest request{.name = bridge, .mac = {}};
        if (network.mac) request.mac = network.mac->bytes;
        request.stp = network.bridge.stp == schema::OnOff::on;
        request.forward_delay = static_cast<std::uint32_t>(std::min<std::uint64_t>(
            network.bridge.delay.value_or(0), 255)); // more than the kernel takes anyway
        host.create_bridge(request);
    }
    try {
        set_up(host, network);
    } catch (...) {
        if (!link) stop_bridge(host, network);
        throw;
    }
}

bool repair_bridge(host::Network& host, const model::Network& network) {
    const auto link = host.link(network.bridge.name);
    if (!link || link->kind != "bridge") return false;
    set_ipv6(host, network);
    add_missing(host, network);
    turn_forwarding_on(host, network);
    return true;
}

void stop_bridge(host::Network& host, const model::Network& network) {
    try {
        if (host.link(network.bridge.name)) host.delete_link(network.bridge.name);
    } catch (const Error& error) {
        if (error.system_errno() != ENODEV) throw;
    }
}

void limit_bridge(host::Network& host, const model::Network& network) {
    if (!network.bandwidth) return;
    const auto limit = [](const std::optional<model::Rate>& rate) {
        return rate ? std::optional(host::TrafficLimit{rate->average, rate->peak, rate->burst})
                    : std::nullopt;
    };
    // inbound is what guests receive, which the bridge sends
    const host::TrafficLimits limits{.sent = limit(network.bandwidth->inbound),
                                     .received = limit(network.bandwidth->outbound)};
    for (const std::string& missing : host.set_traffic_limits(network.bridge.name, limits)) {
        log_warning("network", "network '{}': {}", network.name, missing);
    }
}

std::optional<std::string> interface_in_conflict(host::Network& host, const model::Network& network) {
    const std::vector<host::HostRoute> routes = host.routes();
    for (const NetworkIp& ip : network.ips) {
        const host::IpBytes address = bytes_of(ip.address);
        const unsigned prefix = prefix_length(ip);
        for (const host::HostRoute& route : routes) {
            if (route.destination.v6 != address.v6 || route.prefix == 0) continue;
            if (route.device == network.bridge.name || route.device.empty()) continue;
            const bool part = route.prefix >= prefix && covers(address, prefix, route.destination);
            const bool around =
                route.direct && route.prefix < prefix && covers(route.destination, route.prefix, address);
            if (part || around) return route.device;
        }
    }
    return std::nullopt;
}

} // namespace yado::network
