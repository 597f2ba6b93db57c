// SPDX-License-Identifier: Apache-2.0
#include "model/mac.h"
#include "model/network/check_parts.h"

namespace yado::model {
namespace {

/// Number of addresses between the two, which are in order; at most `limit`.
std::uint32_t distance(const IpAddress& start, const IpAddress& end, std::uint32_t limit) {
    std::uint64_t out = 0;
    for (unsigned i = 0; i < start.bits() / 8; ++i) {
        // Differences of leading bytes only grow: once past the limit by a byte they stay past it.
        const std::int64_t step = static_cast<std::int64_t>(end.bytes[i]) - start.bytes[i];
        const std::int64_t sum = static_cast<std::int64_t>(out) * 256 + step;
        out = static_cast<std::uint64_t>(std::min<std::int64_t>(sum, std::int64_t{limit} * 256));
    }
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(out, limit));
}

void check_lease(NetworkProblems& problems, const std::optional<Lease>& lease, const std::string& path) {
    if (!lease || !lease->expiry || *lease->expiry == 0) { return; }
    constexpr std::uint64_t shortest = 120; // seconds, what dnsmasq takes
    std::uint64_t enough = 1;
    if (lease->unit == LeaseUnit::seconds) { enough = shortest; }
    if (lease->unit == LeaseUnit::minutes) { enough = shortest / 60; }
    if (*lease->expiry < enough) {
        problems.unsupported(path + "/lease", "The minimum lease time should be greater than 2 minutes");
    }
}

void check_host(NetworkProblems& problems, const DhcpHost& host, bool v6, const std::string& path) {
    const std::string& network = problems.name();
    constexpr std::string_view of_id = "0123456789abcdefABCDEF:";
    if (!host.mac.empty() && v6) {
        problems.error(path + "/@mac",
                       "Invalid to specify MAC address '{}' in network '{}' IPv6 static host definition",
                       host.mac, network);
    } else if (!host.mac.empty() && Mac::parse(host.mac).value_or(Mac()).is_multicast()) {
        problems.error(path + "/@mac", "expected unicast mac address, found multicast '{}' in network '{}'",
                       host.mac, network);
    }
    const std::size_t wrong = host.id.find_first_not_of(of_id);
    if (wrong != std::string::npos) {
        problems.error(path + "/@id", "Invalid character '{}' in id '{}' of network '{}'", host.id[wrong],
                       host.id, network);
    }
    if (host.name && host.name->empty()) {
        problems.error(path + "/@name", "Cannot use host name '{}' in network '{}'", *host.name, network);
    }
    if (v6 && host.id.empty() && !host.name) {
        problems.error(path, "Static host definition in IPv6 network '{}' must have id or name attribute",
                       network);
    }
    if (!v6 && host.mac.empty() && !host.name) {
        problems.error(path, "Static host definition in IPv4 network '{}' must have mac or name attribute",
                       network);
    }
    if (!host.address.is_given()) {
        problems.error(path + "/@ip", "Missing IP address in static host definition for network '{}'",
                       network);
    }
    check_lease(problems, host.lease, path);
}

void check_family(NetworkProblems& problems, const NetworkIp& ip, const std::string& path) {
    const std::string& network = problems.name();
    const std::string address = ip.address.text();
    if (ip.family == IpFamily::v6 ? ip.address.is_v4() : ip.address.is_v6()) {
        switch (ip.family) {
        case IpFamily::v4:
            problems.unsupported(path + "/@family",
                                 "ipv4 family specified for non-IPv4 address '{}' in network '{}'", address,
                                 network);
            break;
        case IpFamily::v6:
            problems.unsupported(path + "/@family",
                                 "Family 'ipv6' specified for non-IPv6 address '{}' in network '{}'", address,
                                 network);
            break;
        case IpFamily::unset:
            problems.unsupported(path + "/@family",
                                 "no family specified for non-IPv4 address '{}' in network '{}'", address,
                                 network);
            break;
        }
    }
    if (ip.netmask.is_given() && ip.address.is_v6()) {
        problems.unsupported(path + "/@netmask", "netmask not allowed for IPv6 address '{}' in network '{}'",
                             address, network);
    } else if (ip.netmask.is_v6()) {
        problems.unsupported(path + "/@netmask",
                             "Invalid netmask '{}' for address '{}' in network '{}' (both must be IPv4)",
                             ip.netmask.text(), address, network);
    }
    if (ip.netmask.is_given() && ip.prefix) {
        problems.unsupported(path + "/@prefix",
                             "Network '{}' IP address cannot have both a prefix and a netmask", network);
    }
    if (ip.prefix.value_or(0) > ip.address.bits()) {
        problems.unsupported(path + "/@prefix", "Invalid {} prefix '{}' in network '{}'",
                             ip.address.is_v6() ? "IPv6" : "IPv4", *ip.prefix, network);
    }
}

} // namespace

void check_range(NetworkProblems& problems, std::string_view path, const IpAddress& start,
                 const IpAddress& end, const IpAddress& address, std::optional<unsigned> prefix) {
    const std::string range = fmt::format("{} - {}", start.text(), end.text());
    const std::string network = fmt::format("{}/{}", address.text(), prefix.value_or(0));
    const auto wrong = [&](std::string text) { problems.add(Code::internal_error, path, "{}", text); };
    if (start.family != end.family) { return wrong("mismatch of address family in range " + range); }
    const bool in_network = address.is_given();
    if (in_network && address.family != start.family) {
        return wrong(
            fmt::format("mismatch of address family in range {} for network {}", range, address.text()));
    }
    if (!prefix) {
        return wrong(
            fmt::format("bad prefix -1 for network {} when  checking range {}", address.text(), range));
    }
    const IpAddress first = address.network(*prefix);
    if (in_network && (start.network(*prefix) != first || end.network(*prefix) != first)) {
        return wrong(fmt::format("range {} is not entirely within network {}", range, network));
    }
    constexpr std::uint32_t largest = 65535;
    if (start > end) {
        return wrong(start.is_v4() ? fmt::format("range {} is reversed ", range)
                                   : fmt::format("range {} start larger than end", range));
    }
    if (distance(start, end, largest) >= largest) {
        return wrong(fmt::format("range {} is too large (> 65535)", range));
    }
    if (!in_network || !start.is_v4()) { return; }
    if (start == first) {
        return wrong(fmt::format("start of range {} in network {} is the network address", range, network));
    }
    if (end == address.last_of_network(*prefix)) {
        wrong(fmt::format("end of range {} in network {} is the broadcast address", range, network));
    }
}

void check_ips(NetworkProblems& problems) {
    unsigned serving[2] = {};
    std::size_t index = 0;
    for (const NetworkIp& ip : problems.network().ips) {
        const std::string path = nth("ip", index++);
        check_family(problems, ip, path);
        const bool v6 = ip.address.is_v6();
        if (!ip.tftp_root.empty() && v6) {
            problems.unsupported(path + "/tftp",
                                 "Unsupported <tftp> element in an IPv6 element in network '{}'",
                                 problems.name());
        }
        const auto prefix = prefix_of(ip.address, ip.netmask, ip.prefix);
        std::size_t part = 0;
        for (const DhcpRange& range : ip.dhcp.ranges) {
            const std::string range_path = path + nth("dhcp/range", part++);
            if (ip.address.is_given() && ip.prefix.value_or(0) <= ip.address.bits()) {
                check_range(problems, range_path, range.start, range.end, ip.address, prefix);
            }
            check_lease(problems, range.lease, range_path);
        }
        part = 0;
        for (const DhcpHost& host : ip.dhcp.hosts) {
            check_host(problems, host, v6, path + nth("dhcp/host", part++));
        }
        if (ip.dhcp.serves() && ++serving[v6 ? 1 : 0] == 2) {
            const std::string_view version = v6 ? "IPv6" : "IPv4";
            problems.unsupported(path + "/dhcp",
                                 "Multiple {} dhcp sections found -- dhcp is supported only for a single {} "
                                 "address on each network",
                                 version, version);
        }
    }
}

} // namespace yado::model
