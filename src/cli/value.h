// SPDX-License-Identifier: Apache-2.0
// What a command answers, before it becomes text or JSON. Members keep their order.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace yado::cli {

class Value {
  public:
    using List = std::vector<Value>;
    using Members = std::vector<std::pair<std::string, Value>>;

    Value() = default; ///< null
    Value(bool value) : data_(value) {}
    template <std::signed_integral T> Value(T value) : data_(static_cast<std::int64_t>(value)) {}
    template <std::unsigned_integral T>
        requires(!std::same_as<T, bool>)
    Value(T value) : data_(static_cast<std::uint64_t>(value)) {}
    Value(double value) : data_(value) {}
    Value(const char* value) : data_(std::string(value)) {}
    Value(std::string_view value) : data_(std::string(value)) {}
    Value(std::string value) : data_(std::move(value)) {}
    Value(List value) : data_(std::move(value)) {}
    Value(Members value) : data_(std::move(value)) {}

    static Value object() { return Value(Members{}); }
    static Value list() { return Value(List{}); }
    /// Only for objects. Returns *this, to go on.
    Value& set(std::string key, Value value);
    /// Only for lists.
    Value& add(Value value);

    /// JSON, two blanks a level, without a line end at the end. Bytes that are not UTF-8 become U+FFFD.
    std::string json() const;

  private:
    void write(std::string& out, unsigned depth) const;

    std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, std::string, List, Members> data_;
};

} // namespace yado::cli
