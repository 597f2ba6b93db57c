// SPDX-License-Identifier: Apache-2.0
// <forward>: how a network is connected to the world outside of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/host_pci.h"
#include "model/ip_address.h"

namespace yado::model {

enum class ForwardMode : std::uint8_t {
    none, ///< isolated; as no <forward> at all
    nat,
    route,
    open,
    bridge,
    private_,
    vepa,
    passthrough,
    hostdev,
};
/// Whether the daemon makes the bridge of such a network, gives it addresses and serves names there.
constexpr bool has_own_bridge(ForwardMode mode) { return mode <= ForwardMode::open; }

enum class ForwardDriver : std::uint8_t { unset, kvm, vfio };
enum class HostAddressType : std::uint8_t { pci };

struct NatAddresses {
    IpAddress start, end; ///< IPv4
};
struct NatPorts {
    std::optional<std::uint32_t> start, end; ///< of TCP and UDP, both given
};
struct Nat {
    schema::YesNo ipv6{};
    std::optional<NatAddresses> addresses; ///< guests are seen as one of these
    std::optional<NatPorts> ports;
};

/// A network card of the host that guests are connected through.
struct ForwardInterface {
    std::string device;
    std::optional<std::uint32_t> connections; ///< guests that use it now
};
void describe(schema::Io& io, ForwardInterface& interface);
/// A card whose virtual functions are given to guests, whichever is free.
struct PhysicalFunction {
    std::string device;
};
/// A virtual function of a card that guests get as a whole.
struct ForwardAddress {
    HostAddressType type{};
    HostPci place;
    std::optional<std::uint32_t> connections;
};

struct Forward {
    /// The first of `interfaces`, said again: the older spelling of a network with one.
    std::string device;
    ForwardMode mode = ForwardMode::nat;
    std::optional<bool> managed; ///< of hostdev: the card is taken from its host driver and given back
    ForwardDriver driver{};      ///< of hostdev
    std::optional<Nat> nat;
    std::optional<PhysicalFunction> physical_function;
    std::vector<ForwardInterface> interfaces;
    std::vector<ForwardAddress> addresses;
};
void describe(schema::Io& io, Forward& forward);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::ForwardMode> {
    static constexpr std::string_view values[] = {"none",    "nat",  "route",       "open",   "bridge",
                                                  "private", "vepa", "passthrough", "hostdev"};
};
template <> struct EnumNames<model::ForwardDriver> {
    static constexpr std::string_view values[] = {"", "kvm", "vfio"};
};
template <> struct EnumNames<model::HostAddressType> {
    static constexpr std::string_view values[] = {"pci"};
};
} // namespace yado::schema
