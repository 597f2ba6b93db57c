// SPDX-License-Identifier: Apache-2.0
// <input>: mice, tablets, keyboards.
#pragma once

#include <cstdint>

#include "model/domain/device.h"

namespace yado::model {

enum class InputType : std::uint8_t { mouse, tablet, keyboard, passthrough, evdev };
enum class InputBus : std::uint8_t { unset, ps2, usb, xen, parallels, virtio, none };
enum class InputModel : std::uint8_t { unset, virtio, virtio_transitional, virtio_non_transitional };

struct Input {
    InputType type{};
    InputBus bus{};
    InputModel model{};
    schema::Rare<VirtioDriver> driver;
    schema::Kept rest; ///< source of passthrough and evdev
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
} // namespace yado::schema
