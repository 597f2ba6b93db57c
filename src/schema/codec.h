// SPDX-License-Identifier: Apache-2.0
// How one leaf value (an attribute or the text of an element) is spelled. A member's type chooses its
// spelling; where one type has several, the call names another (`io.attribute<Hex<4>>("domain", a.domain)`).
// Walkers see only `Codec`, a table of plain functions, so that a describe() is compiled once whatever walks
// it.
#pragma once

#include <charconv>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "schema/view.h"

namespace yado::schema {

/// The words of an enumeration, in the order of its values: `static constexpr std::string_view values[]`.
/// An empty first word means "not given": the value is then neither read nor written.
template <class E> struct EnumNames;

/// Three-valued switches: what a document leaves out stays distinguishable from what it says.
enum class YesNo : std::uint8_t { unset, yes, no };
enum class OnOff : std::uint8_t { unset, on, off };
template <> struct EnumNames<YesNo> {
    static constexpr std::string_view values[] = {"", "yes", "no"};
};
template <> struct EnumNames<OnOff> {
    static constexpr std::string_view values[] = {"", "on", "off"};
};
constexpr YesNo yes_no(bool value) { return value ? YesNo::yes : YesNo::no; }
constexpr OnOff on_off(bool value) { return value ? OnOff::on : OnOff::off; }

template <class E> constexpr std::string_view word(E value) {
    return EnumNames<E>::values[static_cast<std::size_t>(value)];
}
/// The value spelled `text`; nothing for an unknown word (and for the empty word of "not given").
template <class E> constexpr std::optional<E> from_word(std::string_view text) {
    for (std::size_t i = 0; i < std::size(EnumNames<E>::values); ++i) {
        if (!text.empty() && EnumNames<E>::values[i] == text) { return static_cast<E>(i); }
    }
    return std::nullopt;
}

enum class Kind : std::uint8_t { text, boolean, integer, size, word };

/// Nothing when the text was understood, else what a message adds after the value, e.g. "Expected integer
/// value".
using Problem = const char*;
inline constexpr Problem no_problem = nullptr;

struct Codec {
    Kind kind;
    std::string_view type;                   ///< for documentation: "string", "MAC address"
    std::span<const std::string_view> words; ///< of Kind::word
    std::string_view unit;                   ///< of Kind::size: what is written as @unit; empty: print says
    bool (*present)(const void*);
    bool (*is_default)(const void*); ///< equal to T{}
    void (*clear)(void*);
    /// Sizes arrive as "NUMBER UNIT".
    Problem (*parse)(std::string_view, void*);
    /// Without its own unit a size prints as "NUMBER UNIT".
    void (*print)(const void*, std::string& out);
    /// Whether a value that was read belongs to the view; others are forgotten. Null when the rule alone says
    /// so.
    bool (*belongs)(const void*, View);
    int base = 10; ///< of an integer that is read in no other: its digits mean that base
};

inline constexpr Problem not_an_integer = "Expected integer value";
inline constexpr Problem negative_integer = "Expected non-negative integer value";
inline constexpr Problem negative_value = "Expected non-negative value";
inline constexpr Problem wrong_value = "";

/// Decimal as strtol reads it: leading blanks and a sign are accepted, anything behind the digits is not.
template <class T> Problem parse_integer(std::string_view text, T& value, int base = 10) {
    constexpr Problem problem = std::is_signed_v<T> ? not_an_integer : negative_integer;
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t' || text.front() == '\n')) {
        text.remove_prefix(1);
    }
    if (text.starts_with('+')) { text.remove_prefix(1); }
    if (base == 0) {
        base = 10;
        if (text.starts_with("0x") || text.starts_with("0X")) {
            base = 16;
        } else if (text.size() > 1 && text.front() == '0') {
            base = 8;
        }
    }
    if (base == 16 && (text.starts_with("0x") || text.starts_with("0X"))) { text.remove_prefix(2); }
    T parsed{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), parsed, base);
    if (error != std::errc() || end != text.data() + text.size()) { return problem; }
    value = parsed;
    return no_problem;
}

template <class T> void print_integer(T value, std::string& out) {
    char digits[24];
    const auto result = std::to_chars(digits, digits + sizeof digits, value);
    out.append(digits, result.ptr);
}

/// The spelling a type has by itself. Specialise for a new value type: kind, type, parse, print and, when a
/// value can mean "not given", present; when some values belong to some views only, belongs.
template <class T> struct Text;

template <> struct Text<std::string> {
    static constexpr Kind kind = Kind::text;
    static constexpr std::string_view type = "string";
    static bool present(const std::string& value) { return !value.empty(); }
    static Problem parse(std::string_view text, std::string& value) {
        value = text;
        return no_problem;
    }
    static void print(const std::string& value, std::string& out) { out += value; }
};

template <> struct Text<bool> {
    static constexpr Kind kind = Kind::boolean;
    static constexpr std::string_view type = "yes or no";
    static Problem parse(std::string_view text, bool& value) {
        if (text != "yes" && text != "no") { return wrong_value; }
        value = text == "yes";
        return no_problem;
    }
    static void print(bool value, std::string& out) { out += value ? "yes" : "no"; }
};

template <class T>
    requires std::is_integral_v<T>
struct Text<T> {
    static constexpr Kind kind = Kind::integer;
    static constexpr std::string_view type = std::is_signed_v<T> ? "integer" : "non-negative integer";
    static Problem parse(std::string_view text, T& value) { return parse_integer(text, value); }
    static void print(T value, std::string& out) { print_integer(value, out); }
};

template <class T>
    requires std::is_enum_v<T>
struct Text<T> {
    static constexpr Kind kind = Kind::word;
    static constexpr std::string_view type = "word";
    static constexpr std::span<const std::string_view> words = EnumNames<T>::values;
    static bool present(T value) { return !word(value).empty(); }
    static Problem parse(std::string_view text, T& value) {
        const auto found = from_word<T>(text);
        if (!found) { return wrong_value; }
        value = *found;
        return no_problem;
    }
    static void print(T value, std::string& out) { out += word(value); }
};

/// The default spelling: whatever Text<T> says.
struct Plain {
    template <class T> using For = Text<T>;
};

/// Unsigned members whose attribute libvirt reads as a signed number that may not be negative: other
/// messages.
struct NotNegative {
    template <class T> struct For {
        static constexpr Kind kind = Kind::integer;
        static constexpr std::string_view type = "non-negative integer";
        static Problem parse(std::string_view text, T& value) {
            std::int64_t number = 0;
            if (parse_integer(text, number) != no_problem ||
                number > static_cast<std::int64_t>(std::numeric_limits<T>::max())) {
                return not_an_integer;
            }
            if (number < 0) { return negative_value; }
            value = static_cast<T>(number);
            return no_problem;
        }
        static void print(T value, std::string& out) { print_integer(value, out); }
    };
};

/// Integers written 0x…, padded to `digits`; read in any base with C's prefixes.
template <int digits> struct Hex {
    template <class T> struct For {
        static constexpr Kind kind = Kind::integer;
        static constexpr std::string_view type = "hexadecimal integer";
        static Problem parse(std::string_view text, T& value) { return parse_integer(text, value, 0); }
        static void print(T value, std::string& out) {
            char buffer[20];
            const auto result = std::to_chars(buffer, buffer + sizeof buffer, value, 16);
            const auto length = result.ptr - buffer;
            out += "0x";
            out.append(length < digits ? static_cast<std::size_t>(digits - length) : 0, '0');
            out.append(buffer, result.ptr);
        }
    };
};

/// Octal without a prefix, as file modes are written.
struct Octal {
    template <class T> struct For {
        static constexpr Kind kind = Kind::integer;
        static constexpr std::string_view type = "octal integer";
        static constexpr int base = 8;
        static Problem parse(std::string_view text, T& value) { return parse_integer(text, value, 8); }
        static void print(T value, std::string& out) {
            char buffer[24];
            const auto result = std::to_chars(buffer, buffer + sizeof buffer, value, 8);
            out += '0';
            out.append(buffer, result.ptr);
        }
    };
};

/// "NUMBER UNIT" in units of `quantum` bytes, rounded up; `unit` is taken when none is given, and is what is
/// written. libvirt's names: b, bytes, KB = 1000, k, KiB = 1024, … E, EiB. Problem on overflow and on an
/// unknown unit.
Problem parse_size(std::string_view text, std::uint64_t quantum, std::uint64_t& value);

/// "48 MiB"
void print_readable_size(std::uint64_t bytes, std::string& out);

/// A std::uint64_t counted in KiB: `<memory unit='KiB'>`.
struct SizeInKiB {
    template <class T> struct For {
        static constexpr Kind kind = Kind::size;
        static constexpr std::string_view type = "size in KiB";
        static constexpr std::string_view unit = "KiB";
        static Problem parse(std::string_view text, T& value) { return parse_size(text, 1024, value); }
        static void print(T value, std::string& out) { print_integer(value, out); }
    };
};

/// A std::uint64_t counted in bytes.
struct SizeInBytes {
    template <class T> struct For {
        static constexpr Kind kind = Kind::size;
        static constexpr std::string_view type = "size in bytes";
        static constexpr std::string_view unit = "bytes";
        static Problem parse(std::string_view text, T& value) { return parse_size(text, 1, value); }
        static void print(T value, std::string& out) { print_integer(value, out); }
    };
};

/// A std::uint64_t counted in bytes, written in the largest binary unit that divides it.
struct ReadableSize {
    template <class T> struct For {
        static constexpr Kind kind = Kind::size;
        static constexpr std::string_view type = "size in bytes";
        static constexpr std::string_view unit = "";
        static Problem parse(std::string_view text, T& value) { return parse_size(text, 1, value); }
        static void print(T value, std::string& out) { print_readable_size(value, out); }
    };
};

namespace detail {

template <class S> constexpr std::span<const std::string_view> words_of() {
    if constexpr (requires { S::words; }) {
        return S::words;
    } else {
        return {};
    }
}
template <class S> constexpr std::string_view unit_of() {
    if constexpr (requires { S::unit; }) {
        return S::unit;
    } else {
        return {};
    }
}

template <class S> constexpr int base_of() {
    if constexpr (requires { S::base; }) {
        return S::base;
    } else {
        return 10;
    }
}

template <class S, class T> constexpr bool (*belongs_of())(const void*, View) {
    if constexpr (requires(const T& value, View view) { S::belongs(value, view); }) {
        return [](const void* slot, View view) { return S::belongs(*static_cast<const T*>(slot), view); };
    } else {
        return nullptr;
    }
}

template <class Spelling, class T> struct CodecOf {
    using S = typename Spelling::template For<T>;
    static bool present(const void* slot) {
        if constexpr (requires(const T& value) { S::present(value); }) {
            return S::present(*static_cast<const T*>(slot));
        } else {
            return true;
        }
    }
    static bool is_default(const void* slot) {
        if constexpr (std::equality_comparable<T>) {
            return *static_cast<const T*>(slot) == T{};
        } else {
            return false;
        }
    }
    static void clear(void* slot) { *static_cast<T*>(slot) = T{}; }
    static Problem parse(std::string_view text, void* slot) { return S::parse(text, *static_cast<T*>(slot)); }
    static void print(const void* slot, std::string& out) { S::print(*static_cast<const T*>(slot), out); }
    static constexpr Codec codec{S::kind, S::type, words_of<S>(), unit_of<S>(),       present,     is_default,
                                 clear,   parse,   print,         belongs_of<S, T>(), base_of<S>()};
};

template <class Spelling, class T> struct CodecOf<Spelling, std::optional<T>> {
    using S = typename Spelling::template For<T>;
    static bool present(const void* slot) { return static_cast<const std::optional<T>*>(slot)->has_value(); }
    static bool is_default(const void* slot) { return !present(slot); }
    static void clear(void* slot) { static_cast<std::optional<T>*>(slot)->reset(); }
    static Problem parse(std::string_view text, void* slot) {
        T value{};
        const Problem problem = S::parse(text, value);
        if (problem == no_problem) { *static_cast<std::optional<T>*>(slot) = std::move(value); }
        return problem;
    }
    static void print(const void* slot, std::string& out) {
        S::print(**static_cast<const std::optional<T>*>(slot), out);
    }
    static constexpr Codec codec{S::kind, S::type, words_of<S>(), unit_of<S>(), present,     is_default,
                                 clear,   parse,   print,         nullptr,      base_of<S>()};
};

} // namespace detail

template <class Spelling, class T> inline constexpr const Codec& codec_of =
    detail::CodecOf<Spelling, T>::codec;

} // namespace yado::schema
