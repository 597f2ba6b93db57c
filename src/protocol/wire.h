// SPDX-License-Identifier: Apache-2.0
// What a walker over argument, result and event structures implements. Every structure has one
// describe(Wire&, T&) naming its fields in wire order; reading and writing XDR, dumping and outlining are
// walkers over it, so that a field is spelled once. Walkers that only read the structure leave it unchanged,
// which is what encode() relies on.
#pragma once

#include "base/uuid.h"
#include "protocol/programs.h"
#include "protocol/typed_value.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace yado::protocol {

/// Bytes that are not text: CPU maps, secrets, migration cookies, whole messages.
using Blob = std::vector<std::uint8_t>;

/// Bounds of a counted array: most elements, and the least bytes one element takes in XDR.
struct ListRule {
    std::uint32_t limit;
    std::uint32_t element_min_bytes;
};

class Wire {
  public:
    virtual ~Wire() = default;

    // Leaves. Names are empty for elements of a list; the value of an optional comes under the optional's
    // name.
    virtual void i32(std::string_view name, std::int32_t& value) = 0;
    virtual void u32(std::string_view name, std::uint32_t& value) = 0;
    virtual void i64(std::string_view name, std::int64_t& value) = 0;
    virtual void u64(std::string_view name, std::uint64_t& value) = 0;
    virtual void f64(std::string_view name, double& value) = 0;
    virtual void uuid(std::string_view name, Uuid& value) = 0;
    virtual void text(std::string_view name, std::string& value) = 0;
    virtual void blob(std::string_view name, Blob& value, std::uint32_t limit) = 0;
    /// Text sent as one word a character with a terminating zero, which `limit` counts and `value` does not
    /// hold.
    virtual void char_text(std::string_view name, std::string& value, std::uint32_t limit) = 0;
    /// As char_text, but always `size` words, filled up with zeros.
    virtual void char_text_fixed(std::string_view name, std::string& value, std::uint32_t size) = 0;
    /// Bytes sent as one word each.
    virtual void char_blob(std::string_view name, Blob& value, std::uint32_t limit) = 0;
    virtual void typed_value(std::string_view name, TypedValue& value) = 0;

    // Structure. The begin functions of readers answer what the input says, those of writers what they are
    // given.
    virtual void begin_struct(std::string_view) {}
    virtual void end_struct() {}
    virtual bool begin_optional(std::string_view name, bool present) = 0;
    virtual void end_optional() {}
    virtual std::size_t begin_list(std::string_view name, std::size_t size, ListRule rule) = 0;
    virtual void end_list() {}

    // What describe() functions call.
    void field(std::string_view name, std::int32_t& value) { i32(name, value); }
    void field(std::string_view name, std::uint32_t& value) { u32(name, value); }
    void field(std::string_view name, std::int64_t& value) { i64(name, value); }
    void field(std::string_view name, std::uint64_t& value) { u64(name, value); }
    void field(std::string_view name, double& value) { f64(name, value); }
    void field(std::string_view name, Uuid& value) { uuid(name, value); }
    void field(std::string_view name, std::string& value) { text(name, value); }
    void field(std::string_view name, TypedValue& value) { typed_value(name, value); }

    template <class T> void field(std::string_view name, T& value) {
        if constexpr (std::is_enum_v<T>) {
            auto number = static_cast<std::int32_t>(value);
            i32(name, number);
            value = static_cast<T>(number);
        } else {
            begin_struct(name);
            describe(*this, value);
            end_struct();
        }
    }

    template <class T> void field(std::string_view name, std::optional<T>& value) {
        const bool present = begin_optional(name, value.has_value());
        if (present) {
            if (!value) value.emplace();
            field(name, *value);
        } else if (value) {
            value.reset();
        }
        end_optional();
    }

    template <class T> void list(std::string_view name, std::vector<T>& values, ListRule rule) {
        const std::size_t size = begin_list(name, values.size(), rule);
        if (size != values.size()) values.resize(size);
        for (T& value : values) field(std::string_view(), value);
        end_list();
    }
};

inline void describe(Wire& wire, TypedParam& param) {
    wire.text("field", param.field);
    wire.typed_value("value", param.value);
}

} // namespace yado::protocol
