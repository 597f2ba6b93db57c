// SPDX-License-Identifier: Apache-2.0
// Network devices of the host as a narrow interface: taps and macvtaps for guests, bridges and their ports,
// addresses, limits. Everything blocks on the kernel for a moment: call it on the worker pool. Errors are
// system_error and name the device and what the kernel says.
#pragma once

#include "base/unique_fd.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace yado::host {

using MacBytes = std::array<std::uint8_t, 6>;

/// The address for the host's end of a guest's tap: a bridge takes the lowest of its ports' addresses for its
/// own, and must not change it with every guest.
MacBytes tap_mac(MacBytes of_guest);

/// Throws invalid_arg unless the kernel takes it: 1 to 15 characters, no '/', ':' or blanks, not "." or "..".
void require_link_name(std::string_view name);

struct IpBytes {
    bool v6 = false;
    std::array<std::uint8_t, 16> bytes{}; ///< of IPv4 the first four
    unsigned size() const { return v6 ? 16 : 4; }
    friend bool operator==(const IpBytes&, const IpBytes&) = default;
};
struct LinkAddress {
    IpBytes address;
    std::uint8_t prefix = 0;
    std::optional<IpBytes> peer;
    friend bool operator==(const LinkAddress&, const LinkAddress&) = default;
};
struct LinkRoute {
    IpBytes destination;
    std::uint8_t prefix = 0;
    IpBytes gateway;
    std::uint32_t metric = 0; ///< 0: the kernel's default
    friend bool operator==(const LinkRoute&, const LinkRoute&) = default;
};

/// Where the host sends packets.
struct HostRoute {
    IpBytes destination;
    std::uint8_t prefix = 0;
    std::string device;
    bool direct = false; ///< without a gateway: the destination is on the device's own wire
};

struct LinkStatistics {
    struct Direction {
        std::uint64_t bytes = 0, packets = 0, errors = 0, drops = 0;
    };
    Direction received, sent; ///< as the host sees them
};
struct Link {
    int index = 0;
    std::string name;
    std::string kind; ///< "bridge", "tun", "macvtap", "veth" …; empty for hardware
    MacBytes mac{};
    std::uint32_t mtu = 0;
    bool up = false; ///< switched on
    bool carrier = false;
    int master = 0; ///< index of the bridge it is a port of
    int lower = 0;  ///< index of what it sits on
    LinkStatistics statistics;
};

struct TapRequest {
    std::string name = "vnet%d"; ///< "%d": the kernel takes the first number that is free
    unsigned queues = 1;
    bool vnet_header = false; ///< frames carry what virtio needs for offloads
    bool persistent = false;  ///< stays when nobody has it open
    std::string node = "/dev/net/tun";
};
enum class MacvlanMode { vepa, bridge, private_, passthrough };
struct MacvtapRequest {
    std::string name = "macvtap%d";
    std::string lower;
    MacvlanMode mode = MacvlanMode::vepa;
    MacBytes mac{};
    unsigned queues = 1;
    bool vnet_header = false;
};
struct Tap {
    std::string name;
    std::vector<UniqueFd> queues;
};

struct BridgeRequest {
    std::string name;
    std::optional<MacBytes> mac;
    bool stp = false;
    std::uint32_t forward_delay = 0; ///< seconds
    bool vlan_filtering = false;
};
struct PortFlags {
    std::optional<bool> isolated; ///< isolated ports do not reach each other
    std::optional<bool> learning; ///< of addresses from what is received
    std::optional<bool> flood;    ///< frames for addresses nobody has learned
};
struct PortVlan {
    std::uint16_t id = 0;
    bool untagged = false; ///< leaves the bridge without its tag
    bool native = false;   ///< what comes without a tag is of this one
};

/// KiB/s and KiB; 0: not limited.
struct TrafficLimit {
    std::uint64_t average = 0, peak = 0, burst = 0;
};
struct TrafficLimits {
    std::optional<TrafficLimit> sent, received; ///< as the host sees them; from a guest is received
};

class Network {
  public:
    Network() = default;
    Network(const Network&) = delete;
    Network& operator=(const Network&) = delete;
    virtual ~Network() = default;

    virtual std::vector<Link> links() = 0;
    virtual std::optional<Link> link(const std::string& name) = 0;
    virtual void delete_link(const std::string& name) = 0;
    virtual void set_mac(const std::string& name, MacBytes mac) = 0;
    virtual void set_mtu(const std::string& name, std::uint32_t mtu) = 0;
    virtual void set_up(const std::string& name, bool up) = 0;
    /// How many frames a tap collects before it tells who reads from it.
    virtual void set_receive_batch(const std::string& name, std::uint32_t frames) = 0;
    virtual void add_address(const std::string& name, const LinkAddress& address) = 0;
    virtual void remove_address(const std::string& name, const LinkAddress& address) = 0;
    virtual void add_route(const std::string& name, const LinkRoute& route) = 0;
    virtual void remove_route(const std::string& name, const LinkRoute& route) = 0;
    /// Those of the device, without the link-local one that the kernel makes itself.
    virtual std::vector<LinkAddress> addresses(const std::string& name) = 0;
    /// The main table's unicast routes.
    virtual std::vector<HostRoute> routes() = 0;
    /// A file below /proc/sys/net, e.g. "ipv4/ip_forward"; nothing when this kernel has none such.
    virtual std::optional<std::string> setting(const std::string& key) = 0;
    virtual void set_setting(const std::string& key, std::string_view value) = 0;

    /// A new tap, or one that is there and persistent; it is down. Unless persistent it ends with its last
    /// descriptor.
    virtual Tap open_tap(const TapRequest& request) = 0;
    /// A new one, down; delete_link() ends it.
    virtual Tap open_macvtap(const MacvtapRequest& request) = 0;

    virtual void create_bridge(const BridgeRequest& request) = 0;
    virtual void add_port(const std::string& bridge, const std::string& port) = 0;
    virtual void remove_port(const std::string& port) = 0;
    virtual void set_port_flags(const std::string& port, const PortFlags& flags) = 0;
    /// The port's VLANs are these and no others; the bridge filters by them if made so.
    virtual void set_port_vlans(const std::string& port, const std::vector<PortVlan>& vlans) = 0;
    /// An entry of the bridge's table that is not learned.
    virtual void add_port_mac(const std::string& port, MacBytes mac) = 0;
    virtual void remove_port_mac(const std::string& port, MacBytes mac) = 0;

    /// Sets the limits, which replace earlier ones. Gives a line for each part that this kernel cannot do and
    /// that is left out.
    virtual std::vector<std::string> set_traffic_limits(const std::string& name,
                                                        const TrafficLimits& limits) = 0;
};

/// Sees to it that a setting is `value`; nothing is written where it is so already.
void require_setting(Network& network, const std::string& key, std::string_view value);

/// The kernel's, of the network namespace that the calling thread is in.
std::unique_ptr<Network> make_network();

} // namespace yado::host
