// SPDX-License-Identifier: Apache-2.0
// The kernel's network, a socket a call: calls may come from several threads, each in its own namespace.
#pragma once

#include "host/netlink/message.h"
#include "host/netlink/network.h"

namespace yado::host {

class SystemNetwork final : public Network {
  public:
    std::vector<Link> links() override;
    std::optional<Link> link(const std::string& name) override;
    void delete_link(const std::string& name) override;
    void set_mac(const std::string& name, MacBytes mac) override;
    void set_mtu(const std::string& name, std::uint32_t mtu) override;
    void set_up(const std::string& name, bool up) override;
    void set_receive_batch(const std::string& name, std::uint32_t frames) override;
    void add_address(const std::string& name, const LinkAddress& address) override;
    void remove_address(const std::string& name, const LinkAddress& address) override;
    void add_route(const std::string& name, const LinkRoute& route) override;
    void remove_route(const std::string& name, const LinkRoute& route) override;
    std::vector<LinkAddress> addresses(const std::string& name) override;
    std::vector<HostRoute> routes() override;
    std::optional<std::string> setting(const std::string& key) override;
    void set_setting(const std::string& key, std::string_view value) override;

    Tap open_tap(const TapRequest& request) override;
    Tap open_macvtap(const MacvtapRequest& request) override;

    void create_bridge(const BridgeRequest& request) override;
    void add_port(const std::string& bridge, const std::string& port) override;
    void remove_port(const std::string& port) override;
    void set_port_flags(const std::string& port, const PortFlags& flags) override;
    void set_port_vlans(const std::string& port, const std::vector<PortVlan>& vlans) override;
    void add_port_mac(const std::string& port, MacBytes mac) override;
    void remove_port_mac(const std::string& port, MacBytes mac) override;

    std::vector<std::string> set_traffic_limits(const std::string& name,
                                                const TrafficLimits& limits) override;

  private:
    /// Throws no_such_interface-like system_error (ENODEV) naming it.
    int index_of(const std::string& name) const;
};

/// The fixed part of a request about one link.
NetlinkRequest link_request(std::uint16_t type, std::uint16_t flags, int index, unsigned char family = 0);

} // namespace yado::host
