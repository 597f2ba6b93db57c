// SPDX-License-Identifier: Apache-2.0
// <ip> and <route>: the addresses of a network's bridge, what its DHCP server hands out there, and the
// networks that are reached through guests.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/ip_address.h"
#include "schema/io.h"

namespace yado::model {

enum class LeaseUnit : std::uint8_t { unset, seconds, minutes, hours };

/// How long a guest keeps its address; 0: for ever.
struct Lease {
    std::optional<std::uint64_t> expiry;
    LeaseUnit unit{}; ///< minutes when not given; not given when the expiry is 0
};

struct DhcpRange {
    IpAddress start, end;
    std::optional<Lease> lease;
};

/// A guest that always gets the same address and name, known by its MAC address (IPv4), its DUID (IPv6) or
/// its name.
struct DhcpHost {
    std::string mac; ///< as the user spelled it
    std::string id;
    std::optional<std::string> name;
    IpAddress address;
    std::optional<Lease> lease;
};

void describe(schema::Io& io, DhcpRange& range);
void describe(schema::Io& io, DhcpHost& host);

struct Bootp {
    std::string file;
    IpAddress server; ///< the bridge's own address when not given
};

struct Dhcp {
    std::vector<DhcpRange> ranges;
    std::vector<DhcpHost> hosts;
    std::optional<Bootp> bootp; ///< IPv4 only

    bool serves() const { return !ranges.empty() || !hosts.empty(); }
};

struct NetworkIp {
    IpFamily family{}; ///< IPv4 when not given
    IpAddress address, netmask;
    std::optional<std::uint32_t> prefix; ///< instead of a netmask
    schema::YesNo local_ptr{};           ///< reverse look-ups of these addresses are not forwarded
    std::string tftp_root;
    Dhcp dhcp;
};
void describe(schema::Io& io, NetworkIp& ip);
/// The length of the network part, however the document says it.
std::optional<unsigned> prefix_of(const NetworkIp& ip);

struct Route {
    IpFamily family{};
    IpAddress address, netmask;
    std::optional<std::uint32_t> prefix;
    IpAddress gateway;
    std::optional<std::uint32_t> metric;
};
void describe(schema::Io& io, Route& route);

} // namespace yado::model

template <> struct yado::schema::EnumNames<yado::model::LeaseUnit> {
    static constexpr std::string_view values[] = {"", "seconds", "minutes", "hours"};
};
