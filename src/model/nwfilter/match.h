// SPDX-License-Identifier: Apache-2.0
// What a filter rule looks at in a packet: one element a protocol, <tcp dstportstart='22'/>. Which attributes
// each protocol has, how they are spelled and in which order they are written is a table in match.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "schema/io.h"

namespace yado::model {

enum class FilterProtocol : std::uint8_t {
    mac,
    vlan,
    stp,
    arp,
    rarp,
    ip,
    ipv6,
    tcp,
    udp,
    udplite,
    esp,
    ah,
    sctp,
    icmp,
    igmp,
    all,
    tcp_ipv6,
    udp_ipv6,
    udplite_ipv6,
    esp_ipv6,
    ah_ipv6,
    sctp_ipv6,
    icmpv6,
    all_ipv6,
};
inline constexpr std::size_t filter_protocols = 24;

struct FilterAttribute {
    std::string_view name;
    void (*describe)(schema::Io& io, std::string& value);
};
/// In the order they are written.
std::span<const FilterAttribute> attributes_of(FilterProtocol protocol);
/// "tcp-ipv6"
std::string_view name_of(FilterProtocol protocol);

struct FilterMatch {
    explicit FilterMatch(FilterProtocol of);

    FilterProtocol protocol;
    bool negated = false;            ///< match='no': packets that are not like this
    std::vector<std::string> values; ///< as attributes_of(protocol); empty: not given

    /// Empty when not given.
    std::string_view value(std::string_view attribute) const;
    /// Nothing happens where the protocol has no such attribute.
    void set(std::string_view attribute, std::string value);
};
void describe(schema::Io& io, FilterMatch& match);

template <FilterProtocol of> struct MatchOf : FilterMatch {
    MatchOf() : FilterMatch(of) {}
};

namespace detail {
template <std::size_t... index>
std::tuple<schema::Rare<MatchOf<static_cast<FilterProtocol>(index)>>...>
    matches_of(std::index_sequence<index...>);
} // namespace detail

/// At most one, once completed.
using FilterMatches = decltype(detail::matches_of(std::make_index_sequence<filter_protocols>()));

} // namespace yado::model
