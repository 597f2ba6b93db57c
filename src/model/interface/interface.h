// SPDX-License-Identifier: Apache-2.0
// A network interface of the host as its administrator configures it: the <interface> document as a plain
// value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "model/host_link.h"
#include "schema/io.h"

namespace yado::model {

struct HostInterface;

enum class StartMode : std::uint8_t { unset, onboot, none, hotplug };
enum class BondMode : std::uint8_t {
    unset,
    balance_rr,
    active_backup,
    balance_xor,
    broadcast,
    lacp,
    balance_tlb,
    balance_alb,
};
enum class MiimonCarrier : std::uint8_t { unset, ioctl, netif };
enum class ArpValidation : std::uint8_t { unset, active, backup, all };
enum class ProtocolFamily : std::uint8_t { ipv4, ipv6 };

struct InterfaceDhcp {
    schema::YesNo peer_dns{}; ///< name servers are taken from the DHCP server
};
struct InterfaceIp {
    std::string address;
    std::int32_t prefix = 0; ///< 0: not given
};
struct InterfaceProtocol {
    ProtocolFamily family{};
    bool autoconf = false; ///< of IPv6
    std::optional<InterfaceDhcp> dhcp;
    std::vector<InterfaceIp> ips;
    std::string gateway;
};

struct EthernetKind {};

struct HostBridge {
    schema::OnOff stp{};
    std::string delay; ///< seconds, as written
    std::vector<HostInterface> members;
};
struct BridgeKind {
    std::optional<HostBridge> bridge;
};

/// Looks at the members' carriers every `frequency` ms.
struct Miimon {
    std::uint32_t frequency = 0;
    std::uint32_t down_delay = 0, up_delay = 0; ///< ms
    MiimonCarrier carrier{};
};
/// Asks `target` by ARP every `interval` ms.
struct Arpmon {
    std::uint32_t interval = 0;
    std::string target;
    ArpValidation validate{};
};
struct HostBond {
    BondMode mode{};
    std::optional<Miimon> miimon;
    std::optional<Arpmon> arpmon; ///< only without miimon
    std::vector<HostInterface> members;
};
struct BondKind {
    std::optional<HostBond> bond;
};

struct VlanDevice {
    std::string name;
};
struct HostVlan {
    std::string tag; ///< as written
    std::optional<VlanDevice> device;
};
struct VlanKind {
    std::optional<HostVlan> vlan;
};

using InterfaceKind = std::variant<EthernetKind, BridgeKind, BondKind, VlanKind>;

struct HostInterface {
    InterfaceKind kind;
    std::string name;
    StartMode start{};
    std::uint32_t mtu = 0; ///< 0: the driver's
    std::vector<InterfaceProtocol> protocols;
    HostLink link;
    std::string mac; ///< as written
};
void describe(schema::Io& io, HostInterface& interface);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::StartMode> {
    static constexpr std::string_view values[] = {"", "onboot", "none", "hotplug"};
};
template <> struct EnumNames<model::BondMode> {
    static constexpr std::string_view values[] = {"",          "balance-rr", "active-backup", "balance-xor",
                                                  "broadcast", "802.3ad",    "balance-tlb",   "balance-alb"};
};
template <> struct EnumNames<model::MiimonCarrier> {
    static constexpr std::string_view values[] = {"", "ioctl", "netif"};
};
template <> struct EnumNames<model::ArpValidation> {
    static constexpr std::string_view values[] = {"", "active", "backup", "all"};
};
template <> struct EnumNames<model::ProtocolFamily> {
    static constexpr std::string_view values[] = {"ipv4", "ipv6"};
};
template <> struct UnionTags<model::InterfaceKind> {
    static constexpr std::string_view values[] = {"ethernet", "bridge", "bond", "vlan"};
};
} // namespace yado::schema
