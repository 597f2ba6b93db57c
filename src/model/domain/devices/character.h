// SPDX-License-Identifier: Apache-2.0
// <serial>, <parallel>, <console>, <channel>: byte streams between guest and host. What the guest sees
// differs by element, the host side (CharBackend) is the same for all.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "model/device_label.h"
#include "model/domain/device.h"
#include "model/reconnect.h"

namespace yado::model {

enum class SocketMode : std::uint8_t { unset, bind, connect };
enum class TcpProtocol : std::uint8_t { unset, raw, telnet, telnets, tls };
/// Who draws the pointer: the client at once, or the guest.
enum class MouseMode : std::uint8_t { unset, client, server };

struct NullChar {};
struct VirtualConsoleChar {};
struct PtyChar {
    std::string path; ///< "/dev/pts/3", known while the guest runs
    std::vector<DeviceLabel> labels;
};
struct DeviceChar {
    std::string path;
    std::vector<DeviceLabel> labels;
};
struct FileChar {
    std::string path;
    schema::OnOff append{};
    std::vector<DeviceLabel> labels;
};
/// Two named pipes, PATH.in and PATH.out, or one.
struct PipeChar {
    std::string path;
    std::vector<DeviceLabel> labels;
};
struct StdioChar {};
struct UdpEndpoint {
    SocketMode mode{};
    std::string host, service;
};
/// Up to one endpoint to bind and one to send to.
struct UdpChar {
    std::vector<UdpEndpoint> endpoints;
};
struct TcpChar {
    SocketMode mode{};
    std::string host, service;
    schema::YesNo tls{};
    schema::Rare<Reconnect> reconnect;
    TcpProtocol protocol{};
};
struct UnixChar {
    SocketMode mode{};
    std::string path; ///< empty: the daemon chooses when the guest starts
    schema::Rare<Reconnect> reconnect;
    std::vector<DeviceLabel> labels;
};
/// To the SPICE client, by what the device is.
struct SpiceVmcChar {};
/// To the SPICE client, by name.
struct SpicePortChar {
    std::string channel;
};
/// FreeBSD's pair of linked terminals.
struct NmdmChar {
    std::string master, slave;
};
/// QEMU itself speaks for the SPICE agent in the guest: clipboard and pointer of a VNC client.
struct VdAgentChar {
    schema::YesNo copy_paste{};
    MouseMode mouse{};
};
/// To a client of the D-Bus display, by name.
struct DbusChar {
    std::string channel;
};
using CharBackend =
    std::variant<PtyChar, NullChar, VirtualConsoleChar, DeviceChar, FileChar, PipeChar, StdioChar, UdpChar,
                 TcpChar, UnixChar, SpiceVmcChar, SpicePortChar, NmdmChar, VdAgentChar, DbusChar>;
/// <log file='…' append='…'/>: a copy of everything the guest writes.
struct CharLog {
    std::string file;
    schema::OnOff append{};
};

/// The host side of a stream: which backend, and the copy it keeps. As a base it gives its parts to the
/// device.
struct CharDevice {
    CharBackend backend;
    schema::Rare<CharLog> log;
    DeviceInfo info;
};

enum class SerialTarget : std::uint8_t { unset, isa, usb, pci, spapr_vio, system, sclp, isa_debug };
enum class SerialModel : std::uint8_t {
    unset,
    isa_serial,
    usb_serial,
    pci_serial,
    spapr_vty,
    pl011,
    sclpconsole,
    sclplmconsole,
    model_16550a,
    isa_debugcon,
};
struct Serial : CharDevice {
    SerialTarget target{};
    std::optional<std::uint32_t> port;
    SerialModel model{};
};
struct Parallel : CharDevice {
    std::optional<std::uint32_t> port;
};
enum class ConsoleTarget : std::uint8_t { unset, serial, virtio, xen, uml, lxc, openvz, sclp, sclplm };
/// The first one of type serial is the same stream as the first <serial>; it has no device of its own.
struct Console : CharDevice {
    std::string tty; ///< older spelling of a pty's path
    ConsoleTarget target{};
    std::optional<std::uint32_t> port;
};
enum class ChannelTarget : std::uint8_t { unset, virtio, guestfwd, xen };
enum class ChannelState : std::uint8_t { unset, connected, disconnected };
struct Channel : CharDevice {
    ChannelTarget target{};
    std::string name;     ///< of virtio and xen, "org.qemu.guest_agent.0"
    ChannelState state{}; ///< while the guest runs
    std::string address;  ///< of guestfwd, with the port: where the guest connects to
    std::optional<std::uint32_t> port;
};

void describe(schema::Io& io, CharLog& log);
void describe(schema::Io& io, Serial& serial);
void describe(schema::Io& io, Parallel& parallel);
void describe(schema::Io& io, Console& console);
void describe(schema::Io& io, Channel& channel);
/// The parts of the backend in the current element: @type among its attributes, then <source> and <protocol>.
void describe_backend_type(schema::Io& io, CharBackend& backend, const schema::Rule& rule);
void describe_backend(schema::Io& io, CharBackend& backend);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::SocketMode> {
    static constexpr std::string_view values[] = {"", "bind", "connect"};
};
template <> struct EnumNames<model::TcpProtocol> {
    static constexpr std::string_view values[] = {"", "raw", "telnet", "telnets", "tls"};
};
template <> struct EnumNames<model::MouseMode> {
    static constexpr std::string_view values[] = {"", "client", "server"};
};
template <> struct EnumNames<model::SerialTarget> {
    static constexpr std::string_view values[] = {"",
                                                  "isa-serial",
                                                  "usb-serial",
                                                  "pci-serial",
                                                  "spapr-vio-serial",
                                                  "system-serial",
                                                  "sclp-serial",
                                                  "isa-debug"};
};
template <> struct EnumNames<model::SerialModel> {
    static constexpr std::string_view values[] = {"",          "isa-serial",  "usb-serial",  "pci-serial",
                                                  "spapr-vty", "pl011",       "sclpconsole", "sclplmconsole",
                                                  "16550a",    "isa-debugcon"};
};
template <> struct EnumNames<model::ConsoleTarget> {
    static constexpr std::string_view values[] = {"",    "serial", "virtio", "xen",   "uml",
                                                  "lxc", "openvz", "sclp",   "sclplm"};
};
template <> struct EnumNames<model::ChannelTarget> {
    static constexpr std::string_view values[] = {"", "virtio", "guestfwd", "xen"};
};
template <> struct EnumNames<model::ChannelState> {
    static constexpr std::string_view values[] = {"", "connected", "disconnected"};
};
template <> struct UnionTags<model::CharBackend> {
    static constexpr std::string_view values[] = {"pty",      "null",      "vc",   "dev",          "file",
                                                  "pipe",     "stdio",     "udp",  "tcp",          "unix",
                                                  "spicevmc", "spiceport", "nmdm", "qemu-vdagent", "dbus"};
};
} // namespace yado::schema
