// SPDX-License-Identifier: Apache-2.0
#include "cli/network_checkup.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace yado::cli {
namespace {

using model::ForwardMode;

Finding found(std::string key, std::string title, bool good, std::string detail, std::string fix) {
    return {std::move(key), std::move(title), good ? Health::ok : Health::fail, std::move(detail),
            good ? std::string() : std::move(fix)};
}

bool has(const NetworkView& view, bool v6) {
    return std::ranges::any_of(view.network.ips,
                               [v6](const model::NetworkIp& ip) { return ip.address.is_v6() == v6; });
}

bool serves(const model::Network& network) {
    return !network.ips.empty() &&
           (network.dns.enable != schema::YesNo::no ||
            std::ranges::any_of(network.ips, [](const model::NetworkIp& ip) { return ip.dhcp.serves(); }));
}

void check_cards(const NetworkView& view, std::vector<Finding>& out) {
    const std::string& bridge = view.network.bridge.name;
    for (const CheckedCard& card : view.cards) {
        const std::string title = fmt::format("Card {} of {}", card.mac, card.guest);
        if (card.device.empty() || !card.link) {
            out.push_back(found("card", title, false, "has no device on the host: does the guest run?",
                                fmt::format("yado start {}", card.guest)));
        } else if (!bridge.empty() && std::ranges::find(view.ports, card.device) == view.ports.end()) {
            out.push_back(found("card", title, false,
                                fmt::format("{} is not plugged into {}", card.device, bridge),
                                fmt::format("ip link set {} master {}", card.device, bridge)));
        } else if (!card.link->up) {
            out.push_back(found("card", title, false, fmt::format("{} is switched off", card.device),
                                fmt::format("ip link set {} up", card.device)));
        } else {
            const std::string address = card.lease ? "has the address " + *card.lease : "has no lease";
            Finding finding = found("card", title, true, fmt::format("{}, {}", card.device, address), {});
            if (!card.lease) finding.health = Health::warn;
            out.push_back(std::move(finding));
        }
    }
}

void check_bridge(const NetworkView& view, std::vector<Finding>& out) {
    const std::string& bridge = view.network.bridge.name;
    if (!view.bridge || view.bridge->kind != "bridge") {
        out.push_back(found("bridge", "Bridge", false, fmt::format("there is no bridge {}", bridge),
                            fmt::format("yado net-destroy {0}; yado net-start {0}", view.network.name)));
        return;
    }
    out.push_back(
        found("bridge", "Bridge", view.bridge->up,
              fmt::format("{} is {}, {} plugged in", bridge, view.bridge->up ? "on" : "off",
                          view.ports.empty() ? "nothing" : fmt::format("{}", fmt::join(view.ports, ", "))),
              fmt::format("ip link set {} up", bridge)));
    for (const model::NetworkIp& ip : view.network.ips) {
        const bool there = std::ranges::any_of(view.addresses, [&](const host::LinkAddress& each) {
            return each.address.v6 == ip.address.is_v6() && each.address.bytes == ip.address.bytes;
        });
        const unsigned prefix = model::prefix_of(ip).value_or(0);
        out.push_back(
            found("address", "Address of the host", there,
                  fmt::format("{}/{} {}", ip.address.text(), prefix, there ? "is there" : "is missing"),
                  fmt::format("ip address add {}/{} dev {}", ip.address.text(), prefix, bridge)));
    }
}

void check_filters(const NetworkView& view, std::vector<Finding>& out) {
    const std::string& bridge = view.network.bridge.name;
    if (view.network.mode() != ForwardMode::open) {
        out.push_back(found("rules", "Packet filter", view.rules,
                            view.rules
                                ? "the network's rules are in table inet yado"
                                : "the network's rules are gone: somebody has emptied the host's filter",
                            "kill -HUP $(cat /run/libvirtd.pid)"));
    }
    for (const std::string& chain : view.silent) {
        out.push_back(
            found("filter", "Filters of others", false,
                  fmt::format("{} drops what it does not know, and does not know {}", chain, bridge),
                  fmt::format("a rule there that accepts packets of {}", bridge)));
    }
    if (view.silent.empty())
        out.push_back(found("filter", "Filters of others", true, "none drops its packets", {}));
}

void check_way_out(const NetworkView& view, std::vector<Finding>& out) {
    const auto forwarding = [&](bool v6, const std::string& value, const char* key) {
        if (!has(view, v6)) return;
        out.push_back(found(v6 ? "forward6" : "forward", v6 ? "Forwarding of IPv6" : "Forwarding of IPv4",
                            value == "1", value == "1" ? "is on" : "is off",
                            fmt::format("sysctl -w {}=1", key)));
    };
    forwarding(false, view.ip_forward, "net.ipv4.ip_forward");
    forwarding(true, view.ip6_forward, "net.ipv6.conf.all.forwarding");
    const std::string& device = view.network.forward->device;
    if (!device.empty()) {
        out.push_back(
            found("device", "Way out", view.leading_device_up,
                  fmt::format("{} {}", device, view.leading_device_up ? "is on" : "is off or not there"),
                  fmt::format("ip link set {} up", device)));
        return;
    }
    const auto way =
        std::ranges::find_if(view.routes, [](const host::HostRoute& route) { return route.prefix == 0; });
    Finding finding =
        found("outside", "Way out", true,
              way == view.routes.end() ? "the host itself has no default route"
                                       : fmt::format("the host's default route, by {}", way->device),
              {});
    if (way == view.routes.end()) finding.health = Health::warn;
    out.push_back(std::move(finding));
}

} // namespace

std::vector<Finding> check_network(const NetworkView& view) {
    const model::Network& network = view.network;
    std::vector<Finding> out;
    out.push_back(found("network", "Network", view.active,
                        fmt::format("{} {}", network.name, view.active ? "is active" : "is not active"),
                        fmt::format("yado net-start {}", network.name)));
    if (!view.active) return out;
    check_cards(view, out);
    if (!network.bridge.name.empty()) check_bridge(view, out);
    if (!model::has_own_bridge(network.mode())) return out; // the rest is the host's own affair
    if (serves(network)) {
        out.push_back(found("server", "Names and addresses", view.server,
                            view.server ? "dnsmasq runs" : "dnsmasq has ended",
                            fmt::format("yado net-destroy {0}; yado net-start {0}", network.name)));
    }
    check_filters(view, out);
    if (network.mode() == ForwardMode::none) {
        out.push_back(found("outside", "Way out", true, "the network is isolated: there is none", {}));
    } else {
        check_way_out(view, out);
    }
    return out;
}

} // namespace yado::cli
