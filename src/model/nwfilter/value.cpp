// SPDX-License-Identifier: Apache-2.0
#include "model/nwfilter/value.h"

#include <array>
#include <optional>
#include <span>

#include <fmt/format.h>

#include "base/text.h"
#include "model/ip_address.h"
#include "model/mac.h"

namespace yado::model {
namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::string_view of_variable = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

/// Takes the characters that are in `set` from the front of `text`.
std::string_view take(std::string_view& text, std::string_view set) {
    const std::string_view taken = text.substr(0, std::min(text.find_first_not_of(set), text.size()));
    text.remove_prefix(taken.size());
    return taken;
}

/// "$NAME", "$NAME[1]" or "$NAME[@2]" (iterator 2; 0 is the usual one and not written).
bool read_variable(std::string_view text, std::string& value) {
    text.remove_prefix(1);
    std::string out = fmt::format("${}", take(text, of_variable));
    if (text.starts_with('[')) {
        text.remove_prefix(1);
        take(text, " ");
        const bool iterator = text.starts_with('@');
        if (iterator) { text.remove_prefix(1); }
        std::uint32_t number = 0;
        if (schema::parse_integer(take(text, digits), number) != schema::no_problem) { return false; }
        take(text, " ");
        if (!text.starts_with(']')) { return false; }
        text.remove_prefix(1);
        if (!iterator || number != 0) { out += fmt::format("[{}{}]", iterator ? "@" : "", number); }
    }
    if (!text.empty()) { return false; }
    value = std::move(out);
    return true;
}

struct Number {
    std::uint32_t value;
    bool hex; ///< as the user wrote it
};

/// Decimal, and what is no decimal number hexadecimal.
std::optional<Number> number(std::string_view text, std::uint32_t maximum) {
    std::uint32_t value = 0;
    bool hex = false;
    if (schema::parse_integer(text, value) != schema::no_problem) {
        hex = true;
        if (schema::parse_integer(text, value, 16) != schema::no_problem) { return std::nullopt; }
    }
    return value <= maximum ? std::optional(Number{value, hex}) : std::nullopt;
}

std::string written(Number n) { return fmt::format(fmt::runtime(n.hex ? "0x{:x}" : "{}"), n.value); }

bool read_number(std::string_view text, std::uint32_t maximum, std::string& value) {
    const auto n = number(text, maximum);
    if (n) { value = written(*n); }
    return n.has_value();
}

struct Named {
    std::string_view name;
    std::uint32_t number;
};

/// A name in any case, or a number.
std::optional<Number> named_number(std::string_view text, std::span<const Named> names,
                                   std::uint32_t maximum) {
    for (const Named& n : names) {
        if (lower(n.name) == lower(text)) { return Number{n.number, false}; }
    }
    return number(text, maximum);
}

std::string name_or(std::span<const Named> names, std::uint32_t number, std::string other) {
    for (const Named& n : names) {
        if (n.number == number) { return std::string(n.name); }
    }
    return other;
}

constexpr Named ether_types[] = {
    {"ipv4", 0x800}, {"ipv6", 0x86dd}, {"arp", 0x806}, {"rarp", 0x8035}, {"vlan", 0x8100}};
constexpr Named ip_protocols[] = {{"tcp", 6},  {"udp", 17}, {"udplite", 136}, {"esp", 50},   {"ah", 51},
                                  {"icmp", 1}, {"igmp", 2}, {"sctp", 132},    {"icmpv6", 58}};
constexpr Named arp_opcodes[] = {{"Request", 1},       {"Reply", 2},         {"Request_Reverse", 3},
                                 {"Reply_Reverse", 4}, {"DRARP_Request", 5}, {"DRARP_Reply", 6},
                                 {"DRARP_Error", 7},   {"InARP_Request", 8}, {"ARP_NAK", 9}};

bool read_ether(std::string_view text, std::uint32_t minimum, std::string& value) {
    const auto n = named_number(text, ether_types, 0xffff);
    if (!n || n->value < minimum) { return false; }
    value = name_or(ether_types, n->value, written(*n));
    return true;
}

bool read_ip_mask(std::string_view text, IpFamily family, std::string& value) {
    std::uint32_t length = 0;
    const std::uint32_t longest = family == IpFamily::v4 ? 32 : 128;
    if (schema::parse_integer(text, length) != schema::no_problem || length > longest) {
        const auto mask = IpAddress::parse(text);
        if (!mask || mask->family != family || !mask->mask_bits()) { return false; }
        length = *mask->mask_bits();
    }
    value = fmt::format("{}", length);
    return true;
}

bool read_ip(std::string_view text, IpFamily family, std::string& value) {
    const auto address = IpAddress::parse(text);
    if (!address || address->family != family) { return false; }
    value = address->text();
    return true;
}

/// Words of a list as bits, in the order of `words`; nothing for an unknown one.
std::optional<unsigned> word_bits(std::string_view text, std::string_view separators,
                                  std::span<const std::string_view> words) {
    unsigned bits = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(separators), text.size());
        const std::string_view word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        bool known = word.empty();
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (lower(words[i]) == lower(word)) {
                bits |= 1U << i;
                known = true;
            }
        }
        if (!known) { return std::nullopt; }
    }
    return bits;
}

std::string joined(unsigned bits, std::span<const std::string_view> words) {
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if ((bits & 1U << i) == 0) { continue; }
        if (!out.empty()) { out += ','; }
        out += words[i];
    }
    return out;
}

constexpr std::array<std::string_view, 5> state_words{"NEW", "ESTABLISHED", "RELATED", "INVALID", "NONE"};
constexpr unsigned no_state = 1U << 4;
constexpr std::array<std::string_view, 8> flag_words{"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ALL", "NONE"};
constexpr unsigned all_flags = (1U << 6) - 1;

bool read_flag_set(std::string_view text, std::string& value) {
    const auto bits = word_bits(text, ",", flag_words);
    if (!bits) { return false; }
    const unsigned flags = (*bits & 1U << 6) != 0 ? all_flags : *bits & all_flags;
    value += flags == all_flags ? "ALL" : flags == 0 ? "NONE" : joined(flags, flag_words);
    return true;
}

} // namespace

bool read_value(std::string_view text, const ValueForm& form, std::string& value) {
    return text.starts_with('$') ? read_variable(text, value) : form.read(text, value);
}

namespace value_forms {

bool read_mac(std::string_view text, std::string& value) {
    const auto address = Mac::parse(text);
    if (address) { value = address->text(); }
    return address.has_value();
}

bool read_mac_mask(std::string_view text, std::string& value) {
    const auto mask = Mac::parse(text);
    if (!mask) { return false; }
    bool ended = false;
    for (const std::uint8_t byte : mask->bytes) {
        for (unsigned bit = 0x80; bit != 0; bit >>= 1) {
            if ((byte & bit) == 0) {
                ended = true;
            } else if (ended) {
                return false;
            }
        }
    }
    value = mask->text();
    return true;
}

bool read_ipv4(std::string_view text, std::string& value) { return read_ip(text, IpFamily::v4, value); }
bool read_ipv6(std::string_view text, std::string& value) { return read_ip(text, IpFamily::v6, value); }
bool read_ipv4_mask(std::string_view text, std::string& value) {
    return read_ip_mask(text, IpFamily::v4, value);
}
bool read_ipv6_mask(std::string_view text, std::string& value) {
    return read_ip_mask(text, IpFamily::v6, value);
}

bool read_uint8(std::string_view text, std::string& value) { return read_number(text, 0xff, value); }
bool read_uint16(std::string_view text, std::string& value) { return read_number(text, 0xffff, value); }
bool read_uint32(std::string_view text, std::string& value) { return read_number(text, 0xffffffff, value); }
bool read_dscp(std::string_view text, std::string& value) { return read_number(text, 0x3f, value); }
bool read_vlan_id(std::string_view text, std::string& value) { return read_number(text, 0xfff, value); }

bool read_decimal16(std::string_view text, std::string& value) {
    const auto n = number(text, 0xffff);
    if (!n || n->hex) { return false; }
    value = written(*n);
    return true;
}

bool read_ether_type(std::string_view text, std::string& value) {
    constexpr std::uint32_t first_type = 0x600; // smaller ones are lengths
    return read_ether(text, first_type, value);
}
bool read_encapsulated_type(std::string_view text, std::string& value) {
    constexpr std::uint32_t shortest_frame = 60;
    return read_ether(text, shortest_frame, value);
}

bool read_ip_protocol(std::string_view text, std::string& value) {
    const auto n = named_number(text, ip_protocols, 0xff);
    if (n) { value = name_or(ip_protocols, n->value, written(*n)); }
    return n.has_value();
}

bool read_arp_opcode(std::string_view text, std::string& value) {
    const auto n = named_number(text, arp_opcodes, 0xffff);
    if (n) { value = name_or(arp_opcodes, n->value, fmt::format("{}", n->value)); }
    return n.has_value();
}

bool read_boolean(std::string_view text, std::string& value) {
    value = text == "yes" || text == "true" || text == "1" ? "true" : "false";
    return true;
}

bool read_states(std::string_view text, std::string& value) {
    const auto bits = word_bits(text, ", ", state_words);
    if (!bits) { return false; }
    value = (*bits & no_state) != 0 ? "NONE" : joined(*bits, state_words);
    return true;
}

bool read_tcp_flags(std::string_view text, std::string& value) {
    const std::size_t slash = text.find('/');
    std::string out;
    if (slash == std::string_view::npos || !read_flag_set(text.substr(0, slash), out)) { return false; }
    out += '/';
    if (!read_flag_set(text.substr(slash + 1), out)) { return false; }
    value = std::move(out);
    return true;
}

bool read_ipset(std::string_view text, std::string& value) {
    constexpr std::size_t longest = 31; // of ipset(8)
    const bool known = text.find_first_not_of(std::string(of_variable) + ".:-+ ") == std::string_view::npos;
    if (text.empty() || text.size() > longest || !known) { return false; }
    value = text;
    return true;
}

bool read_ipset_flags(std::string_view text, std::string& value) {
    constexpr std::size_t most = 6; // dimensions of a set
    const auto parts = split(text, ',');
    std::string out;
    for (const std::string_view part : parts) {
        const std::string flag = lower(part);
        if (parts.size() > most || (flag != "src" && flag != "dst")) { return false; }
        out += out.empty() ? flag : "," + flag;
    }
    value = std::move(out);
    return true;
}

bool read_comment(std::string_view text, std::string& value) {
    constexpr std::size_t longest = 256;
    // Not in the middle of a character.
    std::size_t length = std::min(longest, text.size());
    while (length < text.size() && length > 0 && (text[length] & 0xc0) == 0x80) { --length; }
    value = text.substr(0, length);
    return true;
}

} // namespace value_forms

} // namespace yado::model
