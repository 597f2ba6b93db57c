// SPDX-License-Identifier: Apache-2.0
#include "network/pass_rules.h"

#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace yado::network {
namespace {

using model::ForwardMode;

std::string comment_of(const std::string& bridge) { return "yado:" + bridge; }

/// Services of the host that guests ask on the bridge.
std::vector<std::string> asked_services(const model::Network& network, bool v6) {
    std::vector<std::string> services{"-p udp --dport 53", "-p tcp --dport 53",
                                      v6 ? "-p udp --dport 547" : "-p udp --dport 67"};
    const bool boots =
        std::ranges::any_of(network.ips, [](const model::NetworkIp& ip) { return !ip.tftp_root.empty(); });
    if (boots && !v6) services.emplace_back("-p udp --dport 69");
    if (v6) services.emplace_back("-p icmpv6");
    return services;
}

} // namespace

std::vector<std::string> pass_rules(const model::Network& network, const host::ForeignChains& chains,
                                    bool v6) {
    const std::string& bridge = network.bridge.name;
    const std::string behind = fmt::format("-m comment --comment {} -j ACCEPT", comment_of(bridge));
    const bool has_family = std::ranges::any_of(
        network.ips, [v6](const model::NetworkIp& ip) { return ip.address.is_v6() == v6; });
    const ForwardMode mode = network.mode();
    std::vector<std::string> rules;
    if (!has_family || mode == ForwardMode::open) return rules; // what passes there is the administrator's
    for (const host::DroppingChain& chain : chains.dropping) {
        if (!chain.of_iptables() || (chain.family == "ip6") != v6) continue;
        if (chain.hook == "input") {
            for (const std::string& service : asked_services(network, v6)) {
                rules.push_back(fmt::format("-I {} -i {} {} {}", chain.name, bridge, service, behind));
            }
            continue;
        }
        const bool docker = v6 ? chains.docker_v6 : chains.docker_v4;
        const std::string_view name = docker ? "DOCKER-USER" : std::string_view(chain.name);
        rules.push_back(fmt::format("-I {} -i {} -o {} {}", name, bridge, bridge, behind));
        if (mode == ForwardMode::none) continue;
        const bool hidden =
            mode == ForwardMode::nat &&
            (!v6 || (network.forward->nat && network.forward->nat->ipv6 == schema::YesNo::yes));
        rules.push_back(fmt::format("-I {} -i {} {}", name, bridge, behind));
        rules.push_back(fmt::format("-I {} -o {} {}{}", name, bridge,
                                    hidden ? "-m conntrack --ctstate RELATED,ESTABLISHED " : "", behind));
    }
    return rules;
}

std::vector<std::string> removals(std::string_view saved, const std::string& bridge) {
    const std::string mark = "--comment " + comment_of(bridge) + " ";
    const std::string quoted = "--comment \"" + comment_of(bridge) + "\" ";
    std::vector<std::string> found;
    for (const std::string_view line : split(saved, '\n')) {
        if (!line.starts_with("-A ")) continue;
        if (line.find(mark) == std::string_view::npos && line.find(quoted) == std::string_view::npos)
            continue;
        found.push_back("-D " + std::string(line.substr(3)));
    }
    return found;
}

std::string restore_input(const std::vector<std::string>& rules) {
    if (rules.empty()) return {};
    return "*filter\n" + join(rules, "\n") + "\nCOMMIT\n";
}

std::vector<std::string> unreachable_chains(const host::ForeignChains& chains) {
    std::vector<std::string> found;
    for (const host::DroppingChain& chain : chains.dropping) {
        if (!chain.of_iptables()) found.push_back(chain.text());
    }
    return found;
}

} // namespace yado::network
