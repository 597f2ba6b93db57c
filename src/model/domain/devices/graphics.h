// SPDX-License-Identifier: Apache-2.0
// <graphics>: how people see the guest's screen.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "model/domain/devices/character.h"

namespace yado::model {

enum class ListenType : std::uint8_t { none, address, network, socket };
struct GraphicsListen {
    ListenType type = ListenType::address;
    std::string address, network, socket;
};

/// What to do with clients when the password changes.
enum class PasswordChange : std::uint8_t { unset, fail, disconnect, keep };
struct GraphicsPassword {
    std::string text;        ///< only shown with secrets
    std::string valid_until; ///< "2030-01-31T12:00:00", UTC
    PasswordChange connected{};
};

/// OpenGL of the host.
struct HostGl {
    schema::YesNo enable{};
    std::string rendernode; ///< "/dev/dri/renderD128"
};

enum class VncSharePolicy : std::uint8_t { unset, allow_exclusive, force_shared, ignore };
struct Vnc {
    std::optional<std::int32_t> port; ///< -1: chosen when the guest starts
    schema::YesNo autoport{};
    std::optional<std::int32_t> websocket; ///< -1: chosen when the guest starts
    std::string listen;                    ///< address of the first listen, repeated for old readers
    std::string socket;                    ///< older spelling of a listen of type socket
    std::string keymap;
    GraphicsPassword password;
    VncSharePolicy share_policy{};
    schema::YesNo power_control{};
    schema::YesNo wait{}; ///< yes: the guest starts when the first client is there
    std::vector<GraphicsListen> listens;
    std::optional<std::uint32_t> audio; ///< the <audio> that clients hear
};

enum class SpiceMode : std::uint8_t { any, secure, insecure };
enum class SpiceChannelName : std::uint8_t {
    main,
    display,
    inputs,
    cursor,
    playback,
    record,
    smartcard,
    usbredir,
};
struct SpiceChannel {
    SpiceChannelName name{};
    SpiceMode mode{};
};
enum class SpiceImages : std::uint8_t { unset, auto_glz, auto_lz, quic, glz, lz, off };
enum class SpiceCompression : std::uint8_t { unset, auto_, never, always };
enum class SpiceStreaming : std::uint8_t { unset, filter, all, off };
struct Spice {
    std::optional<std::int32_t> port, tls_port; ///< -1: chosen when the guest starts
    schema::YesNo autoport{};
    std::string listen; ///< as with VNC
    std::string keymap;
    SpiceMode default_mode{};
    GraphicsPassword password;
    std::vector<GraphicsListen> listens;
    std::vector<SpiceChannel> channels;
    SpiceImages images{};
    SpiceCompression jpeg{}, zlib{};
    schema::OnOff playback{};
    SpiceStreaming streaming{};
    MouseMode mouse{};
    schema::YesNo copy_paste{}, file_transfer{};
    schema::Rare<HostGl> gl;
};

/// A window on the host.
struct Sdl {
    std::string display, xauth;
    schema::YesNo fullscreen{};
    schema::YesNo gl{};
};
/// VirtualBox's, and QEMU's through a helper since libvirt 11.1.
struct Rdp {
    std::optional<std::int32_t> port; ///< 0: chosen when the guest starts
    schema::YesNo autoport{}, replace_user{}, multi_user{};
    std::string username;
    GraphicsPassword password;
    std::string listen;
    std::vector<GraphicsListen> listens;
};
struct Desktop {
    std::string display;
    schema::YesNo fullscreen{};
};
/// Draws with the host's OpenGL for another screen that has none.
struct EglHeadless {
    std::string rendernode;
};
struct DbusDisplay {
    schema::YesNo p2p{};
    std::string address; ///< of the bus; empty: the daemon runs one for the guest
    schema::Rare<HostGl> gl;
    std::optional<std::uint32_t> audio;
};
using GraphicsKind = std::variant<Vnc, Spice, Sdl, Rdp, Desktop, EglHeadless, DbusDisplay>;

struct Graphics {
    GraphicsKind kind;

    Vnc* vnc() { return std::get_if<Vnc>(&kind); }
    const Vnc* vnc() const { return std::get_if<Vnc>(&kind); }
};
void describe(schema::Io& io, Graphics& graphics);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::ListenType> {
    static constexpr std::string_view values[] = {"none", "address", "network", "socket"};
};
template <> struct EnumNames<model::PasswordChange> {
    static constexpr std::string_view values[] = {"", "fail", "disconnect", "keep"};
};
template <> struct EnumNames<model::VncSharePolicy> {
    static constexpr std::string_view values[] = {"", "allow-exclusive", "force-shared", "ignore"};
};
template <> struct EnumNames<model::SpiceMode> {
    static constexpr std::string_view values[] = {"any", "secure", "insecure"};
};
template <> struct EnumNames<model::SpiceChannelName> {
    static constexpr std::string_view values[] = {"main",     "display", "inputs",    "cursor",
                                                  "playback", "record",  "smartcard", "usbredir"};
};
template <> struct EnumNames<model::SpiceImages> {
    static constexpr std::string_view values[] = {"", "auto_glz", "auto_lz", "quic", "glz", "lz", "off"};
};
template <> struct EnumNames<model::SpiceCompression> {
    static constexpr std::string_view values[] = {"", "auto", "never", "always"};
};
template <> struct EnumNames<model::SpiceStreaming> {
    static constexpr std::string_view values[] = {"", "filter", "all", "off"};
};
template <> struct UnionTags<model::GraphicsKind> {
    static constexpr std::string_view values[] = {"vnc",     "spice",        "sdl", "rdp",
                                                  "desktop", "egl-headless", "dbus"};
};
} // namespace yado::schema
