// SPDX-License-Identifier: Apache-2.0
#include "base/uuid.h"

#include "base/error.h"

#include <sys/random.h>

namespace yado {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

} // namespace

std::optional<Uuid> Uuid::parse(std::string_view text) {
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    Uuid uuid;
    std::size_t at = 0;
    for (auto& byte : uuid.bytes) {
        while (at < text.size() && (text[at] == '-' || is_blank(text[at]))) ++at;
        if (at + 2 > text.size()) return std::nullopt;
        const int high = hex_digit(text[at]);
        const int low = hex_digit(text[at + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        byte = static_cast<std::uint8_t>(high << 4 | low);
        at += 2;
    }
    return at == text.size() ? std::optional(uuid) : std::nullopt;
}

Uuid Uuid::random() {
    Uuid uuid;
    // Requests of up to 256 bytes are neither cut short nor interrupted once the source is ready.
    if (::getrandom(uuid.bytes.data(), uuid.bytes.size(), 0) != static_cast<ssize_t>(uuid.bytes.size()))
        fail_errno("cannot read random bytes");
    uuid.bytes[6] = static_cast<std::uint8_t>((uuid.bytes[6] & 0x0f) | 0x40); // version 4
    uuid.bytes[8] = static_cast<std::uint8_t>((uuid.bytes[8] & 0x3f) | 0x80); // RFC 4122 variant
    return uuid;
}

std::string Uuid::text() const {
    static constexpr char digits[] = "0123456789abcdef";
    std::string out;
    out.reserve(36);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
        out += digits[bytes[i] >> 4];
        out += digits[bytes[i] & 15];
    }
    return out;
}

} // namespace yado
