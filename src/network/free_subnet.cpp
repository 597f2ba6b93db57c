// SPDX-License-Identifier: Apache-2.0
#include "network/free_subnet.h"

namespace yado::network {
namespace {

constexpr unsigned subnet_byte = 2; ///< the third of 192.168.N.1
constexpr unsigned subnet_bits = 24;

} // namespace

std::string default_network_xml() {
    return "<network>\n"
           "  <name>default</name>\n"
           "  <forward mode='nat'/>\n"
           "  <bridge name='virbr0' stp='on' delay='0'/>\n"
           "  <ip address='192.168.122.1' netmask='255.255.255.0'>\n"
           "    <dhcp>\n"
           "      <range start='192.168.122.2' end='192.168.122.254'/>\n"
           "    </dhcp>\n"
           "  </ip>\n"
           "</network>\n";
}

bool is_movable(const model::Network& network) {
    if (network.mode() != model::ForwardMode::nat || network.ips.size() != 1 || !network.routes.empty())
        return false;
    if (network.dns.has_records() || !network.dns.forwarders.empty()) return false;
    const model::NetworkIp& ip = network.ips.front();
    const auto prefix = model::prefix_of(ip);
    return ip.address.is_v4() && prefix == subnet_bits && ip.address.bytes[0] == 192 &&
           ip.address.bytes[1] == 168 && ip.dhcp.hosts.empty() && !ip.dhcp.bootp;
}

std::vector<model::Network> other_subnets(const model::Network& network) {
    constexpr unsigned subnets = 255; // 192.168.255.0 is left alone, as is 192.168.0.0
    std::vector<model::Network> found;
    const unsigned own = network.ips.front().address.bytes[subnet_byte];
    for (unsigned step = 1; step < subnets; ++step) {
        const auto subnet = static_cast<std::uint8_t>((own + step) % subnets);
        if (subnet == 0) continue;
        model::Network other = network;
        model::NetworkIp& ip = other.ips.front();
        ip.address.bytes[subnet_byte] = subnet;
        for (model::DhcpRange& range : ip.dhcp.ranges) {
            range.start.bytes[subnet_byte] = subnet;
            range.end.bytes[subnet_byte] = subnet;
        }
        found.push_back(std::move(other));
    }
    return found;
}

} // namespace yado::network
