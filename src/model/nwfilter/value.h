// SPDX-License-Identifier: Apache-2.0
// How the attributes of a filter rule are spelled. A value is kept as the text libvirt writes for it: numbers
// stay decimal or hexadecimal as the user chose, known numbers become names, masks become lengths, and
// "$NAME", "$NAME[1]", "$NAME[@2]" stand for the values of a variable.
#pragma once

#include <string>
#include <string_view>

#include "schema/codec.h"

namespace yado::model {

/// One way of spelling: reads a text that is no variable, giving the text that is written.
struct ValueForm {
    std::string_view type; ///< for documentation
    bool (*read)(std::string_view text, std::string& value);
};

/// False for text that is neither a variable nor of the form.
bool read_value(std::string_view text, const ValueForm& form, std::string& value);

namespace value_forms {

bool read_mac(std::string_view text, std::string& value);
bool read_mac_mask(std::string_view text, std::string& value);
bool read_ipv4(std::string_view text, std::string& value);
bool read_ipv6(std::string_view text, std::string& value);
bool read_ipv4_mask(std::string_view text, std::string& value);
bool read_ipv6_mask(std::string_view text, std::string& value);
bool read_uint8(std::string_view text, std::string& value);
bool read_uint16(std::string_view text, std::string& value);
bool read_uint32(std::string_view text, std::string& value);
bool read_decimal16(std::string_view text, std::string& value);
bool read_dscp(std::string_view text, std::string& value);
bool read_vlan_id(std::string_view text, std::string& value);
bool read_ether_type(std::string_view text, std::string& value);
bool read_encapsulated_type(std::string_view text, std::string& value);
bool read_ip_protocol(std::string_view text, std::string& value);
bool read_arp_opcode(std::string_view text, std::string& value);
bool read_boolean(std::string_view text, std::string& value);
bool read_states(std::string_view text, std::string& value);
bool read_tcp_flags(std::string_view text, std::string& value);
bool read_ipset(std::string_view text, std::string& value);
bool read_ipset_flags(std::string_view text, std::string& value);
bool read_comment(std::string_view text, std::string& value);

inline constexpr ValueForm mac{"MAC address or variable", read_mac};
inline constexpr ValueForm mac_mask{"MAC address mask or variable", read_mac_mask};
inline constexpr ValueForm ipv4{"IPv4 address or variable", read_ipv4};
inline constexpr ValueForm ipv6{"IPv6 address or variable", read_ipv6};
inline constexpr ValueForm ipv4_mask{"IPv4 mask, its length or variable", read_ipv4_mask};
inline constexpr ValueForm ipv6_mask{"IPv6 mask, its length or variable", read_ipv6_mask};
inline constexpr ValueForm uint8{"8-bit number or variable", read_uint8};
inline constexpr ValueForm uint16{"16-bit number or variable", read_uint16};
inline constexpr ValueForm uint32{"32-bit number or variable", read_uint32};
inline constexpr ValueForm decimal16{"16-bit decimal number or variable", read_decimal16};
inline constexpr ValueForm dscp{"6-bit number or variable", read_dscp};
inline constexpr ValueForm vlan_id{"12-bit number or variable", read_vlan_id};
inline constexpr ValueForm ether_type{"Ethernet protocol or variable", read_ether_type};
inline constexpr ValueForm encapsulated_type{"Ethernet protocol, length or variable", read_encapsulated_type};
inline constexpr ValueForm ip_protocol{"IP protocol or variable", read_ip_protocol};
inline constexpr ValueForm arp_opcode{"ARP operation or variable", read_arp_opcode};
inline constexpr ValueForm boolean{"true, false or variable", read_boolean};
inline constexpr ValueForm states{"connection states or variable", read_states};
inline constexpr ValueForm tcp_flags{"TCP flags MASK/FLAGS or variable", read_tcp_flags};
inline constexpr ValueForm ipset{"name of an IP set or variable", read_ipset};
inline constexpr ValueForm ipset_flags{"up to six of src and dst, or variable", read_ipset_flags};
inline constexpr ValueForm comment{"string or variable", read_comment};

} // namespace value_forms

template <const ValueForm& form> struct Spelled {
    template <class T> struct For {
        static constexpr schema::Kind kind = schema::Kind::text;
        static constexpr std::string_view type = form.type;
        static bool present(const std::string& value) { return !value.empty(); }
        static schema::Problem parse(std::string_view text, std::string& value) {
            return read_value(text, form, value) ? schema::no_problem : schema::wrong_value;
        }
        static void print(const std::string& value, std::string& out) { out += value; }
    };
};

} // namespace yado::model
