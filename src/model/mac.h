// SPDX-License-Identifier: Apache-2.0
// The 48-bit address of a network card, written as six lower-case hex pairs.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "schema/codec.h"

namespace yado::model {

struct Mac {
    std::array<std::uint8_t, 6> bytes{};

    /// One or two hex digits a byte, separated by colons; nothing else.
    static std::optional<Mac> parse(std::string_view text);
    std::string text() const;
    bool is_null() const { return *this == Mac{}; }
    bool is_multicast() const { return (bytes[0] & 1) != 0; }
    friend auto operator<=>(const Mac&, const Mac&) = default;
};

} // namespace yado::model

template <> struct yado::schema::Text<yado::model::Mac> {
    static constexpr Kind kind = Kind::text;
    static constexpr std::string_view type = "MAC address";
    static bool present(const model::Mac& mac) { return !mac.is_null(); }
    static Problem parse(std::string_view text, model::Mac& mac);
    static void print(const model::Mac& mac, std::string& out) { out += mac.text(); }
};
