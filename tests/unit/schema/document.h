// SPDX-License-Identifier: Apache-2.0
// A small document with one of everything, for the tests of the description engine.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "schema/io.h"

namespace yado::test {

enum class Colour : std::uint8_t { unset, red, green };

struct Circle {
    std::uint32_t radius = 0;
};
struct Square {
    std::uint32_t side = 0;
};
struct OtherShape {
    std::string word;
    schema::Kept rest;
};
using Shape = std::variant<std::monostate, Circle, Square, OtherShape>;

struct Item {
    std::string name;
    std::optional<std::int32_t> level;
    Shape shape;
};
struct Box {
    std::uint64_t size = 0; ///< KiB
    Colour colour{};
};
/// One of several without a name of its own.
struct Mark {
    std::string text;
};
/// A type inside itself.
struct Layer {
    std::string file;
    std::optional<std::uint64_t> capacity; ///< bytes
    schema::Rare<Layer> below;
};
struct Document {
    std::uint16_t number = 0;
    schema::OnOff power{};
    std::optional<std::int64_t> balance;
    std::optional<std::uint64_t> total;
    std::string model, model_name;
    std::string title;
    std::string secret;
    std::string live;
    bool flag = false;
    Box box;
    std::optional<Box> spare;
    schema::Rare<Item> rare;
    std::vector<Item> items;
    std::uint32_t slot = 0;
    std::uint32_t mode = 0;
    std::vector<Mark> marks;
    schema::Rare<Layer> layer;
    std::string metadata;
    schema::Kept kept;
    schema::Kept foreign;
};

void describe(schema::Io& io, Document& document);

/// Reads and writes with the settings most tests use.
Document read(const std::string& text);
std::string write(const Document& document);

} // namespace yado::test

namespace yado::schema {
template <> struct EnumNames<test::Colour> {
    static constexpr std::string_view values[] = {"", "red", "green"};
};
template <> struct UnionTags<test::Shape> {
    static constexpr std::string_view values[] = {"", "circle", "square"};
    static constexpr std::string_view others[] = {"star"};
};
} // namespace yado::schema
