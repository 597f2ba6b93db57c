// SPDX-License-Identifier: Apache-2.0
// Sizes as documents spell them. An element has its unit in the tag of its text (schema::Kind::size); where
// the size is an attribute, its unit is a second attribute, described right behind it for the same member:
//
//   io.attribute("memory", cell.memory_kib);
//   io.attribute<UnitInKiB>("unit", cell.memory_kib);
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>

#include "base/units.h"
#include "schema/io.h"

template <> struct yado::schema::Text<yado::KiB> {
    static constexpr Kind kind = Kind::size;
    static constexpr std::string_view type = "size in KiB";
    static constexpr std::string_view unit = "KiB";
    static bool present(KiB size) { return size.value != 0; }
    static Problem parse(std::string_view text, KiB& size) { return parse_size(text, 1024, size.value); }
    static void print(KiB size, std::string& out) { print_integer(size.value, out); }
};

namespace yado::model {

inline constexpr std::string_view unit_words[] = {"B",   "bytes", "KB", "KiB", "k", "MB",  "MiB", "M",   "GB",
                                                  "GiB", "G",     "TB", "TiB", "T", "PiB", "P",   "EiB", "E"};

/// `number` of `unit`, in units of `quantum` bytes, rounded up. Throws invalid_arg for an unknown unit.
inline schema::Problem rescale(std::string_view unit, std::uint64_t quantum, std::uint64_t& number) {
    const std::uint64_t scale = scale_of(unit);
    const std::uint64_t factor = scale >= quantum && scale % quantum == 0 ? scale / quantum : scale;
    if (number > std::numeric_limits<std::uint64_t>::max() / factor) { return schema::wrong_value; }
    number *= factor;
    if (factor == scale && quantum != 1) { number = number / quantum + (number % quantum != 0 ? 1 : 0); }
    return schema::no_problem;
}

/// The unit of a number of KiB that is an attribute.
struct UnitInKiB {
    template <class T> struct For {
        static constexpr schema::Kind kind = schema::Kind::word;
        static constexpr std::string_view type = "unit";
        static constexpr std::span<const std::string_view> words = unit_words;
        static schema::Problem parse(std::string_view text, T& number) { return rescale(text, 1024, number); }
        static void print(T, std::string& out) { out += "KiB"; }
    };
};
/// The unit of a number of bytes that is an attribute.
struct UnitInBytes {
    template <class T> struct For {
        static constexpr schema::Kind kind = schema::Kind::word;
        static constexpr std::string_view type = "unit";
        static constexpr std::span<const std::string_view> words = unit_words;
        static schema::Problem parse(std::string_view text, T& number) { return rescale(text, 1, number); }
        static void print(T, std::string& out) { out += "B"; }
    };
};
/// Bytes in the largest binary unit that divides them: number and unit. Needs the rule `in_kib`: without a
/// unit it counts KiB.
inline constexpr schema::Rule in_kib{.implied = "KiB"};
struct ReadableNumber {
    template <class T> struct For : schema::Text<T> {
        static void print(T bytes, std::string& out) {
            std::string text;
            schema::print_readable_size(bytes, text);
            out += text.substr(0, text.find(' '));
        }
    };
};
struct ReadableUnit {
    template <class T> struct For : UnitInBytes::For<T> {
        static void print(T bytes, std::string& out) {
            std::string text;
            schema::print_readable_size(bytes, text);
            const std::string unit = text.substr(text.find(' ') + 1);
            out += unit == "bytes" ? "B" : unit;
        }
    };
};

} // namespace yado::model
