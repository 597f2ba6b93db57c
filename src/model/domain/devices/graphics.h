// SPDX-License-Identifier: Apache-2.0
// <graphics>: how people see the guest's screen. VNC is modelled, other kinds are kept as they are.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "model/domain/device.h"

namespace yado::model {

enum class ListenType : std::uint8_t { none, address, network, socket };
enum class VncSharePolicy : std::uint8_t { unset, allow_exclusive, force_shared, ignore };
enum class VncConnected : std::uint8_t { unset, fail, disconnect, keep };

struct GraphicsListen {
    ListenType type = ListenType::address;
    std::string address, network, socket;
};

struct Vnc {
    std::optional<std::int32_t> port; ///< -1: chosen when the guest starts
    schema::YesNo autoport{};
    std::optional<std::int32_t> websocket; ///< -1: chosen when the guest starts
    std::string listen;                    ///< address of the first listen, repeated for old readers
    std::string socket;                    ///< older spelling of a listen of type socket
    std::string keymap;
    std::string password; ///< only shown with secrets
    std::string password_valid_to;
    VncConnected connected{};
    VncSharePolicy share_policy{};
    schema::YesNo power_control{};
    std::vector<GraphicsListen> listens;
};
struct OtherGraphics {
    std::string word;
    std::string password; ///< only shown with secrets
    std::string password_valid_to;
    schema::Kept rest;
};
using GraphicsKind = std::variant<Vnc, OtherGraphics>;

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
template <> struct EnumNames<model::VncSharePolicy> {
    static constexpr std::string_view values[] = {"", "allow-exclusive", "force-shared", "ignore"};
};
template <> struct EnumNames<model::VncConnected> {
    static constexpr std::string_view values[] = {"", "fail", "disconnect", "keep"};
};
template <> struct UnionTags<model::GraphicsKind> {
    static constexpr std::string_view values[] = {"vnc"};
    static constexpr std::string_view others[] = {"sdl", "rdp", "desktop", "spice", "egl-headless", "dbus"};
};
} // namespace yado::schema
