// SPDX-License-Identifier: Apache-2.0
// Network devices in memory, with the kernel's rules: names, existence, what may be a port. Descriptors are
// ends of socket pairs, whose other ends the test has.
#pragma once

#include "host/netlink/network.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace yado::test_support {

class FakeNetwork : public host::Network {
  public:
    struct Device {
        host::Link link;
        bool persistent = true;
        std::uint32_t receive_batch = 0;
        std::string lower; ///< of a macvtap
        host::PortFlags flags;
        std::vector<host::PortVlan> vlans;
        std::set<host::MacBytes> entries;
        std::vector<host::LinkAddress> addresses;
        std::vector<host::LinkRoute> routes;
        host::TrafficLimits limits;
        std::vector<UniqueFd> peers; ///< the other ends of a tap's queues
    };
    std::map<std::string, Device> devices;
    std::vector<host::HostRoute> other_routes;
    std::map<std::string, std::string> settings;
    /// Parts of limits that this "kernel" cannot do, given back by set_traffic_limits().
    std::vector<std::string> traffic_warnings;
    /// The call with this number, from 1, fails with EIO; 0: none does.
    unsigned fail_at = 0;
    unsigned calls = 0;

    /// A card of the host's own.
    void add_hardware(const std::string& name);
    /// As when the last process that had a tap open has ended.
    void close_tap(const std::string& name);

    std::vector<host::Link> links() override;
    std::optional<host::Link> link(const std::string& name) override;
    void delete_link(const std::string& name) override;
    void set_mac(const std::string& name, host::MacBytes mac) override;
    void set_mtu(const std::string& name, std::uint32_t mtu) override;
    void set_up(const std::string& name, bool up) override;
    void set_receive_batch(const std::string& name, std::uint32_t frames) override;
    void add_address(const std::string& name, const host::LinkAddress& address) override;
    void remove_address(const std::string& name, const host::LinkAddress& address) override;
    void add_route(const std::string& name, const host::LinkRoute& route) override;
    void remove_route(const std::string& name, const host::LinkRoute& route) override;
    std::vector<host::LinkAddress> addresses(const std::string& name) override;
    /// Those of the devices' addresses and routes, and `other_routes`.
    std::vector<host::HostRoute> routes() override;
    std::optional<std::string> setting(const std::string& key) override;
    void set_setting(const std::string& key, std::string_view value) override;
    host::Tap open_tap(const host::TapRequest& request) override;
    host::Tap open_macvtap(const host::MacvtapRequest& request) override;
    void create_bridge(const host::BridgeRequest& request) override;
    void add_port(const std::string& bridge, const std::string& port) override;
    void remove_port(const std::string& port) override;
    void set_port_flags(const std::string& port, const host::PortFlags& flags) override;
    void set_port_vlans(const std::string& port, const std::vector<host::PortVlan>& vlans) override;
    void add_port_mac(const std::string& port, host::MacBytes mac) override;
    void remove_port_mac(const std::string& port, host::MacBytes mac) override;
    std::vector<std::string> set_traffic_limits(const std::string& name,
                                                const host::TrafficLimits& limits) override;

  private:
    void count();
    Device& require(const std::string& name);
    Device& require_port(const std::string& name);
    Device& create(const std::string& pattern, std::string kind);
    host::Tap queues_of(Device& device, unsigned queues);

    int next_index_ = 1;
};

} // namespace yado::test_support
