// SPDX-License-Identifier: Apache-2.0
// <input>: mice, tablets, keyboards, and the host's own that are given to the guest.
#pragma once

#include <cstdint>
#include <string>

#include "model/domain/device.h"

namespace yado::model {

enum class InputType : std::uint8_t { mouse, tablet, keyboard, passthrough, evdev };
enum class InputBus : std::uint8_t { unset, ps2, usb, xen, parallels, virtio, none };
enum class InputModel : std::uint8_t { unset, virtio, virtio_transitional, virtio_non_transitional };
enum class InputGrab : std::uint8_t { unset, all };
/// The keys that give the host's devices to the guest and back.
enum class InputGrabToggle : std::uint8_t {
    unset,
    ctrl_ctrl,
    alt_alt,
    shift_shift,
    meta_meta,
    scrolllock,
    ctrl_scrolllock,
};

/// A device file of the host, "/dev/input/event1".
struct InputSource {
    std::string evdev;  ///< of type passthrough
    std::string device; ///< of type evdev
    InputGrab grab{};   ///< all of the host's input, not only this device's
    InputGrabToggle grab_toggle{};
    schema::OnOff repeat{};
};

struct Input {
    InputType type{};
    InputBus bus{};
    InputModel model{};
    schema::Rare<VirtioDriver> driver;
    schema::Rare<InputSource> source;
    DeviceInfo info;
};
void describe(schema::Io& io, Input& input);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::InputType> {
    static constexpr std::string_view values[] = {"mouse", "tablet", "keyboard", "passthrough", "evdev"};
};
template <> struct EnumNames<model::InputBus> {
    static constexpr std::string_view values[] = {"", "ps2", "usb", "xen", "parallels", "virtio", "none"};
};
template <> struct EnumNames<model::InputModel> {
    static constexpr std::string_view values[] = {"", "virtio", "virtio-transitional",
                                                  "virtio-non-transitional"};
};
template <> struct EnumNames<model::InputGrab> {
    static constexpr std::string_view values[] = {"", "all"};
};
template <> struct EnumNames<model::InputGrabToggle> {
    static constexpr std::string_view values[] = {"",          "ctrl-ctrl",  "alt-alt",        "shift-shift",
                                                  "meta-meta", "scrolllock", "ctrl-scrolllock"};
};
} // namespace yado::schema
