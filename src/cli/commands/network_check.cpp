// SPDX-License-Identifier: Apache-2.0
#include "base/files.h"
#include "base/text.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/failure.h"
#include "cli/listed_devices.h"
#include "cli/network_checkup.h"
#include "cli/network_lookup.h"
#include "cli/session.h"
#include "host/nftables.h"
#include "model/network/document.h"
#include "protocol/network_calls.h"

#include <algorithm>
#include <map>

namespace yado::cli {
namespace {

constexpr std::size_t file_limit = 1U << 20U;

/// The rules of others that drop and do not name the bridge.
void look_at_filters(NetworkView& view) {
    const auto nftables = host::make_nftables();
    const std::string quoted = fmt::format("\"{}\"", view.network.bridge.name);
    view.foreign = host::foreign_chains(nftables->list("list chains"));
    try {
        view.rules = nftables->list("list table inet yado").find(quoted) != std::string::npos;
    } catch (const Error&) { view.rules = false; } // no such table
    for (const host::DroppingChain& chain : view.foreign.dropping) {
        if (chain.hook == "forward" && view.network.mode() == model::ForwardMode::none) continue;
        const std::string table = nftables->list(fmt::format("list table {} {}", chain.family, chain.table));
        if (table.find(quoted) == std::string::npos) view.silent.push_back(chain.text());
    }
}

void look_at_host(NetworkView& view) {
    const auto host = host::make_network();
    const std::string& bridge = view.network.bridge.name;
    const std::vector<host::Link> links = host->links();
    const auto link_named = [&](const std::string& name) -> std::optional<host::Link> {
        const auto found = std::ranges::find(links, name, &host::Link::name);
        return found == links.end() ? std::nullopt : std::optional(*found);
    };
    if (!bridge.empty()) view.bridge = link_named(bridge);
    if (view.bridge) {
        view.addresses = host->addresses(bridge);
        for (const host::Link& link : links) {
            if (link.master == view.bridge->index) view.ports.push_back(link.name);
        }
    }
    for (CheckedCard& card : view.cards) card.link = link_named(card.device);
    view.ip_forward = host->setting("ipv4/ip_forward").value_or("");
    view.ip6_forward = host->setting("ipv6/conf/all/forwarding").value_or("");
    view.routes = host->routes();
    if (view.network.forward && !view.network.forward->device.empty()) {
        const auto device = link_named(view.network.forward->device);
        view.leading_device_up = device && device->up;
    }
}

/// A dnsmasq with the network's configuration, wherever the daemon keeps that.
bool server_runs(const NetworkView& view) {
    constexpr std::size_t process_limit = 1'000'000;
    const std::string config = "/" + view.network.name + ".conf" + '\0';
    for (const DirectoryEntry& entry : list_directory("/proc", process_limit)) {
        if (!parse_number<pid_t>(entry.name)) continue;
        try {
            const auto line = read_file_if_exists("/proc/" + entry.name + "/cmdline", file_limit);
            if (line && line->find("dnsmasq") != std::string::npos && line->find(config) != std::string::npos)
                return true;
        } catch (const Error&) { continue; } // it has just ended
    }
    return false;
}

std::vector<Finding> check(Session& session, const protocol::NetworkRef& network,
                           std::vector<CheckedCard> cards) {
    NetworkView view;
    view.network = model::read_network(session.call(protocol::NetworkGetXmlDescArgs{network, 0}).xml,
                                       {.view = {.live = true}});
    view.active = session.call(protocol::NetworkIsActiveArgs{network}).active != 0;
    view.cards = std::move(cards);
    if (view.active) {
        for (const auto& lease :
             session.call(protocol::NetworkGetDhcpLeasesArgs{network, std::nullopt, 1, 0}).leases) {
            for (CheckedCard& card : view.cards) {
                if (lease.mac == card.mac) card.lease = lease.ipaddr;
            }
        }
        look_at_host(view);
        look_at_filters(view);
        view.server = server_runs(view);
    }
    return check_network(view);
}

/// A network by this name, else the networks of the guest of this name.
std::vector<Finding> check_named(Session& session, const std::string& word) {
    try {
        return check(session, session.call(protocol::NetworkLookupByNameArgs{word}).net, {});
    } catch (const Error& error) {
        if (error.code() != Code::no_network) throw;
    }
    const protocol::DomainRef domain = find_domain(session, word);
    std::map<std::string, std::vector<CheckedCard>> by_network;
    for (const ListedNic& nic : listed_devices(domain_xml(session, domain, 0)).nics) {
        if (nic.type == "network")
            by_network[nic.source].push_back({domain.name, nic.target, nic.mac, {}, {}});
    }
    if (by_network.empty()) refuse("domain '{}' has no card on a virtual network", domain.name);
    std::vector<Finding> findings;
    for (const auto& [name, cards] : by_network) {
        std::vector<Finding> more = check(session, find_network(session, name), cards);
        findings.insert(findings.end(), more.begin(), more.end());
    }
    return findings;
}

void net_check(Session& session, const Arguments& arguments) {
    bool failed = false;
    Value json = Value::list();
    for (const Finding& finding : check_named(session, arguments.required("name"))) {
        failed |= finding.health == Health::fail;
        session.print(" {:<4}  {:<31} {}\n", name_of(finding.health), finding.title, finding.detail);
        if (!finding.fix.empty()) session.print("       {:<31} fix: {}\n", "", finding.fix);
        json.add(Value::object()
                     .set("check", finding.key)
                     .set("title", finding.title)
                     .set("health", name_of(finding.health))
                     .set("detail", finding.detail)
                     .set("fix", finding.fix));
    }
    session.show_json(json);
    if (failed) throw Failure(); // said all there is to say
}

} // namespace

std::vector<Command> network_check_commands() {
    return {{"net-check",
             Group::network,
             "find what stops a guest's packets",
             "Follows the way from the guest by the bridge and the host to the outside, on the host that "
             "this program "
             "runs on,\n    and names the rule or setting that stops packets. Fails when something does.",
             {positional("name", "name of a network, or of a domain with a card on one")
                  .completes(Complete::network)},
             net_check}};
}

} // namespace yado::cli
