// SPDX-License-Identifier: Apache-2.0
// What one interface of a running guest takes from a network: the <networkport> document.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "model/network/network.h"

namespace yado::model {

enum class DirectPlugMode : std::uint8_t { unset, vepa, private_, bridge, passthrough };

/// Plugged into the bridge that the network made.
struct NetworkPlug {
    std::string bridge;
    MacTableOwner mac_table_owner{};
};
/// Plugged into a bridge of the host.
struct BridgePlug {
    std::string bridge;
    MacTableOwner mac_table_owner{};
};
/// A macvtap device on a card of the host.
struct DirectPlug {
    std::string device;
    DirectPlugMode mode{};
};
/// A virtual function given to the guest.
struct HostdevPlug {
    schema::YesNo managed{};
    ForwardDriver driver{};
    std::optional<HostPci> address;
};
using Plug = std::variant<std::monostate, NetworkPlug, BridgePlug, DirectPlug, HostdevPlug>;

struct PortPlug {
    Plug kind;
};

struct PortOwner {
    std::string name;
    Uuid uuid;
};

struct NetworkPort {
    Uuid uuid;
    PortOwner owner;
    std::string group;
    Mac mac;
    schema::Rare<VirtualPort> virtual_port;
    schema::Rare<Bandwidth> bandwidth;
    schema::Rare<Vlan> vlan;
    PortOptions options;
    schema::YesNo trust_guest_rx_filters{};
    PortPlug plug;
};
void describe(schema::Io& io, NetworkPort& port);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::DirectPlugMode> {
    static constexpr std::string_view values[] = {"", "vepa", "private", "bridge", "passthrough"};
};
template <> struct UnionTags<model::Plug> {
    static constexpr std::string_view values[] = {"", "network", "bridge", "direct", "hostdev-pci"};
};
} // namespace yado::schema
