// SPDX-License-Identifier: Apache-2.0
// Leaves of storage documents: who owns a file or directory, how large it is and when it was touched, as
// libvirt spells them.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "schema/codec.h"
#include "schema/io.h"

namespace yado::model {

/// A user or group number; libvirt writes "whoever it is" as -1, which documents leave out.
struct OwnerId {
    static constexpr std::uint32_t anyone = std::numeric_limits<std::uint32_t>::max();
    std::uint32_t value = anyone;
    bool given() const { return value != anyone; }
    friend bool operator==(const OwnerId&, const OwnerId&) = default;
};

/// <permissions> of a pool's directory or a volume; what is not given stays as the system makes it.
struct Permissions {
    std::optional<std::uint32_t> mode; ///< at most 0777
    OwnerId owner, group;
    std::string label; ///< of the security driver
};
void describe(schema::Io& io, Permissions& permissions);

/// Seconds since 1970, "1341933637.273190990"; without nanoseconds when they are 0.
struct Timestamp {
    std::int64_t seconds = 0;
    std::uint32_t nanoseconds = 0;
    friend bool operator==(const Timestamp&, const Timestamp&) = default;
};
struct Timestamps {
    std::optional<Timestamp> accessed, modified, changed, born;
};
void describe(schema::Io& io, Timestamps& timestamps);

/// A vendor's or product's name.
struct StorageLabel {
    std::string name;
};
void describe(schema::Io& io, StorageLabel& label);

/// Bytes with a @unit, where the text is digits and nothing else ("5M" is refused as libvirt does).
struct DigitBytes {
    template <class T> struct For {
        static constexpr schema::Kind kind = schema::Kind::size;
        static constexpr std::string_view type = "size in bytes";
        static constexpr std::string_view unit = "bytes";
        static schema::Problem parse(std::string_view text, T& value) {
            const std::string_view digits = text.substr(0, text.find(' '));
            if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) {
                return schema::wrong_value;
            }
            return schema::parse_size(text, 1, value);
        }
        static void print(T value, std::string& out) { schema::print_integer(value, out); }
    };
};

/// What the daemon measures: written, and whatever a client's document says is forgotten.
struct MeasuredBytes {
    template <class T> struct For : DigitBytes::For<T> {
        static schema::Problem parse(std::string_view text, T& value) {
            if (DigitBytes::For<T>::parse(text, value) != schema::no_problem) { value = 0; }
            return schema::no_problem;
        }
    };
};

} // namespace yado::model

template <> struct yado::schema::Text<yado::model::OwnerId> {
    static constexpr Kind kind = Kind::integer;
    static constexpr std::string_view type = "user or group number";
    static bool present(const model::OwnerId& id) { return id.given(); }
    static Problem parse(std::string_view text, model::OwnerId& id);
    static void print(const model::OwnerId& id, std::string& out) { print_integer(id.value, out); }
};
template <> struct yado::schema::Text<yado::model::Timestamp> {
    static constexpr Kind kind = Kind::text;
    static constexpr std::string_view type = "time in seconds since 1970";
    static Problem parse(std::string_view text, model::Timestamp& time);
    static void print(const model::Timestamp& time, std::string& out);
};
