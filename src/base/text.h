// SPDX-License-Identifier: Apache-2.0
// Small functions on text that several folders need. Nothing here knows a file format or a locale.
#pragma once

#include <charconv>
#include <concepts>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace yado {

/// The parts between separators; an empty text is one empty part. The views point into `text`.
std::vector<std::string_view> split(std::string_view text, char separator);
/// The parts between runs of blanks; no empty parts.
std::vector<std::string_view> split_words(std::string_view text);
/// `text` without blanks (space, tab, line ends) at both ends.
std::string_view trim(std::string_view text);

template <class Range> std::string join(const Range& parts, std::string_view separator) {
    std::string out;
    bool first = true;
    for (const auto& part : parts) {
        if (!first) out += separator;
        first = false;
        out += part;
    }
    return out;
}

/// The whole of `text` as a number within the bounds; nothing on blanks, signs ("+"), leftovers or overflow.
template <std::integral T>
std::optional<T> parse_number(std::string_view text, int base = 10, T low = std::numeric_limits<T>::min(),
                              T high = std::numeric_limits<T>::max()) {
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (error != std::errc() || end != text.data() + text.size() || value < low || value > high)
        return std::nullopt;
    return value;
}

/// ASCII letters in lower case; everything else unchanged.
std::string lower(std::string_view text);
bool equal_ignoring_case(std::string_view a, std::string_view b);

/// Well-formed UTF-8 without overlong forms, surrogates or values past U+10FFFF.
bool is_utf8(std::string_view text);
/// & < > ' " as entities, for element text and attribute values alike.
std::string xml_escape(std::string_view text);
/// One POSIX shell word; plain words stay as they are.
std::string shell_quote(std::string_view text);
/// Control characters as \xNN so that untrusted text cannot forge lines of a log or drive a terminal.
std::string printable(std::string_view text);

/// Shell pattern (* ? [...]) against the whole text; '/' and leading dots are ordinary characters.
bool matches_glob(const std::string& pattern, const std::string& text);

} // namespace yado
