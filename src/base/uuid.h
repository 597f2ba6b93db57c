// SPDX-License-Identifier: Apache-2.0
// The 128-bit name of domains, networks, pools and hosts: 16 raw bytes on the wire, dashed lower-case hex in
// XML.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace yado {

struct Uuid {
    std::array<std::uint8_t, 16> bytes{};

    /// Reads 32 hex digits of either case, with dashes and blanks before any byte and blanks at the end, as
    /// libvirt does.
    static std::optional<Uuid> parse(std::string_view text);
    /// A version 4 UUID from the kernel's random source. Throws system_error when that fails.
    static Uuid random();

    /// "8-4-4-4-12" in lower case.
    std::string text() const;
    bool is_null() const { return *this == Uuid{}; }

    friend auto operator<=>(const Uuid&, const Uuid&) = default;
};

} // namespace yado

template <> struct std::hash<yado::Uuid> {
    // The bytes may come from clients; tables that hold them are bounded, so plain mixing is enough.
    std::size_t operator()(const yado::Uuid& uuid) const noexcept {
        std::uint64_t high = 0;
        std::uint64_t low = 0;
        std::memcpy(&high, uuid.bytes.data(), 8);
        std::memcpy(&low, uuid.bytes.data() + 8, 8);
        return static_cast<std::size_t>((high ^ (low >> 29)) * 0x9e3779b97f4a7c15ULL ^ low);
    }
};
