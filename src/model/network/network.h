// SPDX-License-Identifier: Apache-2.0
// A virtual network as its user declares it: the <network> document as a plain value. Reading gives what the
// document says; complete() adds what libvirt adds, check() refuses what libvirt refuses.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/bandwidth.h"
#include "model/mac.h"
#include "model/network/addressing.h"
#include "model/network/dns.h"
#include "model/network/forward.h"
#include "model/port_options.h"
#include "model/uuid.h"
#include "model/virtual_port.h"
#include "model/vlan.h"
#include "schema/io.h"

namespace yado::model {

/// Who decides which port of the bridge has which MAC address.
enum class MacTableOwner : std::uint8_t { unset, kernel, libvirt };

struct NetworkBridge {
    std::string name;
    std::string zone; ///< of firewalld
    std::optional<schema::OnOff> stp;
    std::optional<std::uint64_t> delay; ///< seconds before a new port forwards
    MacTableOwner mac_table_owner{};
};

struct NetworkDomain {
    std::optional<std::string> name;
    schema::YesNo local_only{}; ///< names below it are not asked of other servers
    schema::YesNo register_{};  ///< the host's resolver asks this network's server for them
};

/// Settings that interfaces choose by name.
struct PortGroup {
    std::string name;
    bool is_default = false; ///< for interfaces that name none
    schema::YesNo trust_guest_rx_filters{};
    schema::Rare<Vlan> vlan;
    schema::Rare<VirtualPort> virtual_port;
    schema::Rare<Bandwidth> bandwidth;
};

void describe(schema::Io& io, PortGroup& group);

struct Network {
    std::optional<std::uint32_t> connections; ///< interfaces of running guests
    schema::YesNo ipv6{};                     ///< guests may use IPv6 although the bridge has no such address
    schema::YesNo trust_guest_rx_filters{};
    std::string name;
    Uuid uuid;
    std::string title, description;
    std::string metadata; ///< the whole <metadata> element, as the user wrote it
    schema::Rare<Forward> forward;
    NetworkBridge bridge;
    std::uint32_t mtu = 0; ///< 0: the host's default
    std::optional<Mac> mac;
    NetworkDomain domain;
    Dns dns;
    schema::Rare<Vlan> vlan;
    schema::Rare<Bandwidth> bandwidth; ///< of the bridge: all guests together
    PortOptions port;
    std::vector<NetworkIp> ips;
    std::vector<Route> routes;
    schema::Rare<VirtualPort> virtual_port;
    std::vector<PortGroup> port_groups;
    schema::Kept dnsmasq; ///< elements of libvirt's dnsmasq namespace, with the prefix "dnsmasq:"

    ForwardMode mode() const { return forward ? forward->mode : ForwardMode::none; }
    /// The lines users add to the configuration of the name and DHCP server.
    std::vector<std::string> dnsmasq_options() const;
};
void describe(schema::Io& io, Network& network);

} // namespace yado::model

template <> struct yado::schema::EnumNames<yado::model::MacTableOwner> {
    static constexpr std::string_view values[] = {"", "kernel", "libvirt"};
};
