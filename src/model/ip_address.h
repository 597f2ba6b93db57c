// SPDX-License-Identifier: Apache-2.0
// An IPv4 or IPv6 address in a document: read in every numeric spelling libvirt takes ("10.1" is 10.0.0.1),
// written in the usual one.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "schema/codec.h"

namespace yado::model {

enum class IpFamily : std::uint8_t { unset, v4, v6 };

struct IpAddress {
    IpFamily family{};
    std::array<std::uint8_t, 16> bytes{}; ///< in network order; of IPv4 the first four
    std::string scope;                    ///< behind '%' of a link-local IPv6 address: an interface

    static std::optional<IpAddress> parse(std::string_view text);
    std::string text() const;

    bool is_given() const { return family != IpFamily::unset; }
    bool is_v4() const { return family == IpFamily::v4; }
    bool is_v6() const { return family == IpFamily::v6; }
    unsigned bits() const { return is_v4() ? 32 : 128; }
    /// With everything behind the first `prefix` bits cleared, or set.
    IpAddress network(unsigned prefix) const;
    IpAddress last_of_network(unsigned prefix) const;
    /// Of a netmask: the number of bits set, when those are the first ones.
    std::optional<unsigned> mask_bits() const;

    friend auto operator<=>(const IpAddress&, const IpAddress&) = default;
};

/// The length of the network part: `prefix` when given, else that of `netmask`, else what the address's class
/// says (64 for IPv6). Nothing for a netmask with holes and for classes without a network part.
std::optional<unsigned> prefix_of(const IpAddress& address, const IpAddress& netmask,
                                  std::optional<unsigned> prefix);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::IpFamily> {
    static constexpr std::string_view values[] = {"", "ipv4", "ipv6"};
};
template <> struct Text<model::IpAddress> {
    static constexpr Kind kind = Kind::text;
    static constexpr std::string_view type = "IP address";
    static bool present(const model::IpAddress& address) { return address.is_given(); }
    static Problem parse(std::string_view text, model::IpAddress& address);
    static void print(const model::IpAddress& address, std::string& out) { out += address.text(); }
};
} // namespace yado::schema
