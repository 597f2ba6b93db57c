// SPDX-License-Identifier: Apache-2.0
#include "network/update.h"

#include "base/error.h"
#include "model/network/check.h"
#include "model/network/document.h"
#include "protocol/constants.h"
#include "schema/read.h"
#include "schema/xml_tree.h"

#include <algorithm>
#include <array>

namespace yado::network {
namespace {

namespace Section = protocol::NetworkUpdateSection;

enum class Command : std::uint8_t { modify = 1, remove, add_last, add_first };

constexpr std::array<std::string_view, 13> section_words{
    "none",       "bridge",     "domain",   "ip",
    "dhcp host",  "dhcp range", "forward",  "forward interface",
    "forward pf", "portgroup",  "dns host", "dns txt",
    "dns srv"};

template <class... Args> [[noreturn]] void refuse(fmt::format_string<Args...> text, Args&&... args) {
    throw Error(Code::operation_invalid, fmt::format(text, std::forward<Args>(args)...),
                ErrorSource::network);
}
template <class... Args> [[noreturn]] void unsupported(fmt::format_string<Args...> text, Args&&... args) {
    throw Error(Code::operation_unsupported, fmt::format(text, std::forward<Args>(args)...),
                ErrorSource::network);
}

/// One element called `name`. What is to be removed need not be whole.
template <class T> T read(const model::Network& network, const Update& update, std::string_view name,
                          bool whole) {
    schema::ReadOptions options{.document = "network_update_xml", .source = ErrorSource::network};
    schema::XmlDocument document(update.xml, {options.max_bytes, options.max_nodes}, options.document,
                                 options.source);
    if (document.root().name != name) {
        fail(ErrorSource::network, Code::xml_error,
             "unexpected element <{}>, expecting <{}>, while updating network '{}'", document.root().name,
             name, network.name);
    }
    schema::Diagnostics found, problems;
    T value = schema::read_xml<T>(update.xml, name, options, &found);
    model::add_with_name(found, network.name, problems);
    if (whole) problems.throw_if_any();
    return value;
}

template <class T> void insert(std::vector<T>& list, T value, Command command) {
    list.insert(command == Command::add_first ? list.begin() : list.end(), std::move(value));
}

model::NetworkIp& find_ip(model::Network& network, std::int32_t parent) {
    std::vector<model::NetworkIp>& ips = network.ips;
    if (parent >= 0) {
        if (std::cmp_less(parent, ips.size())) return ips[static_cast<std::size_t>(parent)];
        refuse("couldn't update dhcp host entry - no <ip> element found at index {} in network '{}'", parent,
               network.name);
    }
    auto found = std::ranges::find_if(ips, [](const model::NetworkIp& ip) { return ip.dhcp.serves(); });
    if (found == ips.end())
        found = std::ranges::find_if(ips, [](const model::NetworkIp& ip) { return ip.address.is_v4(); });
    if (found == ips.end()) found = ips.begin();
    if (found == ips.end())
        refuse("couldn't update dhcp host entry - no <ip> element found in network '{}'", network.name);
    return *found;
}

/// Leases as a completed document says them.
void complete(std::optional<model::Lease>& lease) {
    if (lease && !lease->expiry) lease.reset();
    if (!lease) return;
    if (*lease->expiry == 0) lease->unit = model::LeaseUnit::unset;
    else if (lease->unit == model::LeaseUnit::unset) lease->unit = model::LeaseUnit::minutes;
}

bool same_mac(const std::string& a, const std::string& b) {
    return !a.empty() && !b.empty() && model::Mac::parse(a) == model::Mac::parse(b);
}

/// What is wrong with the host alone comes before how it goes with the others.
void require_whole(const model::Network& network, std::int32_t parent, const model::DhcpHost& host) {
    model::Network alone = network;
    find_ip(alone, parent).dhcp.hosts = {host};
    schema::Diagnostics problems;
    model::check(alone, problems);
    problems.throw_if_any();
}

void update_dhcp_host(model::Network& network, const Update& update, Command command) {
    std::vector<model::DhcpHost>& hosts = find_ip(network, update.parent).dhcp.hosts;
    auto host = read<model::DhcpHost>(network, update, "host", command != Command::remove);
    complete(host.lease);
    if (command != Command::remove) require_whole(network, update.parent, host);
    const auto shares_something = [&](const model::DhcpHost& other) {
        return same_mac(host.mac, other.mac) || (host.name && host.name == other.name) ||
               (host.address.is_given() && host.address == other.address);
    };
    const auto fits = [&](const model::DhcpHost& other) {
        return (host.mac.empty() || other.mac.empty() || same_mac(host.mac, other.mac)) &&
               (!host.name || !other.name || host.name == other.name) &&
               (!host.address.is_given() || host.address == other.address);
    };
    const auto where = command == Command::remove ? std::ranges::find_if(hosts, fits)
                                                  : std::ranges::find_if(hosts, shares_something);
    if (command == Command::remove) {
        if (where == hosts.end())
            refuse("couldn't locate a matching dhcp host entry in network '{}'", network.name);
        hosts.erase(where);
    } else if (command == Command::modify) {
        if (where == hosts.end()) {
            refuse(
                "couldn't locate an existing dhcp host entry with \"mac='{}'\" \"name='{}'\" \"ip='{}'\" in "
                "network '{}'",
                host.mac, host.name.value_or(""), host.address.text(), network.name);
        }
        *where = std::move(host);
    } else {
        if (where != hosts.end()) {
            refuse("there is an existing dhcp host entry in network '{}' that matches \"<host mac='{}' "
                   "name='{}' "
                   "ip='{}'/>\"",
                   network.name, host.mac.empty() ? "unknown" : host.mac, host.name.value_or("(null)"),
                   host.address.is_given() ? host.address.text() : "unknown");
        }
        insert(hosts, std::move(host), command);
    }
}

void update_dhcp_range(model::Network& network, const Update& update, Command command) {
    std::vector<model::DhcpRange>& ranges = find_ip(network, update.parent).dhcp.ranges;
    auto range = read<model::DhcpRange>(network, update, "range", true);
    complete(range.lease);
    if (command == Command::modify) unsupported("dhcp ranges cannot be modified, only added or deleted");
    const auto where = std::ranges::find_if(ranges, [&](const model::DhcpRange& other) {
        return other.start == range.start && other.end == range.end;
    });
    if (command == Command::remove) {
        if (where == ranges.end())
            refuse("couldn't locate a matching dhcp range entry in network '{}'", network.name);
        ranges.erase(where);
        return;
    }
    if (where != ranges.end()) {
        refuse("there is an existing dhcp range entry in network '{}' that matches \"<range start='{}' "
               "end='{}'/>\"",
               network.name, range.start.text(), range.end.text());
    }
    insert(ranges, std::move(range), command);
}

void update_interface(model::Network& network, const Update& update, Command command) {
    if (command == Command::modify)
        unsupported("forward interface entries cannot be modified, only added or deleted");
    const auto card = read<model::ForwardInterface>(network, update, "interface", true);
    if (!network.forward) refuse("network '{}' is isolated: no interface leads out of it", network.name);
    std::vector<model::ForwardInterface>& cards = network.forward->interfaces;
    const auto where = std::ranges::find_if(
        cards, [&](const model::ForwardInterface& other) { return other.device == card.device; });
    if (command == Command::remove) {
        if (where == cards.end()) {
            refuse("couldn't find an interface entry in network '{}' matching <interface dev='{}'>",
                   network.name, card.device);
        }
        if (where->connections.value_or(0) > 0) {
            refuse(
                "unable to delete interface '{}' in network '{}'. It is currently being used  by {} domains.",
                card.device, network.name, *where->connections);
        }
        cards.erase(where);
    } else {
        if (where != cards.end()) {
            refuse(
                "there is an existing interface entry in network '{}' that matches \"<interface dev='{}'>\"",
                network.name, card.device);
        }
        insert(cards, {card.device, {}}, command);
    }
    network.forward->device = cards.empty() ? "" : cards.front().device;
}

void update_port_group(model::Network& network, const Update& update, Command command) {
    std::vector<model::PortGroup>& groups = network.port_groups;
    auto group = read<model::PortGroup>(network, update, "portgroup", true);
    const bool adds = command == Command::add_first || command == Command::add_last;
    const auto where = std::ranges::find(groups, group.name, &model::PortGroup::name);
    if (!adds && where == groups.end()) {
        refuse("couldn't find a portgroup entry in network '{}' matching <portgroup name='{}'>", network.name,
               group.name);
    }
    if (adds && where != groups.end()) {
        refuse("there is an existing portgroup entry in network '{}' that matches \"<portgroup name='{}'>\"",
               network.name, group.name);
    }
    const bool other_default = std::ranges::any_of(
        groups, [&](const model::PortGroup& other) { return other.is_default && other.name != group.name; });
    if (command != Command::remove && group.is_default && other_default) {
        refuse(
            "a different portgroup entry in network '{}' is already set as the default. Only one default is "
            "allowed.",
            network.name);
    }
    if (group.vlan) complete(*group.vlan);
    if (command == Command::remove) groups.erase(where);
    else if (command == Command::modify) *where = std::move(group);
    else insert(groups, std::move(group), command);
}

void update_dns_host(model::Network& network, const Update& update, Command command) {
    if (command == Command::modify) unsupported("DNS HOST records cannot be modified, only added or deleted");
    const bool adds = command != Command::remove;
    std::vector<model::DnsHost>& hosts = network.dns.hosts;
    auto host = read<model::DnsHost>(network, update, "host", adds);
    // one name may have several addresses, so names count only for what is to be removed
    const auto fits = [&](const model::DnsHost& other) {
        if (host.address.is_given() && host.address == other.address) return true;
        return !adds && std::ranges::any_of(host.names, [&](const model::DnsName& name) {
            return std::ranges::find(other.names, name.text, &model::DnsName::text) != other.names.end();
        });
    };
    const auto matches = std::ranges::count_if(hosts, fits);
    if (adds && matches > 0) {
        refuse("there is already at least one DNS HOST record with a matching field in network {}",
               network.name);
    }
    if (adds) {
        insert(hosts, std::move(host), command);
        return;
    }
    if (matches == 0) refuse("couldn't locate a matching DNS HOST record in network {}", network.name);
    if (matches > 1) refuse("multiple matching DNS HOST records were found in network {}", network.name);
    std::erase_if(hosts, fits);
}

void update_dns_text(model::Network& network, const Update& update, Command command) {
    if (command == Command::modify) unsupported("DNS TXT records cannot be modified, only added or deleted");
    const bool adds = command != Command::remove;
    std::vector<model::DnsText>& texts = network.dns.texts;
    auto text = read<model::DnsText>(network, update, "txt", adds);
    const auto where = std::ranges::find(texts, text.name, &model::DnsText::name);
    if (adds && where != texts.end()) {
        refuse("there is already a DNS TXT record with name '{}' in network {}", text.name.value_or(""),
               network.name);
    }
    if (adds) {
        insert(texts, std::move(text), command);
        return;
    }
    if (where == texts.end()) refuse("couldn't locate a matching DNS TXT record in network {}", network.name);
    texts.erase(where);
}

void update_dns_service(model::Network& network, const Update& update, Command command) {
    if (command == Command::modify) unsupported("DNS SRV records cannot be modified, only added or deleted");
    const bool adds = command != Command::remove;
    std::vector<model::DnsService>& services = network.dns.services;
    auto service = read<model::DnsService>(network, update, "srv", adds);
    const auto fits = [&](const model::DnsService& other) {
        const auto agrees = [](const std::string& wanted, const std::string& there) {
            return wanted.empty() || wanted == there;
        };
        return agrees(service.domain, other.domain) && agrees(service.service, other.service) &&
               agrees(service.protocol, other.protocol) && agrees(service.target, other.target);
    };
    const auto matches = std::ranges::count_if(services, fits);
    if (adds && matches > 0) {
        refuse("there is already at least one DNS SRV record matching all specified fields in network {}",
               network.name);
    }
    if (adds) {
        insert(services, std::move(service), command);
        return;
    }
    if (matches == 0) refuse("couldn't locate a matching DNS SRV record in network {}", network.name);
    if (matches > 1) {
        refuse("multiple DNS SRV records matching all specified fields were found in network {}",
               network.name);
    }
    std::erase_if(services, fits);
}

} // namespace

void apply(model::Network& network, const Update& update) {
    if (update.command < static_cast<std::uint32_t>(Command::modify) ||
        update.command > static_cast<std::uint32_t>(Command::add_first)) {
        fail(ErrorSource::network, Code::invalid_arg, "unrecognized network update command code {}",
             update.command);
    }
    const auto command = static_cast<Command>(update.command);
    switch (update.section) {
    case Section::ip_dhcp_host: return update_dhcp_host(network, update, command);
    case Section::ip_dhcp_range: return update_dhcp_range(network, update, command);
    case Section::forward_interface: return update_interface(network, update, command);
    case Section::portgroup: return update_port_group(network, update, command);
    case Section::dns_host: return update_dns_host(network, update, command);
    case Section::dns_txt: return update_dns_text(network, update, command);
    case Section::dns_srv: return update_dns_service(network, update, command);
    default: break;
    }
    if (update.section >= section_words.size()) {
        fail(ErrorSource::network, Code::invalid_arg, "unrecognized network update section code {}",
             update.section);
    }
    unsupported("can't update '{}' section of network '{}'", section_words[update.section], network.name);
}

} // namespace yado::network
