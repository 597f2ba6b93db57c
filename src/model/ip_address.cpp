// SPDX-License-Identifier: Apache-2.0
#include "model/ip_address.h"

#include <algorithm>

#include <arpa/inet.h>

namespace yado::model {
namespace {

bool only(std::string_view text, std::string_view characters) {
    return !text.empty() && text.find_first_not_of(characters) == std::string_view::npos;
}

} // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
    constexpr std::string_view of_v4 = "0123456789abcdefABCDEFxX.";
    IpAddress address;
    if (only(text, of_v4)) {
        in_addr v4{};
        if (::inet_aton(std::string(text).c_str(), &v4) == 1) {
            address.family = IpFamily::v4;
            const auto* first = reinterpret_cast<const std::uint8_t*>(&v4.s_addr);
            std::copy_n(first, sizeof v4.s_addr, address.bytes.begin());
            return address;
        }
        return std::nullopt;
    }
    constexpr std::string_view of_v6 = "0123456789abcdefABCDEF:.";
    const std::size_t percent = std::min(text.find('%'), text.size());
    if (!only(text.substr(0, percent), of_v6)) { return std::nullopt; }
    if (::inet_pton(AF_INET6, std::string(text.substr(0, percent)).c_str(), address.bytes.data()) != 1) {
        return std::nullopt;
    }
    address.family = IpFamily::v6;
    if (percent < text.size()) {
        address.scope = text.substr(percent + 1);
        constexpr std::size_t longest_name = 15; // of a network interface
        const auto printable = [](char c) { return c > ' ' && c < 0x7f && c != '/'; };
        const bool a_name = std::ranges::all_of(address.scope, printable) && !address.scope.empty();
        if (!a_name || address.scope.size() > longest_name) { return std::nullopt; }
    }
    return address;
}

std::string IpAddress::text() const {
    if (!is_given()) { return {}; }
    char buffer[INET6_ADDRSTRLEN];
    std::string out = ::inet_ntop(is_v4() ? AF_INET : AF_INET6, bytes.data(), buffer, sizeof buffer);
    if (!scope.empty()) { out.append("%").append(scope); }
    return out;
}

IpAddress IpAddress::network(unsigned prefix) const {
    IpAddress out = *this;
    for (unsigned i = prefix; i < bits(); ++i) {
        out.bytes[i / 8] &= static_cast<std::uint8_t>(~(0x80U >> i % 8));
    }
    return out;
}

IpAddress IpAddress::last_of_network(unsigned prefix) const {
    IpAddress out = *this;
    for (unsigned i = prefix; i < bits(); ++i) {
        out.bytes[i / 8] |= static_cast<std::uint8_t>(0x80U >> i % 8);
    }
    return out;
}

std::optional<unsigned> IpAddress::mask_bits() const {
    unsigned count = 0;
    while (count < bits() && (bytes[count / 8] & 0x80U >> count % 8) != 0) { ++count; }
    if (network(count).bytes != bytes) { return std::nullopt; }
    return count;
}

std::optional<unsigned> prefix_of(const IpAddress& address, const IpAddress& netmask,
                                  std::optional<unsigned> prefix) {
    if (prefix.value_or(0) != 0) { return prefix; }
    if (netmask.is_given()) { return netmask.mask_bits(); }
    if (address.is_v6()) { return 64; }
    if (address.bytes[0] < 128) { return 8; }
    if (address.bytes[0] < 192) { return 16; }
    if (address.bytes[0] < 224) { return 24; }
    return std::nullopt;
}

} // namespace yado::model

namespace yado::schema {

Problem Text<model::IpAddress>::parse(std::string_view text, model::IpAddress& address) {
    const auto parsed = model::IpAddress::parse(text);
    if (!parsed) { return wrong_value; }
    address = *parsed;
    return no_problem;
}

} // namespace yado::schema
