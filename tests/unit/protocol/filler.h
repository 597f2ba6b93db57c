// SPDX-License-Identifier: Apache-2.0
// A walker that fills any structure with random values within the protocol's limits.
#pragma once

#include "protocol/wire.h"

#include <algorithm>
#include <bit>
#include <random>

namespace yado::test {

class Filler final : public protocol::Wire {
  public:
    explicit Filler(std::uint32_t seed) : random_(seed) {}

    void i32(std::string_view, std::int32_t& value) override { value = static_cast<std::int32_t>(next()); }
    void u32(std::string_view, std::uint32_t& value) override { value = next(); }
    void i64(std::string_view, std::int64_t& value) override { value = static_cast<std::int64_t>(wide()); }
    void u64(std::string_view, std::uint64_t& value) override { value = wide(); }
    void f64(std::string_view, double& value) override { value = static_cast<double>(next()) / 7; }
    void uuid(std::string_view, Uuid& value) override {
        for (auto& byte : value.bytes) byte = static_cast<std::uint8_t>(next());
    }
    void text(std::string_view, std::string& value) override { value = characters(19); }
    void blob(std::string_view, protocol::Blob& value, std::uint32_t limit) override {
        value.resize(upto(std::min(limit, 19U)));
        for (auto& byte : value) byte = static_cast<std::uint8_t>(next());
    }
    void char_text(std::string_view, std::string& value, std::uint32_t limit) override {
        value = characters(std::min(limit - 1, 9U));
    }
    void char_text_fixed(std::string_view, std::string& value, std::uint32_t size) override {
        value = characters(size - 1);
    }
    void char_blob(std::string_view name, protocol::Blob& value, std::uint32_t limit) override {
        blob(name, value, limit);
    }
    void typed_value(std::string_view, protocol::TypedValue& value) override {
        switch (next() % 7) {
        case 0: return i32("", value.emplace<std::int32_t>());
        case 1: return u32("", value.emplace<std::uint32_t>());
        case 2: return i64("", value.emplace<std::int64_t>());
        case 3: return u64("", value.emplace<std::uint64_t>());
        case 4: return f64("", value.emplace<double>());
        case 5: value.emplace<protocol::Boolean>().value = next() % 2 == 1; return;
        default: return text("", value.emplace<std::string>());
        }
    }
    bool begin_optional(std::string_view, bool) override { return next() % 2 == 1; }
    std::size_t begin_list(std::string_view, std::size_t, protocol::ListRule rule) override {
        return upto(std::min(rule.limit, 3U));
    }

  private:
    std::uint32_t next() { return static_cast<std::uint32_t>(random_()); }
    std::uint64_t wide() { return (std::uint64_t(next()) << 32) | next(); }
    std::uint32_t upto(std::uint32_t most) { return static_cast<std::uint32_t>(next() % (most + 1)); }
    std::string characters(std::uint32_t most) {
        std::string text(upto(most), '\0');
        for (char& c : text) c = std::bit_cast<char>(static_cast<std::uint8_t>(1 + next() % 255));
        return text;
    }

    std::mt19937 random_;
};

} // namespace yado::test
