// SPDX-License-Identifier: Apache-2.0
#include "network/dnsmasq.h"

#include "base/error.h"
#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace yado::network {
namespace {

using model::Dhcp;
using model::IpAddress;
using model::NetworkIp;
using model::prefix_of;
using schema::YesNo;

template <class... Args>
void line(std::string& out, fmt::format_string<Args...> text, Args&&... args) {
    const std::string added = fmt::format(text, std::forward<Args>(args)...);
    // a line of its own in the server's configuration could say anything
    if (std::ranges::any_of(added, [](unsigned char c) { return c < ' ' && c != '\t'; })) {
        fail(ErrorSource::network, Code::xml_error,
             "control characters in what the name server is told: '{}'", printable(added));
    }
    out += added + '\n';
}

std::string header(const std::string& name) {
    return fmt::format("##WARNING:  THIS IS AN AUTO-GENERATED FILE. CHANGES TO IT ARE LIKELY TO BE\n"
                       "##OVERWRITTEN AND LOST.  Changes to this configuration should be made using:\n"
                       "##    virsh net-edit {}\n"
                       "## or other application using the libvirt API.\n"
                       "##\n"
                       "## dnsmasq conf file created by libvirt\n",
                       name);
}

std::string netmask_of(const NetworkIp& ip) {
    if (ip.netmask.is_given()) return ip.netmask.text();
    IpAddress mask;
    mask.family = model::IpFamily::v4;
    mask.bytes.fill(0xff);
    return mask.network(prefix_of(ip).value_or(0)).text();
}

/// The domain under which the addresses' names are looked up.
std::string reverse_domain(const NetworkIp& ip) {
    const unsigned prefix = prefix_of(ip).value_or(0);
    const bool v6 = ip.address.is_v6();
    const unsigned step = v6 ? 4 : 8;
    if (prefix == 0 || prefix % step != 0) {
        fail(ErrorSource::network, Code::config_unsupported,
             "PTR domain for IPv{} network with prefix {} cannot be automatically created", v6 ? 6 : 4,
             prefix);
    }
    std::string out;
    for (unsigned bit = prefix; bit > 0; bit -= step) {
        const std::uint8_t byte = ip.address.bytes[(bit - 1) / 8];
        if (!v6) out += fmt::format("{}.", byte);
        else out += fmt::format("{:x}.", bit % 8 == 0 ? byte & 0x0fU : byte >> 4U);
    }
    return out + (v6 ? "ip6.arpa" : "in-addr.arpa");
}

std::string lease_text(const std::optional<model::Lease>& lease) {
    if (!lease || !lease->expiry) return {};
    if (*lease->expiry == 0) return ",infinite";
    return fmt::format(",{}{}", *lease->expiry,
                       lease->unit == model::LeaseUnit::seconds ? "s"
                       : lease->unit == model::LeaseUnit::hours ? "h"
                                                                : "m");
}

/// How many addresses a range has; ranges are limited to 65535 by the model's check.
std::uint64_t size_of(const model::DhcpRange& range) {
    const auto low = [](const IpAddress& address) {
        std::uint64_t value = 0;
        const unsigned size = address.bits() / 8;
        for (unsigned i = size - 4; i < size; ++i) value = value << 8U | address.bytes[i];
        return value;
    };
    return low(range.end) - low(range.start) + 1;
}

void write_forwarders(std::string& out, const model::Dns& dns) {
    bool for_all = false;
    for (const model::DnsForwarder& forwarder : dns.forwarders) {
        const bool everything = forwarder.domain.empty();
        line(out, "server={}{}", everything ? "" : "/" + forwarder.domain + "/",
             forwarder.address.is_given() ? forwarder.address.text() : "#");
        for_all = for_all || (everything && forwarder.address.is_given());
    }
    if (for_all) line(out, "no-resolv");
}

void write_domain(std::string& out, const model::Network& network) {
    const model::NetworkDomain& domain = network.domain;
    if (!domain.name) return;
    if (domain.local_only == YesNo::yes) line(out, "local=/{}/", *domain.name);
    line(out, "domain={}", *domain.name);
    line(out, "expand-hosts");
}

void write_records(std::string& out, const model::Dns& dns) {
    for (const model::DnsText& text : dns.texts) {
        line(out, "txt-record={},{}", text.name.value_or(""), text.value.value_or(""));
    }
    for (const model::DnsService& service : dns.services) {
        std::string record = fmt::format("srv-host=_{}._{}", service.service, service.protocol);
        if (!service.domain.empty()) record += "." + service.domain;
        if (!service.target.empty() && service.target != ".") { // RFC 2782: "." is "not available here"
            record += "," + service.target;
            // by their place: what is left out before one that is given is said
            const bool weight = service.weight.value_or(0) != 0;
            const bool priority = weight || service.priority.value_or(0) != 0;
            const std::uint32_t port = service.port.value_or(0);
            if (priority || port != 0) record += fmt::format(",{}", port != 0 ? port : 1);
            if (priority) record += fmt::format(",{}", service.priority.value_or(0));
            if (weight) record += fmt::format(",{}", *service.weight);
        }
        line(out, "{}", record);
    }
}

void write_dhcp(std::string& out, const NetworkIp& ip) {
    const Dhcp& dhcp = ip.dhcp;
    const bool v6 = ip.address.is_v6();
    for (const model::DhcpRange& range : dhcp.ranges) {
        line(out, "dhcp-range={},{},{}{}", range.start.text(), range.end.text(),
             v6 ? std::to_string(prefix_of(ip).value_or(0)) : netmask_of(ip), lease_text(range.lease));
    }
    if (dhcp.ranges.empty() && !dhcp.hosts.empty()) { // the server is on, for the known ones alone
        line(out, "dhcp-range={},static{}", ip.address.text(),
             v6 ? fmt::format(",{}", prefix_of(ip).value_or(0)) : "");
    }
    if (v6) return;
    line(out, "dhcp-no-override");
    line(out, "dhcp-authoritative");
    if (dhcp.bootp && dhcp.bootp->server.is_given()) {
        line(out, "dhcp-boot={},,{}", dhcp.bootp->file, dhcp.bootp->server.text());
    } else if (dhcp.bootp) {
        line(out, "dhcp-boot={}", dhcp.bootp->file);
    }
}

/// The one address of the family at which addresses are handed out.
const NetworkIp* serving(const model::Network& network, bool v6) {
    const NetworkIp* found = nullptr;
    for (const NetworkIp& ip : network.ips) {
        if (ip.address.is_v6() != v6 || !ip.dhcp.serves()) continue;
        if (found != nullptr) {
            fail(ErrorSource::network, Code::config_unsupported,
                 "For IPv{}, multiple DHCP definitions cannot be specified.", v6 ? 6 : 4);
        }
        found = &ip;
    }
    return found;
}

std::string hosts_text(const NetworkIp* v4, const NetworkIp* v6) {
    std::string out;
    for (const NetworkIp* ip : {v4, v6}) {
        if (ip == nullptr) continue;
        for (const model::DhcpHost& host : ip->dhcp.hosts) {
            const std::string name = host.name.value_or("");
            std::vector<std::string> parts;
            if (ip->address.is_v6()) {
                if (!host.id.empty()) parts.push_back("id:" + host.id);
                if (!name.empty()) parts.push_back(name);
                parts.push_back("[" + host.address.text() + "]");
            } else {
                parts.push_back(host.mac.empty() ? name : host.mac);
                parts.push_back(host.address.text());
                if (!host.mac.empty() && !name.empty()) parts.push_back(name);
            }
            line(out, "{}{}", fmt::join(parts, ","), lease_text(host.lease));
        }
    }
    return out;
}

std::string names_text(const model::Network& network) {
    std::string out;
    for (const model::DnsHost& host : network.dns.hosts) {
        out += host.address.text() + "\t";
        for (const model::DnsName& name : host.names) out += name.text + "\t";
        out += "\n";
    }
    return out;
}

} // namespace

DnsmasqPaths dnsmasq_paths(const model::Network& network, const std::string& directory,
                           const std::string& runtime) {
    const std::string own = directory + "/" + network.name;
    const std::string bridge = directory + "/" + network.bridge.name;
    return {.config = own + ".conf",
            .hosts = own + ".hostsfile",
            .names = own + ".addnhosts",
            .leases = bridge + ".status",
            .macs = bridge + ".macs",
            .pid_file = runtime + "/" + network.name + ".pid"};
}

bool needs_dnsmasq(const model::Network& network) {
    if (network.ips.empty() || !model::has_own_bridge(network.mode())) return false;
    if (network.dns.enable != YesNo::no) return true;
    return std::ranges::any_of(network.ips, [](const NetworkIp& ip) { return ip.dhcp.serves(); });
}

DnsmasqFiles dnsmasq_files(const model::Network& network, const DnsmasqPaths& paths) {
    const bool names = network.dns.enable != YesNo::no;
    const NetworkIp* v4 = serving(network, false);
    const NetworkIp* v6 = serving(network, true);
    std::string out = header(network.name);
    line(out, "strict-order");
    if (names) write_forwarders(out, network.dns);
    else line(out, "port=0");
    write_domain(out, network);
    for (const NetworkIp& ip : network.ips) {
        if (ip.local_ptr == YesNo::yes) line(out, "local=/{}/", reverse_domain(ip));
    }
    if (names && network.dns.forward_plain_names == YesNo::no) {
        line(out, "domain-needed");
        line(out, "local=//");
    }
    line(out, "pid-file={}", paths.pid_file);
    line(out, "except-interface=lo");
    line(out, "bind-dynamic");
    line(out, "interface={}", network.bridge.name);
    if (network.mode() == model::ForwardMode::none) { // no way out: no gateway, no other name servers
        line(out, "dhcp-option=3");
        line(out, "no-resolv");
        line(out, "ra-param=*,0,0");
    }
    if (names) write_records(out, network.dns);
    for (const NetworkIp& ip : network.ips) {
        if (ip.tftp_root.empty()) continue;
        line(out, "enable-tftp");
        line(out, "tftp-root={}", ip.tftp_root);
    }
    std::uint64_t addresses = 0;
    for (const NetworkIp* ip : {v4, v6}) {
        if (ip == nullptr) continue;
        write_dhcp(out, *ip);
        for (const model::DhcpRange& range : ip->dhcp.ranges) addresses += size_of(range);
    }
    if (addresses > 0) line(out, "dhcp-lease-max={}", addresses);
    if (v4 != nullptr || v6 != nullptr) line(out, "dhcp-hostsfile={}", paths.hosts);
    if (names) line(out, "addn-hosts={}", paths.names);
    if (network.mtu > 0 && v4 != nullptr) line(out, "dhcp-option=option:mtu,{}", network.mtu);
    if (v6 != nullptr) {
        line(out, "enable-ra");
    } else {
        for (const NetworkIp& ip : network.ips) {
            if (ip.address.is_v6()) line(out, "dhcp-range={},ra-only", ip.address.text());
        }
    }
    for (const std::string& option : network.dnsmasq_options()) line(out, "{}", option);
    return {.config = std::move(out), .hosts = hosts_text(v4, v6), .names = names_text(network)};
}

} // namespace yado::network
