// SPDX-License-Identifier: Apache-2.0
#include "model/mac.h"

#include <fmt/format.h>

namespace yado::model {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') { return c - '0'; }
    if (c >= 'a' && c <= 'f') { return c - 'a' + 10; }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

} // namespace

std::optional<Mac> Mac::parse(std::string_view text) {
    Mac mac;
    for (std::size_t i = 0; i < mac.bytes.size(); ++i) {
        if (i > 0) {
            if (!text.starts_with(':')) { return std::nullopt; }
            text.remove_prefix(1);
        }
        int value = 0;
        int digits = 0;
        while (digits < 2 && !text.empty() && hex_digit(text.front()) >= 0) {
            value = value * 16 + hex_digit(text.front());
            text.remove_prefix(1);
            ++digits;
        }
        if (digits == 0) { return std::nullopt; }
        mac.bytes[i] = static_cast<std::uint8_t>(value);
    }
    return text.empty() ? std::optional(mac) : std::nullopt;
}

std::string Mac::text() const {
    return fmt::format("{:02x}:{:02x}:{:02x}:{:02x}:{:02x}:{:02x}", bytes[0], bytes[1], bytes[2], bytes[3],
                       bytes[4], bytes[5]);
}

} // namespace yado::model

namespace yado::schema {

Problem Text<model::Mac>::parse(std::string_view text, model::Mac& mac) {
    const auto parsed = model::Mac::parse(text);
    if (!parsed) { return wrong_value; }
    mac = *parsed;
    return no_problem;
}

} // namespace yado::schema
