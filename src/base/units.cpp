// SPDX-License-Identifier: Apache-2.0
#include "base/units.h"

#include "base/error.h"
#include "base/text.h"

#include <algorithm>

namespace yado {

Bytes to_bytes(KiB amount) {
    if (amount.value > std::numeric_limits<std::uint64_t>::max() / 1024)
        fail(Code::overflow, "value too large: {}KiB", amount.value);
    return {amount.value * 1024};
}

KiB to_kib(Bytes amount) { return {amount.value / 1024 + (amount.value % 1024 != 0)}; }

std::uint64_t scale_of(std::string_view suffix, std::uint64_t default_scale) {
    if (suffix.empty()) return default_scale;
    const std::string word = lower(suffix);
    if (word == "b" || word == "byte" || word == "bytes") return 1;
    std::uint64_t base = 0;
    const std::string_view rest = std::string_view(word).substr(1);
    if (rest.empty() || rest == "ib") base = 1024;
    if (rest == "b") base = 1000;
    const auto power = std::string_view("kmgtpe").find(word.front());
    if (base == 0 || power == std::string_view::npos) fail(Code::invalid_arg, "unknown suffix '{}'", suffix);
    std::uint64_t scale = base;
    for (std::size_t i = 0; i < power; ++i) scale *= base;
    return scale;
}

Bytes scaled(std::uint64_t value, std::string_view suffix, std::uint64_t default_scale, std::uint64_t limit) {
    const std::uint64_t scale = scale_of(suffix, default_scale);
    if (scale != 0 && value > limit / scale) fail(Code::overflow, "value too large: {}{}", value, suffix);
    return {value * scale};
}

Bytes parse_bytes(std::string_view text, std::uint64_t default_scale, std::uint64_t limit) {
    const std::string_view whole = trim(text);
    const auto digits = std::min(whole.find_first_not_of("0123456789"), whole.size());
    if (digits == 0) fail(Code::invalid_arg, "not a size: '{}'", printable(text));
    const auto number = parse_number<std::uint64_t>(whole.substr(0, digits));
    if (!number) fail(Code::overflow, "value too large: {}", whole);
    return scaled(*number, trim(whole.substr(digits)), default_scale, limit);
}

std::string readable(Bytes amount) {
    static constexpr const char* names[] = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    if (amount.value < 1024) return fmt::format("{} B", amount.value);
    auto value = static_cast<double>(amount.value);
    std::size_t unit = 0;
    while (value >= 1024 && unit + 1 < std::size(names)) {
        value /= 1024;
        ++unit;
    }
    const int decimals = value < 10 ? 2 : value < 100 ? 1 : 0;
    return fmt::format("{:.{}f} {}", value, decimals, names[unit]);
}

} // namespace yado
