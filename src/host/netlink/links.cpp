// SPDX-License-Identifier: Apache-2.0
#include "host/netlink/system_network.h"

#include "base/error.h"
#include "base/fault.h"
#include "host/netlink/attributes.h"

#include <algorithm>
#include <cerrno>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <map>
#include <net/if.h>

namespace yado::host {

MacBytes tap_mac(MacBytes of_guest) {
    constexpr std::uint8_t high = 0xfe; // no vendor's, and higher than any bridge's own port
    constexpr std::uint8_t other = 0xfa;
    of_guest[0] = of_guest[0] == high ? other : high;
    return of_guest;
}

void require_link_name(std::string_view name) {
    const auto is_wrong = [](char c) { return c == '/' || c == ':' || static_cast<unsigned char>(c) <= ' '; };
    if (name.empty() || name.size() >= IFNAMSIZ || name == "." || name == ".." ||
        std::ranges::any_of(name, is_wrong)) {
        fail(Code::invalid_arg, "'{}' is no name for a network interface", name);
    }
}

NetlinkRequest link_request(std::uint16_t type, std::uint16_t flags, int index, unsigned char family) {
    NetlinkRequest request(type, flags);
    auto& header = request.header<ifinfomsg>();
    header.ifi_family = family;
    header.ifi_index = index;
    return request;
}

int SystemNetwork::index_of(const std::string& name) const {
    require_link_name(name);
    const unsigned index = ::if_nametoindex(name.c_str());
    if (index == 0) throw system_error(errno, fmt::format("network interface '{}'", name));
    return static_cast<int>(index);
}

namespace {

void read_statistics(LinkStatistics& out, const rtnl_link_stats64& in) {
    out.received = {
        .bytes = in.rx_bytes, .packets = in.rx_packets, .errors = in.rx_errors, .drops = in.rx_dropped};
    out.sent = {
        .bytes = in.tx_bytes, .packets = in.tx_packets, .errors = in.tx_errors, .drops = in.tx_dropped};
}

Link read_link(const nlmsghdr* message) {
    Link link;
    if (mnl_nlmsg_get_payload_len(message) < sizeof(ifinfomsg)) return link;
    const auto* header = static_cast<const ifinfomsg*>(mnl_nlmsg_get_payload(message));
    link.index = header->ifi_index;
    link.up = (header->ifi_flags & IFF_UP) != 0;
    link.carrier = (header->ifi_flags & IFF_RUNNING) != 0;
    for_attributes(message, sizeof(ifinfomsg), [&link](int type, const nlattr* attribute) {
        switch (type) {
        case IFLA_IFNAME: link.name = text_of(attribute); break;
        case IFLA_ADDRESS: link.mac = value_of<MacBytes>(attribute).value_or(MacBytes()); break;
        case IFLA_MTU: link.mtu = value_of<std::uint32_t>(attribute).value_or(0); break;
        case IFLA_MASTER: link.master = value_of<int>(attribute).value_or(0); break;
        case IFLA_LINK: link.lower = value_of<int>(attribute).value_or(0); break;
        case IFLA_STATS64:
            if (const auto numbers = value_of<rtnl_link_stats64>(attribute))
                read_statistics(link.statistics, *numbers);
            break;
        case IFLA_LINKINFO:
            for_nested(attribute, [&link](int inner, const nlattr* info) {
                if (inner == IFLA_INFO_KIND) link.kind = text_of(info);
            });
            break;
        default: break;
        }
    });
    return link;
}

} // namespace

std::vector<Link> SystemNetwork::links() {
    std::map<int, Link> found; // by number: a list that is read again replaces what was read
    NetlinkRequest request(RTM_GETLINK, 0);
    request.header<ifinfomsg>().ifi_family = AF_UNSPEC;
    NetlinkSocket().dump(request, "cannot list network interfaces", [&found](const nlmsghdr* message) {
        Link link = read_link(message);
        if (link.index > 0) found[link.index] = std::move(link);
    });
    std::vector<Link> links;
    for (auto& [index, link] : found) links.push_back(std::move(link));
    return links;
}

std::optional<Link> SystemNetwork::link(const std::string& name) {
    require_link_name(name);
    const unsigned index = ::if_nametoindex(name.c_str());
    if (index == 0) return std::nullopt;
    NetlinkRequest request = link_request(RTM_GETLINK, 0, static_cast<int>(index));
    std::optional<Link> found;
    const int number =
        NetlinkSocket().get(request, [&found](const nlmsghdr* message) { found = read_link(message); });
    if (number != 0 && number != ENODEV)
        throw system_error(number, fmt::format("cannot ask for network interface '{}'", name));
    return found;
}

void SystemNetwork::delete_link(const std::string& name) {
    NetlinkRequest request = link_request(RTM_DELLINK, 0, index_of(name));
    fault::point("network.delete");
    NetlinkSocket().run(request, fmt::format("cannot delete network interface '{}'", name));
}

void SystemNetwork::set_mac(const std::string& name, MacBytes mac) {
    NetlinkRequest request = link_request(RTM_SETLINK, 0, index_of(name));
    request.put(IFLA_ADDRESS, mac);
    fault::point("network.mac");
    NetlinkSocket().run(request, fmt::format("cannot set the MAC address of '{}'", name));
}

void SystemNetwork::set_mtu(const std::string& name, std::uint32_t mtu) {
    NetlinkRequest request = link_request(RTM_SETLINK, 0, index_of(name));
    request.put_u32(IFLA_MTU, mtu);
    fault::point("network.mtu");
    NetlinkSocket().run(request, fmt::format("cannot set the MTU of '{}' to {}", name, mtu));
}

void SystemNetwork::set_up(const std::string& name, bool up) {
    NetlinkRequest request(RTM_NEWLINK, 0);
    auto& header = request.header<ifinfomsg>();
    header.ifi_index = index_of(name);
    header.ifi_change = IFF_UP;
    header.ifi_flags = up ? IFF_UP : 0U;
    fault::point("network.up");
    NetlinkSocket().run(request, fmt::format("cannot switch '{}' {}", name, up ? "on" : "off"));
}

namespace {

unsigned char family_of(const IpBytes& address) { return address.v6 ? AF_INET6 : AF_INET; }

void put_ip(NetlinkRequest& request, std::uint16_t type, const IpBytes& address) {
    request.put(type, std::span(address.bytes).first(address.size()));
}

NetlinkRequest address_request(std::uint16_t type, std::uint16_t flags, int index,
                               const LinkAddress& address) {
    NetlinkRequest request(type, flags);
    auto& header = request.header<ifaddrmsg>();
    header.ifa_family = family_of(address.address);
    header.ifa_prefixlen = address.prefix;
    header.ifa_index = static_cast<unsigned>(index);
    put_ip(request, IFA_LOCAL, address.address);
    put_ip(request, IFA_ADDRESS, address.peer ? *address.peer : address.address);
    constexpr unsigned v4_bits = 32;
    if (!address.address.v6 && !address.peer && address.prefix < v4_bits - 1) {
        IpBytes broadcast = address.address;
        for (unsigned i = address.prefix; i < v4_bits; ++i)
            broadcast.bytes[i / 8] |= static_cast<std::uint8_t>(0x80U >> i % 8);
        put_ip(request, IFA_BROADCAST, broadcast);
    }
    return request;
}

NetlinkRequest route_request(std::uint16_t type, std::uint16_t flags, int index, const LinkRoute& route) {
    NetlinkRequest request(type, flags);
    auto& header = request.header<rtmsg>();
    header.rtm_family = family_of(route.destination);
    header.rtm_dst_len = route.prefix;
    header.rtm_table = RT_TABLE_MAIN;
    header.rtm_protocol = RTPROT_STATIC;
    header.rtm_scope = RT_SCOPE_UNIVERSE;
    header.rtm_type = RTN_UNICAST;
    put_ip(request, RTA_DST, route.destination);
    put_ip(request, RTA_GATEWAY, route.gateway);
    request.put_u32(RTA_OIF, static_cast<std::uint32_t>(index));
    if (route.metric != 0) request.put_u32(RTA_PRIORITY, route.metric);
    return request;
}

} // namespace

void SystemNetwork::add_address(const std::string& name, const LinkAddress& address) {
    NetlinkRequest request = address_request(RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, index_of(name), address);
    fault::point("network.address");
    NetlinkSocket().run(request, fmt::format("cannot add an address to '{}'", name));
}
void SystemNetwork::remove_address(const std::string& name, const LinkAddress& address) {
    NetlinkRequest request = address_request(RTM_DELADDR, 0, index_of(name), address);
    NetlinkSocket().run(request, fmt::format("cannot remove an address of '{}'", name));
}
void SystemNetwork::add_route(const std::string& name, const LinkRoute& route) {
    NetlinkRequest request = route_request(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL, index_of(name), route);
    fault::point("network.route");
    NetlinkSocket().run(request, fmt::format("cannot add a route by '{}'", name));
}
void SystemNetwork::remove_route(const std::string& name, const LinkRoute& route) {
    NetlinkRequest request = route_request(RTM_DELROUTE, 0, index_of(name), route);
    NetlinkSocket().run(request, fmt::format("cannot remove a route by '{}'", name));
}

std::unique_ptr<Network> make_network() { return std::make_unique<SystemNetwork>(); }

} // namespace yado::host
