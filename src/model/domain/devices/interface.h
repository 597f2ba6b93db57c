// SPDX-License-Identifier: Apache-2.0
// <interface>: network cards and what they are plugged into.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "model/domain/device.h"
#include "model/mac.h"

namespace yado::model {

enum class LinkState : std::uint8_t { unset, up, down };
enum class DirectMode : std::uint8_t { unset, vepa, private_, bridge, passthrough };

/// QEMU's built-in network or passt: no privileges, no bridge.
struct UserNet {
    std::string device; ///< host interface, only with passt
};
struct NetworkNet {
    std::string network, portgroup;
    std::string port_id, bridge; ///< given by the network while the guest runs
};
struct BridgeNet {
    std::string bridge;
};
struct DirectNet {
    std::string device;
    DirectMode mode{};
};
/// A tap device made by the user's script or by the daemon, connected to nothing.
struct EthernetNet {};
/// vhostuser, server, client, mcast, udp, internal, hostdev, vdpa: <source> kept as it is.
struct OtherNet {
    std::string word;
    schema::Kept rest;
};
using NetKind = std::variant<UserNet, NetworkNet, BridgeNet, DirectNet, EthernetNet, OtherNet>;

struct InterfaceTarget {
    std::string device; ///< host side of the tap; generated names (vnet…) exist only while the guest runs
    schema::YesNo managed{};
};

struct InterfaceDriver {
    std::string name; ///< "qemu" or "vhost"
    std::string txmode;
    schema::OnOff ioeventfd{}, event_idx{};
    std::optional<std::uint32_t> queues, rx_queue_size, tx_queue_size;
    schema::OnOff rss{}, rss_hash_report{};
    VirtioOptions virtio;
    schema::Kept rest; ///< host, guest offloads
};

struct Interface {
    NetKind kind;
    schema::YesNo trust_guest_rx_filters{};
    Mac mac;
    std::string model; ///< "virtio", "e1000", …; QEMU knows more than any list
    InterfaceTarget target;
    schema::Rare<InterfaceDriver> driver;
    std::string script, downscript;
    LinkState link{};
    std::optional<std::uint32_t> mtu;
    schema::Kept
        rest; ///< virtualport, ip, route, guest, filterref, tune, bandwidth, vlan, coalesce, teaming, port …
    DeviceInfo info;

    bool is_virtio() const { return model == "virtio" || model.starts_with("virtio-"); }
};
void describe(schema::Io& io, Interface& interface);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::LinkState> {
    static constexpr std::string_view values[] = {"", "up", "down"};
};
template <> struct EnumNames<model::DirectMode> {
    static constexpr std::string_view values[] = {"", "vepa", "private", "bridge", "passthrough"};
};
template <> struct UnionTags<model::NetKind> {
    static constexpr std::string_view values[] = {"user", "network", "bridge", "direct", "ethernet"};
    static constexpr std::string_view others[] = {"vhostuser", "server",  "client", "mcast", "udp",
                                                  "internal",  "hostdev", "vdpa",   "null"};
};
} // namespace yado::schema
