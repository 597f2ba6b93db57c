// SPDX-License-Identifier: Apache-2.0
#include "model/network/complete.h"

#include "schema/write.h"

namespace yado::model {
namespace {

using schema::OnOff;
using schema::YesNo;

void complete_forward(Network& network) {
    if (network.mode() == ForwardMode::none) {
        network.forward.reset();
        return;
    }
    Forward& f = *network.forward;
    // Of the ways to say which cards, libvirt looks at the first that is there.
    const bool others = f.physical_function || !f.addresses.empty();
    if (f.interfaces.empty() && !f.device.empty() && !others) { f.interfaces.push_back({f.device, {}}); }
    if (!f.interfaces.empty()) {
        if (f.device.empty()) { f.device = f.interfaces.front().device; }
        f.addresses.clear();
    }
    if (!f.interfaces.empty() || !f.addresses.empty()) { f.physical_function.reset(); }
    if (f.mode != ForwardMode::hostdev) {
        f.managed.reset();
    } else if (!f.managed) {
        f.managed = false;
    }
    if (f.nat && f.nat->ports && f.nat->ports->start == 0U && f.nat->ports->end == 0U) {
        f.nat->ports.reset();
    }
}

void complete_bridge(Network& network, const NetworkContext& context) {
    NetworkBridge& bridge = network.bridge;
    if (!has_own_bridge(network.mode())) {
        if (bridge.delay == 0U) { bridge.delay.reset(); }
        return;
    }
    if (bridge.name.empty()) {
        bridge.name = context.new_bridge("virbr%d");
    } else if (bridge.name.find("%d") != std::string::npos) {
        bridge.name = context.new_bridge(bridge.name);
    }
    if (!bridge.stp) { bridge.stp = OnOff::on; }
    if (!bridge.delay) { bridge.delay = 0; }
    if (!network.mac) { network.mac = context.new_mac(); }
}

void complete(std::optional<Lease>& lease) {
    if (!lease) { return; }
    if (!lease->expiry) {
        lease.reset();
    } else if (*lease->expiry == 0) {
        lease->unit = LeaseUnit::unset;
    } else if (lease->unit == LeaseUnit::unset) {
        lease->unit = LeaseUnit::minutes;
    }
}

void complete(NetworkIp& ip) {
    if (ip.prefix == 0U) { ip.prefix.reset(); }
    Dhcp& dhcp = ip.dhcp;
    for (DhcpRange& range : dhcp.ranges) { complete(range.lease); }
    for (DhcpHost& host : dhcp.hosts) { complete(host.lease); }
    const bool offers_boot = dhcp.bootp && !dhcp.bootp->file.empty() && ip.address.is_v4() && dhcp.serves();
    if (!offers_boot) { dhcp.bootp.reset(); }
}

/// All options in one element, as libvirt writes them.
void gather_options(Network& network) {
    const std::vector<std::string> options = network.dnsmasq_options();
    network.dnsmasq = {};
    if (options.empty()) { return; }
    std::string part = "<dnsmasq:options>";
    for (const std::string& option : options) {
        part += "<dnsmasq:option value='";
        schema::escape(part, option);
        part += "'/>";
    }
    network.dnsmasq.add(part + "</dnsmasq:options>");
}

} // namespace

void complete(Network& network, const NetworkContext& context) {
    if (network.uuid.is_null()) { network.uuid = context.new_uuid(); }
    if (network.ipv6 == YesNo::no) { network.ipv6 = YesNo::unset; }
    if (!network.domain.name) { network.domain.register_ = YesNo::unset; }
    complete_forward(network);
    complete_bridge(network, context);
    if (network.vlan) { complete(*network.vlan); }
    for (PortGroup& group : network.port_groups) {
        if (group.vlan) { complete(*group.vlan); }
    }
    for (NetworkIp& ip : network.ips) { complete(ip); }
    gather_options(network);
}

void complete(NetworkPort& port) {
    if (port.vlan) { complete(*port.vlan); }
}

} // namespace yado::model
