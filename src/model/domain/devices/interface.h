// SPDX-License-Identifier: Apache-2.0
// <interface>: network cards of the guest.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/bandwidth.h"
#include "model/domain/device.h"
#include "model/domain/devices/interface_kind.h"
#include "model/filter_reference.h"
#include "model/mac.h"
#include "model/port_options.h"
#include "model/virtual_port.h"
#include "model/vlan.h"

namespace yado::model {

enum class LinkState : std::uint8_t { unset, up, down };
enum class MacType : std::uint8_t { unset, generated, static_ };

struct InterfaceMac {
    Mac address;
    MacType type{};        ///< of VMware: who made it up
    schema::YesNo check{}; ///< of VMware
    Mac current;           ///< of a running guest that has chosen another
};

/// The port on the switch: of the interface, and what the network makes of it while the guest runs.
struct SwitchPort {
    schema::Rare<Vlan> vlan;
    schema::Rare<VirtualPort> virtual_port;
    schema::Rare<Bandwidth> bandwidth;
    PortOptions options;
};

/// What a network interface turned out to be when the guest started; of status files.
struct ActualInterface {
    ActualKind kind;
    schema::YesNo managed{}; ///< of kind hostdev
    schema::YesNo trust_guest_rx_filters{};
    SwitchPort port;
};
void describe(schema::Io& io, ActualInterface& actual);

struct InterfaceTarget {
    std::string device; ///< host side of the tap; generated names (vnet…) exist only while the guest runs
    schema::YesNo managed{}; ///< no: the tap is there already and stays
};

/// The name and its settings as a container's or a passt guest sees them.
struct InterfaceGuest {
    std::string device, actual;
};

enum class PortProtocol : std::uint8_t { unset, tcp, udp };
struct PortRange {
    std::optional<std::uint32_t> start, end, to;
    schema::YesNo exclude{};
};
/// Ports of the host that lead to the guest; only passt does it.
struct PortForward {
    PortProtocol protocol{};
    IpAddress address;
    std::string device;
    std::vector<PortRange> ranges; ///< none: all ports
};

enum class InterfaceDriverName : std::uint8_t { unset, qemu, vhost };
enum class TxMode : std::uint8_t { unset, iothread, timer };

/// Work that the guest may leave to the card, off to forbid it.
struct Offloads {
    schema::OnOff csum{}, gso{}, tso4{}, tso6{}, ecn{}, ufo{}, mrg_rxbuf{};
};
struct InterfaceDriver {
    InterfaceDriverName name{};
    TxMode txmode{};
    schema::OnOff ioeventfd{}, event_idx{};
    std::uint32_t queues = 0, rx_queue_size = 0, tx_queue_size = 0; ///< 0: not given
    schema::OnOff rss{}, rss_hash_report{};
    VirtioOptions virtio;
    Offloads host, guest; ///< what the host may send, and receive
};

enum class InterfaceBackendType : std::uint8_t { unset, passt };
struct InterfaceBackend {
    InterfaceBackendType type{};
    std::string tap, vhost;      ///< device nodes instead of /dev/net/tun and /dev/vhost-net
    std::string log_file;        ///< of passt
    std::string host_name, fqdn; ///< passt tells the guest by DHCP
};

enum class TeamingType : std::uint8_t { unset, persistent, transient };
/// Two cards the guest uses as one, so that the assigned one can be unplugged for migration.
struct Teaming {
    TeamingType type{};
    std::string persistent; ///< of the transient one: the other's alias
};
void describe(schema::Io& io, Teaming& teaming);

struct Interface {
    NetKind kind;
    schema::YesNo managed{}; ///< of kind hostdev
    schema::YesNo trust_guest_rx_filters{};
    InterfaceMac mac;
    SwitchPort port;
    schema::Rare<ActualInterface> actual;
    InterfaceIps guest_ips;
    std::vector<PortForward> port_forwards;
    std::string script, downscript;
    std::string backend_domain; ///< of Xen
    InterfaceTarget target;
    InterfaceGuest guest;
    std::string model; ///< "virtio", "e1000", …; QEMU knows more than any list
    schema::Rare<InterfaceDriver> driver;
    schema::Rare<InterfaceBackend> backend;
    schema::Rare<FilterReference> filter;
    std::optional<std::uint64_t> send_buffer; ///< bytes, of a tap
    schema::Rare<Teaming> teaming;
    LinkState link{};
    std::uint32_t mtu = 0;           ///< 0: not given
    std::uint32_t rx_max_frames = 0; ///< interrupts of a tap are held back until so many frames came
    DeviceInfo info;

    bool is_virtio() const { return model == "virtio" || model.starts_with("virtio-"); }
    bool is_hostdev() const;
    bool is_passt() const { return backend && backend->type == InterfaceBackendType::passt; }
    /// The kind it has while the guest runs: the network's choice, else its own.
    std::string_view actual_word() const;
};
void describe(schema::Io& io, Interface& interface);

/// As clients see a running guest: the network's choice in place of the declaration.
void show_actual(Interface& interface);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::LinkState> {
    static constexpr std::string_view values[] = {"", "up", "down"};
};
template <> struct EnumNames<model::MacType> {
    static constexpr std::string_view values[] = {"", "generated", "static"};
};
template <> struct EnumNames<model::PortProtocol> {
    static constexpr std::string_view values[] = {"", "tcp", "udp"};
};
template <> struct EnumNames<model::InterfaceDriverName> {
    static constexpr std::string_view values[] = {"", "qemu", "vhost"};
};
template <> struct EnumNames<model::TxMode> {
    static constexpr std::string_view values[] = {"", "iothread", "timer"};
};
template <> struct EnumNames<model::InterfaceBackendType> {
    static constexpr std::string_view values[] = {"", "passt"};
};
template <> struct EnumNames<model::TeamingType> {
    static constexpr std::string_view values[] = {"", "persistent", "transient"};
};
} // namespace yado::schema
