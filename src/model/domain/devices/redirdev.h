// SPDX-License-Identifier: Apache-2.0
// <redirdev>, USB devices of somebody else's desk, and <redirfilter>, which of them the guest may have.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/domain/devices/character.h"

namespace yado::model {

enum class RedirBus : std::uint8_t { unset, usb };

struct Redirdev {
    RedirBus bus{};
    CharBackend backend;
    DeviceInfo info;
};
void describe(schema::Io& io, Redirdev& redirdev);

/// "2.56": binary coded decimals, 0x0256.
struct UsbVersion {
    std::uint16_t bcd = 0;
    friend bool operator==(UsbVersion, UsbVersion) = default;
};

/// What is not given, or -1, stands for any.
struct UsbFilter {
    std::int64_t usb_class = -1, vendor = -1, product = -1;
    std::optional<UsbVersion> version;
    schema::YesNo allow{};
};
/// The first rule that fits decides.
struct RedirFilter {
    std::vector<UsbFilter> rules;
};
void describe(schema::Io& io, RedirFilter& filter);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::RedirBus> {
    static constexpr std::string_view values[] = {"", "usb"};
};
template <> struct Text<model::UsbVersion> {
    static constexpr Kind kind = Kind::text;
    static constexpr std::string_view type = "USB version";
    static Problem parse(std::string_view text, model::UsbVersion& version);
    static void print(model::UsbVersion version, std::string& out);
};
} // namespace yado::schema
