// SPDX-License-Identifier: Apache-2.0
#include "model/nwfilter/match.h"

#include <algorithm>
#include <array>
#include <optional>

#include "model/nwfilter/value.h"

namespace yado::model {
namespace {

using schema::Io;

template <std::size_t size> struct FixedText {
    char characters[size]{};
    consteval FixedText() = default;
    consteval FixedText(const char (&text)[size]) { std::copy_n(text, size, characters); }
    constexpr std::string_view view() const { return {characters, size - 1}; }
};
template <std::size_t a, std::size_t b>
consteval FixedText<a + b - 1> operator+(const FixedText<a>& first, const FixedText<b>& second) {
    FixedText<a + b - 1> out;
    std::copy_n(first.characters, a - 1, out.characters);
    std::copy_n(second.characters, b, out.characters + a - 1);
    return out;
}

template <FixedText name> constexpr auto message = name + FixedText(" has illegal value {}");
template <FixedText name> constexpr auto kept_name = name;

template <FixedText name, const ValueForm& form> void describe_value(Io& io, std::string& value) {
    io.attribute<Spelled<form>>(kept_name<name>.view(), value,
                                {.code = Code::internal_error, .invalid = message<name>.view()});
}
template <FixedText name, const ValueForm& form>
constexpr FilterAttribute row{kept_name<name>.view(), describe_value<name, form>};

template <std::same_as<FilterAttribute>... Rows> consteval auto rows(Rows... row) {
    return std::array<FilterAttribute, sizeof...(Rows)>{row...};
}
template <std::size_t... sizes> consteval auto join(const std::array<FilterAttribute, sizes>&... parts) {
    std::array<FilterAttribute, (sizes + ...)> out{};
    auto* end = out.begin();
    ((end = std::ranges::copy(parts, end).out), ...);
    return out;
}

namespace f = value_forms;

constexpr auto comment = rows(row<"comment", f::comment>);
constexpr auto from_mac = rows(row<"srcmacaddr", f::mac>);
constexpr auto from_masked_mac = join(from_mac, rows(row<"srcmacmask", f::mac_mask>));
constexpr auto frames =
    join(from_masked_mac, rows(row<"dstmacaddr", f::mac>, row<"dstmacmask", f::mac_mask>));
constexpr auto ports = rows(row<"srcportstart", f::uint16>, row<"srcportend", f::uint16>,
                            row<"dstportstart", f::uint16>, row<"dstportend", f::uint16>);

template <const ValueForm& address, const ValueForm& mask>
constexpr auto addresses = rows(row<"srcipaddr", address>, row<"srcipmask", mask>, row<"dstipaddr", address>,
                                row<"dstipmask", mask>);
/// What all protocols above IP have.
template <const ValueForm& address, const ValueForm& mask>
constexpr auto packets =
    join(from_mac, addresses<address, mask>,
         rows(row<"srcipfrom", address>, row<"srcipto", address>, row<"dstipfrom", address>,
              row<"dstipto", address>, row<"dscp", f::dscp>, row<"connlimit-above", f::decimal16>,
              row<"state", f::states>, row<"ipset", f::ipset>, row<"ipsetflags", f::ipset_flags>));
constexpr auto v4 = packets<f::ipv4, f::ipv4_mask>;
constexpr auto v6 = packets<f::ipv6, f::ipv6_mask>;

constexpr auto of_mac = join(frames, rows(row<"protocolid", f::ether_type>), comment);
constexpr auto of_vlan =
    join(frames, rows(row<"vlanid", f::vlan_id>, row<"encap-protocol", f::encapsulated_type>), comment);
constexpr auto of_stp =
    join(from_masked_mac,
         rows(row<"type", f::uint8>, row<"flags", f::uint8>, row<"root-priority", f::uint16>,
              row<"root-priority-hi", f::uint16>, row<"root-address", f::mac>,
              row<"root-address-mask", f::mac_mask>, row<"root-cost", f::uint32>,
              row<"root-cost-hi", f::uint32>, row<"sender-priority", f::uint16>,
              row<"sender-priority-hi", f::uint16>, row<"sender-address", f::mac>,
              row<"sender-address-mask", f::mac_mask>, row<"port", f::uint16>, row<"port-hi", f::uint16>,
              row<"age", f::uint16>, row<"age-hi", f::uint16>, row<"max-age", f::uint16>,
              row<"max-age-hi", f::uint16>, row<"hello-time", f::uint16>, row<"hello-time-hi", f::uint16>,
              row<"forward-delay", f::uint16>, row<"forward-delay-hi", f::uint16>),
         comment);
constexpr auto of_arp =
    join(frames,
         rows(row<"hwtype", f::uint16>, row<"protocoltype", f::uint16>, row<"opcode", f::arp_opcode>,
              row<"arpsrcmacaddr", f::mac>, row<"arpdstmacaddr", f::mac>, row<"arpsrcipaddr", f::ipv4>,
              row<"arpsrcipmask", f::ipv4_mask>, row<"arpdstipaddr", f::ipv4>,
              row<"arpdstipmask", f::ipv4_mask>, row<"gratuitous", f::boolean>),
         comment);
constexpr auto of_ip = join(frames, addresses<f::ipv4, f::ipv4_mask>, rows(row<"protocol", f::ip_protocol>),
                            ports, rows(row<"dscp", f::dscp>), comment);
constexpr auto of_ipv6 = join(
    frames, addresses<f::ipv6, f::ipv6_mask>, rows(row<"protocol", f::ip_protocol>), ports,
    rows(row<"type", f::uint8>, row<"typeend", f::uint8>, row<"code", f::uint8>, row<"codeend", f::uint8>),
    comment);

constexpr auto tcp_parts = rows(row<"option", f::uint8>, row<"flags", f::tcp_flags>);
constexpr auto icmp_parts = rows(row<"type", f::uint8>, row<"code", f::uint8>);
constexpr auto of_tcp = join(v4, ports, tcp_parts, comment);
constexpr auto with_ports = join(v4, ports, comment);
constexpr auto of_icmp = join(v4, icmp_parts, comment);
constexpr auto plain = join(v4, comment);
constexpr auto of_tcp_ipv6 = join(v6, ports, tcp_parts, comment);
constexpr auto with_ports_ipv6 = join(v6, ports, comment);
constexpr auto of_icmpv6 = join(v6, icmp_parts, comment);
constexpr auto plain_ipv6 = join(v6, comment);

struct ProtocolRow {
    std::string_view name;
    std::span<const FilterAttribute> attributes;
};

constexpr std::array<ProtocolRow, filter_protocols> protocols{{
    {"mac", of_mac},
    {"vlan", of_vlan},
    {"stp", of_stp},
    {"arp", of_arp},
    {"rarp", of_arp},
    {"ip", of_ip},
    {"ipv6", of_ipv6},
    {"tcp", of_tcp},
    {"udp", with_ports},
    {"udplite", plain},
    {"esp", plain},
    {"ah", plain},
    {"sctp", with_ports},
    {"icmp", of_icmp},
    {"igmp", plain},
    {"all", plain},
    {"tcp-ipv6", of_tcp_ipv6},
    {"udp-ipv6", with_ports_ipv6},
    {"udplite-ipv6", plain_ipv6},
    {"esp-ipv6", plain_ipv6},
    {"ah-ipv6", plain_ipv6},
    {"sctp-ipv6", with_ports_ipv6},
    {"icmpv6", of_icmpv6},
    {"all-ipv6", plain_ipv6},
}};

const ProtocolRow& row_of(FilterProtocol protocol) { return protocols[static_cast<std::size_t>(protocol)]; }

std::optional<std::size_t> index_of(FilterProtocol protocol, std::string_view attribute) {
    const auto attributes = row_of(protocol).attributes;
    const auto found = std::ranges::find(attributes, attribute, &FilterAttribute::name);
    if (found == attributes.end()) { return std::nullopt; }
    return static_cast<std::size_t>(found - attributes.begin());
}

/// "no" is the only thing worth saying.
struct NoElseYes {
    template <class T> struct For {
        static constexpr schema::Kind kind = schema::Kind::boolean;
        static constexpr std::string_view type = "yes or no";
        static bool present(bool negated) { return negated; }
        static schema::Problem parse(std::string_view text, bool& negated) {
            negated = text == "no";
            return schema::no_problem;
        }
        static void print(bool negated, std::string& out) { out += negated ? "no" : "yes"; }
    };
};

} // namespace

std::span<const FilterAttribute> attributes_of(FilterProtocol protocol) {
    return row_of(protocol).attributes;
}

std::string_view name_of(FilterProtocol protocol) { return row_of(protocol).name; }

FilterMatch::FilterMatch(FilterProtocol of) : protocol(of), values(row_of(of).attributes.size()) {}

std::string_view FilterMatch::value(std::string_view attribute) const {
    const auto index = index_of(protocol, attribute);
    return index ? std::string_view(values[*index]) : std::string_view();
}

void FilterMatch::set(std::string_view attribute, std::string value) {
    if (const auto index = index_of(protocol, attribute)) { values[*index] = std::move(value); }
}

void describe(Io& io, FilterMatch& match) {
    io.attribute<NoElseYes>("match", match.negated);
    const auto attributes = attributes_of(match.protocol);
    for (std::size_t i = 0; i < attributes.size(); ++i) { attributes[i].describe(io, match.values[i]); }
}

} // namespace yado::model
