// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "document.h"
#include "schema/outline.h"

namespace yado::test {
namespace {

TEST(Outline, ListsEveryPartOnce) {
    std::vector<std::string> paths;
    for (const schema::OutlineEntry& entry : schema::outline<Document>("document")) {
        paths.push_back(entry.path + " " + entry.type);
    }
    EXPECT_EQ(paths, (std::vector<std::string>{
                         "/document/@number non-negative integer",
                         "/document/@power word",
                         "/document/@balance integer",
                         "/document/@total non-negative integer",
                         "/document/@model string",
                         "/document/@secret string",
                         "/document/title string",
                         "/document/live string",
                         "/document/flag flag",
                         "/document/box element",
                         "/document/box/@colour word",
                         "/document/box/text() size in KiB",
                         "/document/spare element",
                         "/document/spare/@colour word",
                         "/document/spare/text() size in KiB",
                         "/document/rare element",
                         "/document/rare/@name string",
                         "/document/rare/@level integer",
                         "/document/rare/@shape word",
                         "/document/rare/form element",
                         "/document/rare/form/@radius non-negative integer",
                         "/document/rare/form/@side non-negative integer",
                         "/document/rare/form/* kept",
                         "/document/items element",
                         "/document/items/item element",
                         "/document/items/item/@name string",
                         "/document/items/item/@level integer",
                         "/document/items/item/@shape word",
                         "/document/items/item/form element",
                         "/document/items/item/form/@radius non-negative integer",
                         "/document/items/item/form/@side non-negative integer",
                         "/document/items/item/form/* kept",
                         "/document/slot element",
                         "/document/slot/@at hexadecimal integer",
                         "/document/file element",
                         "/document/file/@mode octal integer",
                         "/document/model element",
                         "/document/model/@name string",
                         "/document/mark element",
                         "/document/mark/text() string",
                         "/document/layer element",
                         "/document/layer/@file string",
                         "/document/layer/capacity size in bytes",
                         "/document/metadata verbatim",
                         "/document/kept kept",
                         "/document/far:* kept",
                     }));
}

TEST(Codec, IntegersAreBounded) {
    std::uint8_t byte = 9;
    EXPECT_STREQ(schema::parse_integer("256", byte), "Expected non-negative integer value");
    EXPECT_STREQ(schema::parse_integer("-1", byte), "Expected non-negative integer value");
    EXPECT_STREQ(schema::parse_integer("1x", byte), "Expected non-negative integer value");
    EXPECT_STREQ(schema::parse_integer("", byte), "Expected non-negative integer value");
    EXPECT_EQ(byte, 9);
    EXPECT_EQ(schema::parse_integer(" 255", byte), schema::no_problem);
    EXPECT_EQ(byte, 255);
    std::int16_t number = 0;
    EXPECT_EQ(schema::parse_integer("-0x10", number, 0), schema::not_an_integer);
    EXPECT_EQ(schema::parse_integer("010", number, 0), schema::no_problem);
    EXPECT_EQ(number, 8);
}

TEST(Codec, SizesAreRoundedUpToTheirUnit) {
    std::uint64_t kib = 0;
    EXPECT_EQ(schema::parse_size("1025 bytes", 1024, kib), schema::no_problem);
    EXPECT_EQ(kib, 2U);
    EXPECT_EQ(schema::parse_size("3", 1024, kib), schema::no_problem);
    EXPECT_EQ(kib, 3U);
    EXPECT_EQ(schema::parse_size("1 GB", 1024, kib), schema::no_problem);
    EXPECT_EQ(kib, 976'563U);
    std::string text;
    schema::print_readable_size(48ULL << 20U, text);
    EXPECT_EQ(text, "48 MiB");
}

} // namespace
} // namespace yado::test
