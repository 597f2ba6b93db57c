// SPDX-License-Identifier: Apache-2.0
#include "network/backends/nft_rules.h"

#include "network/firewall.h"

#include <fmt/format.h>

namespace yado::network {
namespace {

using model::ForwardMode;
using model::NetworkIp;
using schema::YesNo;

template <class... Args>
void command(std::string& out, fmt::format_string<Args...> text, Args&&... args) {
    fmt::format_to(std::back_inserter(out), text, std::forward<Args>(args)...);
    out += '\n';
}

/// A bridge's name in front of or behind other words: letters, digits and what a name of nft may hold.
std::string chain(std::string_view what, const std::string& bridge) {
    std::string out(what);
    out += '_';
    for (const char c : bridge) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (plain) out += c;
        else out += fmt::format("_{:02x}", static_cast<unsigned char>(c));
    }
    return out;
}

struct Subnet {
    std::string word; ///< "ip" or "ip6"
    std::string text; ///< "192.168.122.0/24"
    bool v6 = false;
};
std::vector<Subnet> subnets_of(const model::Network& network) {
    std::vector<Subnet> found;
    for (const NetworkIp& ip : network.ips) {
        const unsigned prefix = model::prefix_of(ip).value_or(ip.address.bits());
        const bool v6 = ip.address.is_v6();
        found.push_back(
            {v6 ? "ip6" : "ip", fmt::format("{}/{}", ip.address.network(prefix).text(), prefix), v6});
    }
    return found;
}

/// Whether addresses of this family are hidden behind the host's.
bool is_translated(const model::Network& network, bool v6) {
    if (network.mode() != ForwardMode::nat) return false;
    return !v6 || (network.forward->nat && network.forward->nat->ipv6 == YesNo::yes);
}

std::string device_condition(std::string_view word, const std::string& device) {
    return device.empty() ? "" : fmt::format("{} \"{}\" ", word, device);
}

void write_nat(std::string& out, const model::Network& network, const Subnet& subnet) {
    const std::string name = chain("nat", network.bridge.name);
    const model::Forward& forward = *network.forward;
    const std::string out_by = device_condition("oifname", forward.device);
    const std::string from = fmt::format("{} saddr {} {}", subnet.word, subnet.text, out_by);
    if (subnet.v6) {
        command(out, "add rule {} {} {}ip6 daddr ff02::/16 return", nft_table, name, from);
    } else {
        command(out, "add rule {} {} {}ip daddr {{ 224.0.0.0/24, 255.255.255.255 }} return", nft_table, name,
                from);
    }
    std::string ports;
    std::string how = "masquerade";
    if (forward.nat && forward.nat->ports) {
        ports =
            fmt::format(":{}-{}", forward.nat->ports->start.value_or(0), forward.nat->ports->end.value_or(0));
    }
    std::string target;
    if (!subnet.v6 && forward.nat && forward.nat->addresses) {
        const model::NatAddresses& addresses = *forward.nat->addresses;
        how = "snat ip";
        target = addresses.start.text();
        if (addresses.end.is_given() && addresses.end != addresses.start)
            target += "-" + addresses.end.text();
    }
    const std::string outside = fmt::format("{}{} daddr != {} ", from, subnet.word, subnet.text);
    if (!ports.empty()) {
        command(out, "add rule {} {} {}meta l4proto {{ tcp, udp }} {} to {}{}", nft_table, name, outside, how,
                target, ports);
    }
    command(out, "add rule {} {} {}{}{}", nft_table, name, outside, how,
            target.empty() ? "" : " to " + target);
}

/// The rules themselves, into chains that are there and empty.
void write_rules(std::string& out, const model::Network& network) {
    const std::string& bridge = network.bridge.name;
    const std::string to = chain("to", bridge);
    const std::string from = chain("from", bridge);
    const std::string device = network.forward ? network.forward->device : "";
    command(out, "add rule {} {} iifname \"{}\" accept", nft_table, to, bridge);
    for (const Subnet& subnet : subnets_of(network)) {
        if (network.mode() == ForwardMode::none) break;
        const bool hidden = is_translated(network, subnet.v6);
        // guests behind NAT are reached by answers only
        command(out, "add rule {} {} {}{} daddr {} {}accept", nft_table, to,
                device_condition("iifname", device), subnet.word, subnet.text,
                hidden ? "ct state established,related " : "");
        command(out, "add rule {} {} {}{} saddr {} accept", nft_table, from,
                device_condition("oifname", device), subnet.word, subnet.text);
    }
    command(out, "add rule {} {} reject", nft_table, to);
    command(out, "add rule {} {} reject", nft_table, from);
    for (const Subnet& subnet : subnets_of(network)) {
        if (is_translated(network, subnet.v6)) write_nat(out, network, subnet);
    }
}

std::string elements(const model::Network& network, std::string_view verb) {
    const std::string& bridge = network.bridge.name;
    const bool adds = verb == "add";
    const auto verdict = [&](std::string_view what) {
        return adds ? fmt::format(" : goto {}", chain(what, bridge)) : std::string();
    };
    std::string out;
    command(out, "{} element {} to_guests {{ \"{}\"{} }}", verb, nft_table, bridge, verdict("to"));
    command(out, "{} element {} from_guests {{ \"{}\"{} }}", verb, nft_table, bridge, verdict("from"));
    for (const Subnet& subnet : subnets_of(network)) {
        if (!is_translated(network, subnet.v6)) continue;
        command(out, "{} element {} nat{} {{ {}{} }}", verb, nft_table, subnet.v6 ? 6 : 4, subnet.text,
                verdict("nat"));
    }
    return out;
}

/// The table and what all networks share, with the chains of these networks, empty; nothing changes where
/// they are there. Chains come before maps: libnftables 1.0.6 sends elements of a map made in the same
/// transaction with the map itself, and they must find their chains.
void write_base(std::string& out, std::span<const model::Network> networks) {
    command(out, "add table {}", nft_table);
    command(out, "add chain {} forward {{ type filter hook forward priority filter; policy accept; }}",
            nft_table);
    command(out, "add chain {} postrouting {{ type nat hook postrouting priority srcnat; policy accept; }}",
            nft_table);
    for (const model::Network& network : networks) {
        for (const std::string_view what : {"to", "from", "nat"}) {
            const std::string name = chain(what, network.bridge.name);
            command(out, "add chain {} {}", nft_table, name);
            command(out, "flush chain {} {}", nft_table, name);
        }
    }
    command(out, "add map {} to_guests {{ type ifname : verdict; }}", nft_table);
    command(out, "add map {} from_guests {{ type ifname : verdict; }}", nft_table);
    command(out, "add map {} nat4 {{ type ipv4_addr : verdict; flags interval; }}", nft_table);
    command(out, "add map {} nat6 {{ type ipv6_addr : verdict; flags interval; }}", nft_table);
    command(out, "flush chain {} forward", nft_table);
    command(out, "flush chain {} postrouting", nft_table);
    command(out, "add rule {} forward oifname vmap @to_guests", nft_table);
    command(out, "add rule {} forward iifname vmap @from_guests", nft_table);
    command(out, "add rule {} postrouting ip saddr vmap @nat4", nft_table);
    command(out, "add rule {} postrouting ip6 saddr vmap @nat6", nft_table);
}

void write_network(std::string& out, const model::Network& network) {
    write_rules(out, network);
    out += elements(network, "add");
}

} // namespace

std::string nft_add(const model::Network& network) {
    std::string out;
    write_base(out, std::span(&network, 1));
    write_network(out, network);
    return out;
}

std::string nft_remove(const model::Network& network) {
    std::string out = elements(network, "delete");
    for (const std::string_view what : {"to", "from", "nat"}) {
        const std::string name = chain(what, network.bridge.name);
        command(out, "flush chain {} {}", nft_table, name);
        command(out, "delete chain {} {}", nft_table, name);
    }
    return out;
}

std::string nft_rebuild(std::span<const model::Network> networks) {
    std::string out;
    command(out, "add table {}", nft_table);
    command(out, "delete table {}", nft_table);
    if (networks.empty()) return out;
    write_base(out, networks);
    for (const model::Network& network : networks) write_network(out, network);
    return out;
}

} // namespace yado::network
