// SPDX-License-Identifier: Apache-2.0
#include "model/network/check.h"

#include <algorithm>
#include <array>
#include <set>

#include "model/network/check_parts.h"
#include "schema/parts.h"

namespace yado::model {
namespace {

using schema::YesNo;

void check_name(NetworkProblems& problems) {
    for (const char wrong : {'/', '\n'}) {
        if (problems.name().find(wrong) != std::string::npos) {
            problems.out().add({Code::xml_detail, fmt::format("invalid char in {}: {}", "name", wrong),
                                "/network/name", 0, ErrorSource::xml});
        }
    }
}

void check_title(NetworkProblems& problems) {
    if (problems.network().title.find('\n') != std::string::npos) {
        problems.error("/title", "Network title can't contain newlines");
    }
}

bool has_control_character(std::string_view text) {
    return std::ranges::any_of(text,
                               [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

/// Much of a network becomes lines in the configuration of its name and DHCP server. libvirt 9.0 lets line
/// ends through there.
void check_characters(NetworkProblems& problems) {
    static constexpr std::array<std::string_view, 4> any_text{"/network/name", "/network/title",
                                                              "/network/description", "/network/metadata"};
    const auto refuse = [&](std::string path) {
        problems.out().add({Code::xml_error, "Control characters are not allowed in " + path, path, 0,
                            ErrorSource::network});
    };
    for (const schema::Part& part : schema::parts("network", &problems.network(),
                                                  schema::detail::body_of<Network>, schema::status_view)) {
        const bool one_line = part.is_leaf() && !part.path.starts_with("/network/dnsmasq:") &&
                              std::ranges::find(any_text, part.path) == any_text.end();
        if (one_line && has_control_character(part.value)) { refuse(schema::without_keys(part.path)); }
    }
    for (const std::string& option : problems.network().dnsmasq_options()) {
        if (has_control_character(option)) { refuse("/network/dnsmasq:options/dnsmasq:option/@value"); }
    }
}

void check_bandwidth(NetworkProblems& problems, const Bandwidth& bandwidth, const std::string& path) {
    check(bandwidth, "/network" + path, ClassId::refused, problems.out());
    if (bandwidth.inbound && bandwidth.inbound->floor != 0) {
        problems.unsupported(path + "/inbound/@floor", "floor attribute is not supported for this config");
    }
}

void check_port_groups(NetworkProblems& problems) {
    std::set<std::string_view> names;
    const PortGroup* default_group = nullptr;
    std::size_t index = 0;
    for (const PortGroup& group : problems.network().port_groups) {
        const std::string path = nth("portgroup", index++);
        if (group.virtual_port) {
            check(*group.virtual_port, "/network" + path + "/virtualport", VirtualPortNeeds::nothing,
                  problems.out());
        }
        if (group.vlan) { check(*group.vlan, "/network" + path + "/vlan", problems.out()); }
        if (group.bandwidth) { check_bandwidth(problems, *group.bandwidth, path + "/bandwidth"); }
        if (!names.insert(group.name).second) {
            problems.unsupported(path + "/@name",
                                 "multiple <portgroup> elements with the same name ({}) in network '{}'",
                                 group.name, problems.name());
        }
        if (group.is_default && default_group != nullptr) {
            problems.unsupported(path + "/@default",
                                 "network '{}' has multiple default <portgroup> elements ({} and {}), but "
                                 "only one default is allowed",
                                 problems.name(), default_group->name, group.name);
        }
        if (group.is_default) { default_group = &group; }
    }
}

void check_bridge(NetworkProblems& problems) {
    const Network& n = problems.network();
    if (n.mac && n.mac->is_multicast()) {
        problems.error("/mac/@address", "Invalid multicast bridge mac address '{}' in network '{}'",
                       n.mac->text(), n.name);
    }
    if (n.domain.local_only != YesNo::unset && !n.domain.name) {
        problems.add(Code::no_name, "/domain/@name", "");
    }
    if (has_own_bridge(n.mode())) { return; }
    const bool only_host_bridge = n.mode() == ForwardMode::bridge;
    if (!only_host_bridge && !n.bridge.name.empty()) {
        problems.error("/bridge/@name", "bridge name not allowed in {} mode (network '{}')", problems.mode(),
                       n.name);
    }
    if (n.bridge.stp || n.bridge.delay || !n.bridge.zone.empty()) {
        problems.error("/bridge",
                       "bridge delay/stp/zone options only allowed in route, nat, and isolated mode, not in "
                       "{} (network '{}')",
                       problems.mode(), n.name);
    }
    if (!n.bridge.name.empty() && (!n.forward->interfaces.empty() || n.forward->physical_function)) {
        problems.error("/bridge/@name",
                       "A network with forward mode='{}' can specify a bridge name or a forward dev, but not "
                       "both (network '{}')",
                       problems.mode(), n.name);
    }
    if (n.mtu != 0) {
        problems.error("/mtu",
                       "mtu size only allowed in open, route, nat, and isolated mode, not in {} (network "
                       "'{}')",
                       problems.mode(), n.name);
    }
}

/// What only makes sense where the daemon runs the bridge.
void check_services(NetworkProblems& problems) {
    const Network& n = problems.network();
    if (has_own_bridge(n.mode())) { return; }
    const auto refuse = [&](bool there, std::string_view element) {
        if (there) {
            problems.unsupported(fmt::format("/{}", element),
                                 "Unsupported <{}> element in network {} with forward mode='{}'", element,
                                 n.name, problems.mode());
        }
    };
    refuse(n.mac.has_value(), "mac");
    refuse(!n.ips.empty(), "ip");
    refuse(n.dns.has_records() || !n.dns.forwarders.empty(), "dns");
    refuse(n.domain.name.has_value(), "domain");
    if (n.mode() == ForwardMode::bridge && !n.bridge.name.empty()) { return; }
    if (n.bandwidth) {
        problems.unsupported("/bandwidth",
                             "Unsupported network-wide <bandwidth> element in network {} with forward "
                             "mode='{}'",
                             n.name, problems.mode());
    }
    std::size_t index = 0;
    for (const PortGroup& group : n.port_groups) {
        const std::string path = nth("portgroup", index++, "/bandwidth");
        if (group.bandwidth) {
            problems.unsupported(path,
                                 "Unsupported <bandwidth> element in network '{}' in portgroup '{}' with "
                                 "forward mode='{}'",
                                 n.name, group.name, problems.mode());
        }
    }
}

/// Tags are set by Open vSwitch or by the card; a port group's own switch stands above the network's.
void check_vlans(NetworkProblems& problems) {
    const Network& n = problems.network();
    const bool by_card = n.mode() == ForwardMode::hostdev || n.mode() == ForwardMode::passthrough;
    const auto allowed = [&](const schema::Rare<VirtualPort>& port) {
        return by_card || (port && port->type == VirtualPortType::openvswitch);
    };
    const auto refuse = [&](const std::string& path) {
        problems.unsupported(path,
                             "<vlan> element specified for network {}, whose type doesn't support vlan "
                             "configuration",
                             n.name);
    };
    if (n.vlan && !allowed(n.virtual_port)) { refuse("/vlan"); }
    std::size_t index = 0;
    for (const PortGroup& group : n.port_groups) {
        const std::string path = nth("portgroup", index++, "/vlan");
        if (group.vlan && !allowed(group.virtual_port ? group.virtual_port : n.virtual_port)) {
            refuse(path);
        }
    }
}

} // namespace

std::string nth(std::string_view element, std::size_t index, std::string_view part) {
    return fmt::format("/{}[{}]{}", element, index + 1, part);
}

void check(const Network& network, schema::Diagnostics& diagnostics) {
    NetworkProblems problems(network, diagnostics);
    check_name(problems);
    check_title(problems);
    check_characters(problems);
    if (network.bandwidth) { check_bandwidth(problems, *network.bandwidth, "/bandwidth"); }
    if (network.vlan) { check(*network.vlan, "/network/vlan", diagnostics); }
    if (network.virtual_port) {
        if (network.virtual_port->type == VirtualPortType::unset) {
            problems.error("/virtualport/@type", "missing required virtualport type");
        }
        check(*network.virtual_port, "/network/virtualport", VirtualPortNeeds::nothing, diagnostics);
    }
    check_dns(problems);
    check_port_groups(problems);
    check_ips(problems);
    check_forward(problems);
    check_bridge(problems);
    check_services(problems);
    check_routes(problems);
    check_vlans(problems);
}

void check(const NetworkPort& port, schema::Diagnostics& diagnostics) {
    if (port.owner.name.empty()) {
        diagnostics.add({Code::internal_error, "network port has no owner name", "/networkport/owner/name", 0,
                         ErrorSource::network});
    }
    if (port.virtual_port) {
        check(*port.virtual_port, "/networkport/virtualport", VirtualPortNeeds::nothing, diagnostics);
    }
    if (port.bandwidth) { check(*port.bandwidth, "/networkport/bandwidth", ClassId::allowed, diagnostics); }
    if (port.vlan) { check(*port.vlan, "/networkport/vlan", diagnostics); }
}

} // namespace yado::model
