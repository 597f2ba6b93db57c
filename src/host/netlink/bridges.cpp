// SPDX-License-Identifier: Apache-2.0
// Bridges, their ports, and what ports may do.
#include "host/netlink/system_network.h"

#include "base/error.h"
#include "base/fault.h"
#include "host/netlink/attributes.h"

#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <net/if.h>

namespace yado::host {

void SystemNetwork::create_bridge(const BridgeRequest& request) {
    require_link_name(request.name);
    constexpr std::uint32_t ticks = 100; // a second, in the kernel's USER_HZ
    NetlinkRequest creation(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL);
    creation.header<ifinfomsg>();
    creation.put(IFLA_IFNAME, request.name);
    if (request.mac) creation.put(IFLA_ADDRESS, *request.mac);
    creation.nest(IFLA_LINKINFO, [&] {
        creation.put(IFLA_INFO_KIND, "bridge");
        creation.nest(IFLA_INFO_DATA, [&] {
            creation.put_u32(IFLA_BR_STP_STATE, request.stp ? 1 : 0);
            creation.put_u32(IFLA_BR_FORWARD_DELAY, request.forward_delay * ticks);
            if (request.vlan_filtering) creation.put_u8(IFLA_BR_VLAN_FILTERING, 1);
        });
    });
    fault::point("network.bridge");
    NetlinkSocket().run(creation, fmt::format("cannot create bridge '{}'", request.name));
}

void SystemNetwork::add_port(const std::string& bridge, const std::string& port) {
    NetlinkRequest request = link_request(RTM_SETLINK, 0, index_of(port));
    request.put_u32(IFLA_MASTER, static_cast<std::uint32_t>(index_of(bridge)));
    fault::point("network.port");
    NetlinkSocket().run(request, fmt::format("cannot add '{}' to bridge '{}'", port, bridge));
}

void SystemNetwork::remove_port(const std::string& port) {
    NetlinkRequest request = link_request(RTM_SETLINK, 0, index_of(port));
    request.put_u32(IFLA_MASTER, 0);
    NetlinkSocket().run(request, fmt::format("cannot take '{}' out of its bridge", port));
}

void SystemNetwork::set_port_flags(const std::string& port, const PortFlags& flags) {
    NetlinkRequest request = link_request(RTM_SETLINK, 0, index_of(port), PF_BRIDGE);
    const auto put = [&request](std::uint16_t type, std::optional<bool> value) {
        if (value) request.put_u8(type, *value ? 1 : 0);
    };
    request.nest(IFLA_PROTINFO | NLA_F_NESTED, [&] {
        put(IFLA_BRPORT_ISOLATED, flags.isolated);
        put(IFLA_BRPORT_LEARNING, flags.learning);
        put(IFLA_BRPORT_UNICAST_FLOOD, flags.flood);
    });
    fault::point("network.port_flags");
    NetlinkSocket().run(request, fmt::format("cannot set the flags of bridge port '{}'", port));
}

namespace {

NetlinkRequest vlan_request(std::uint16_t type, int index, const bridge_vlan_info& info) {
    NetlinkRequest request = link_request(type, 0, index, PF_BRIDGE);
    request.nest(IFLA_AF_SPEC, [&] { request.put_struct(IFLA_BRIDGE_VLAN_INFO, info); });
    return request;
}

std::vector<bridge_vlan_info> vlans_of(NetlinkSocket& socket, int index) {
    std::vector<bridge_vlan_info> found;
    NetlinkRequest request(RTM_GETLINK, 0);
    request.header<ifinfomsg>().ifi_family = PF_BRIDGE;
    request.put_u32(IFLA_EXT_MASK, RTEXT_FILTER_BRVLAN);
    socket.dump(request, "cannot list VLANs", [&](const nlmsghdr* message) {
        if (mnl_nlmsg_get_payload_len(message) < sizeof(ifinfomsg) ||
            static_cast<const ifinfomsg*>(mnl_nlmsg_get_payload(message))->ifi_index != index) {
            return;
        }
        for_attributes(message, sizeof(ifinfomsg), [&](int type, const nlattr* attribute) {
            if (type != IFLA_AF_SPEC) return;
            for_nested(attribute, [&](int inner, const nlattr* vlan) {
                const auto info = value_of<bridge_vlan_info>(vlan);
                if (inner == IFLA_BRIDGE_VLAN_INFO && info) found.push_back(*info);
            });
        });
    });
    return found;
}

} // namespace

void SystemNetwork::set_port_vlans(const std::string& port, const std::vector<PortVlan>& vlans) {
    const int index = index_of(port);
    NetlinkSocket socket;
    fault::point("network.port_vlans");
    for (bridge_vlan_info old : vlans_of(socket, index)) {
        old.flags = 0;
        NetlinkRequest request = vlan_request(RTM_DELLINK, index, old);
        socket.run(request, fmt::format("cannot take VLAN {} from bridge port '{}'", old.vid, port));
    }
    for (const PortVlan& each : vlans) {
        bridge_vlan_info info{};
        info.vid = each.id;
        if (each.untagged) info.flags |= BRIDGE_VLAN_INFO_UNTAGGED;
        if (each.native) info.flags |= BRIDGE_VLAN_INFO_PVID;
        NetlinkRequest request = vlan_request(RTM_SETLINK, index, info);
        socket.run(request, fmt::format("cannot give VLAN {} to bridge port '{}'", each.id, port));
    }
}

namespace {

NetlinkRequest entry_request(std::uint16_t type, std::uint16_t flags, int index, const MacBytes& mac) {
    NetlinkRequest request(type, flags);
    auto& header = request.header<ndmsg>();
    header.ndm_family = PF_BRIDGE;
    header.ndm_ifindex = index;
    header.ndm_state = NUD_NOARP; // stays
    header.ndm_flags = NTF_MASTER;
    request.put(NDA_LLADDR, mac);
    return request;
}

} // namespace

void SystemNetwork::add_port_mac(const std::string& port, MacBytes mac) {
    NetlinkRequest request = entry_request(RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_EXCL, index_of(port), mac);
    fault::point("network.port_mac");
    NetlinkSocket().run(request, fmt::format("cannot add an address to bridge port '{}'", port));
}
void SystemNetwork::remove_port_mac(const std::string& port, MacBytes mac) {
    NetlinkRequest request = entry_request(RTM_DELNEIGH, 0, index_of(port), mac);
    NetlinkSocket().run(request, fmt::format("cannot remove an address of bridge port '{}'", port));
}

} // namespace yado::host
