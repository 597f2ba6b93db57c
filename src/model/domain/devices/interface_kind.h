// SPDX-License-Identifier: Apache-2.0
// What a network card of a guest is plugged into: <interface type='…'> with its <source>.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "model/domain/devices/hostdev_source.h"
#include "model/domain/devices/interface_ip.h"
#include "model/reconnect.h"
#include "model/uuid.h"
#include "schema/io.h"

namespace yado::model {

enum class DirectMode : std::uint8_t { unset, vepa, bridge, private_, passthrough };
/// Who keeps the bridge's table of addresses.
enum class MacTable : std::uint8_t { unset, kernel, libvirt };
enum class VhostUserMode : std::uint8_t { unset, server, client };

/// Where the port of a virtual network came from; of running guests only.
struct FromNetwork {
    std::string network, portgroup;
    Uuid port_id;
};

/// QEMU's built-in network or passt: no privileges, no bridge.
struct UserNet {
    std::string device; ///< host interface, only with passt
};
/// A virtual network, which decides at start what that means.
struct NetworkNet {
    std::string network, portgroup;
    Uuid port_id;       ///< of a running guest
    std::string bridge; ///< of a running guest
    MacTable mac_table{};
};
struct BridgeNet {
    std::string bridge;
    MacTable mac_table{}; ///< of a running guest
    FromNetwork from;
};
/// A macvtap on a network card of the host.
struct DirectNet {
    std::string device;
    DirectMode mode{};
    FromNetwork from;
};
/// A tap device made by the user's script or by the daemon, connected to nothing.
struct EthernetNet {
    InterfaceIps host; ///< of the tap
};
/// A process that serves the guest's queues itself, over a UNIX socket.
struct VhostUserNet {
    std::string type; ///< "unix"
    std::string path;
    VhostUserMode mode{}; ///< QEMU's side
    schema::Rare<Reconnect> reconnect;
};
/// Sockets of QEMU's own that carry frames.
struct SocketNet {
    std::string address;
    std::int32_t port = 0;
};
struct ServerNet : SocketNet {};
struct ClientNet : SocketNet {};
struct MulticastNet : SocketNet {};
struct UdpNet : SocketNet {
    std::optional<SocketNet> local;
};
struct InternalNet {
    std::string name;
};
/// A network card of the host given to the guest, with MAC address and switch port set up before.
struct HostdevNet {
    HostdevDriver driver;
    std::variant<std::monostate, HostPci, HostUsb> address;
};
struct VdpaNet {
    std::string device; ///< "/dev/vhost-vdpa-0"
};
/// A port of VMware's distributed switch.
struct VdsNet {
    Uuid switch_id;
    std::int64_t port_id = 0;
    std::string port_group;
    std::int64_t connection_id = 0;
};
/// Connected to nothing.
struct NullNet {};

using NetKind =
    std::variant<UserNet, NetworkNet, BridgeNet, DirectNet, EthernetNet, VhostUserNet, ServerNet, ClientNet,
                 MulticastNet, UdpNet, InternalNet, HostdevNet, VdpaNet, VdsNet, NullNet>;

void describe(schema::Io& io, UserNet& net);
void describe(schema::Io& io, NetworkNet& net);
void describe(schema::Io& io, BridgeNet& net);
void describe(schema::Io& io, DirectNet& net);
void describe(schema::Io& io, EthernetNet& net);
void describe(schema::Io& io, VhostUserNet& net);
void describe(schema::Io& io, ServerNet& net);
void describe(schema::Io& io, ClientNet& net);
void describe(schema::Io& io, MulticastNet& net);
void describe(schema::Io& io, UdpNet& net);
void describe(schema::Io& io, InternalNet& net);
void describe(schema::Io& io, HostdevNet& net);
void describe(schema::Io& io, VdpaNet& net);
void describe(schema::Io& io, VdsNet& net);
void describe(schema::Io& io, NullNet& net);

/// "bridge", as @type says it.
std::string_view word(const NetKind& kind);

/// A port of a virtual network in a running guest, as the status file keeps it.
struct ActualBridge {
    std::string bridge;
    MacTable mac_table{};
};
struct ActualNetwork : ActualBridge {};
struct ActualDirect {
    std::string device;
    DirectMode mode{};
};
using ActualKind = std::variant<ActualNetwork, ActualBridge, ActualDirect, HostdevNet>;

void describe(schema::Io& io, ActualNetwork& port);
void describe(schema::Io& io, ActualBridge& port);
void describe(schema::Io& io, ActualDirect& port);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::DirectMode> {
    static constexpr std::string_view values[] = {"", "vepa", "bridge", "private", "passthrough"};
};
template <> struct EnumNames<model::MacTable> {
    static constexpr std::string_view values[] = {"", "kernel", "libvirt"};
};
template <> struct EnumNames<model::VhostUserMode> {
    static constexpr std::string_view values[] = {"", "server", "client"};
};
template <> struct UnionTags<decltype(model::HostdevNet::address)> {
    static constexpr std::string_view values[] = {"", "pci", "usb"};
};
template <> struct UnionTags<model::NetKind> {
    static constexpr std::string_view values[] = {"user",      "network", "bridge", "direct", "ethernet",
                                                  "vhostuser", "server",  "client", "mcast",  "udp",
                                                  "internal",  "hostdev", "vdpa",   "vds",    "null"};
};
template <> struct UnionTags<model::ActualKind> {
    static constexpr std::string_view values[] = {"network", "bridge", "direct", "hostdev"};
};
} // namespace yado::schema
