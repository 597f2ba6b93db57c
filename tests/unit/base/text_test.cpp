// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include "base/error.h"
#include "base/units.h"
#include "base/uuid.h"
#include "base/version.h"

#include <gtest/gtest.h>
#include <unordered_set>

namespace yado {
namespace {

using Parts = std::vector<std::string_view>;

Code code_of(const std::function<void()>& body) {
    try {
        body();
    } catch (const Error& error) { return error.code(); }
    return Code{};
}

std::string message_of(const std::function<void()>& body) {
    try {
        body();
    } catch (const Error& error) { return error.message(); }
    return "no error";
}

TEST(TextTest, SplitsAndTrims) {
    EXPECT_EQ(split("a,,b,", ','), (Parts{"a", "", "b", ""}));
    EXPECT_EQ(split("", ','), Parts{""});
    EXPECT_EQ(split_words("  a \t b\n"), (Parts{"a", "b"}));
    EXPECT_TRUE(split_words(" \n").empty());
    EXPECT_EQ(trim("\t a b \r\n"), "a b");
    EXPECT_EQ(trim("  "), "");
    EXPECT_EQ(join(Parts{"a", "b"}, ", "), "a, b");
}

TEST(TextTest, ParsesOnlyWholeNumbersWithinBounds) {
    EXPECT_EQ(parse_number<int>("-12"), -12);
    EXPECT_EQ(parse_number<unsigned>("ff", 16), 255u);
    for (const char* bad : {"", " 1", "1 ", "+1", "1x", "0x1", "99999999999"})
        EXPECT_FALSE(parse_number<int>(bad)) << bad;
    EXPECT_FALSE(parse_number<unsigned>("-1"));
    EXPECT_FALSE(parse_number<int>("11", 10, 0, 10));
    EXPECT_EQ(parse_number<int>("10", 10, 0, 10), 10);
}

TEST(TextTest, KnowsUtf8) {
    EXPECT_TRUE(is_utf8("宿 – ok \xf0\x9f\x98\x80"));
    EXPECT_FALSE(is_utf8("\xc0\x80"));         // overlong
    EXPECT_FALSE(is_utf8("\xed\xa0\x80"));     // surrogate
    EXPECT_FALSE(is_utf8("\xf4\x90\x80\x80")); // past the last
    EXPECT_FALSE(is_utf8("\xe5\xae"));         // cut short
    EXPECT_FALSE(is_utf8("\x80"));
}

TEST(TextTest, EscapesForEveryReader) {
    EXPECT_EQ(xml_escape("<a b='\"&'>"), "&lt;a b=&apos;&quot;&amp;&apos;&gt;");
    EXPECT_EQ(shell_quote("/usr/bin/x-1.2"), "/usr/bin/x-1.2");
    EXPECT_EQ(shell_quote("it's $HOME"), "'it'\\''s $HOME'");
    EXPECT_EQ(shell_quote(""), "''");
    EXPECT_EQ(printable("a\nb\x1b[0m\tc"), "a\\x0ab\\x1b[0m\tc");
    EXPECT_TRUE(equal_ignoring_case("KiB", "kib"));
    EXPECT_TRUE(matches_glob("*qemu*", "rpc.qemu.monitor"));
    EXPECT_FALSE(matches_glob("qemu", "qemu.monitor"));
}

TEST(UnitsTest, FollowsTheSuffixRules) {
    EXPECT_EQ(parse_bytes("10").value, 10u);
    EXPECT_EQ(parse_bytes("10", 1024).value, 10240u);
    EXPECT_EQ(parse_bytes("10 KiB").value, 10240u);
    EXPECT_EQ(parse_bytes("1k").value, 1024u);
    EXPECT_EQ(parse_bytes("1KB").value, 1000u);
    EXPECT_EQ(parse_bytes("1Mb").value, 1'000'000u);
    EXPECT_EQ(parse_bytes("3bytes", 1024).value, 3u);
    EXPECT_EQ(parse_bytes("1G").value, 1u << 30);
    EXPECT_EQ(parse_bytes("1eb").value, 1'000'000'000'000'000'000u);
    EXPECT_EQ(to_kib({1025}).value, 2u);
    EXPECT_EQ(to_bytes(KiB{4}).value, 4096u);
    EXPECT_EQ(readable({1536u << 20}), "1.50 GiB");
    EXPECT_EQ(readable({12}), "12 B");
}

TEST(UnitsTest, RefusesAsLibvirtDoes) {
    EXPECT_EQ(message_of([] { scaled(1, "foo"); }), "invalid argument: unknown suffix 'foo'");
    EXPECT_EQ(message_of([] { scaled(1, "bit"); }), "invalid argument: unknown suffix 'bit'");
    EXPECT_EQ(message_of([] { scaled(20'000'000, "e"); }), "numerical overflow: value too large: 20000000e");
    EXPECT_EQ(code_of([] { parse_bytes("99999999999999999999"); }), Code::overflow);
    EXPECT_EQ(code_of([] { parse_bytes("2", 1, 1); }), Code::overflow);
    EXPECT_EQ(code_of([] { parse_bytes("-1"); }), Code::invalid_arg);
    EXPECT_EQ(code_of([] { to_bytes(KiB{~0ull}); }), Code::overflow);
}

TEST(UuidTest, ReadsWhatLibvirtReads) {
    const std::string text = "fa5daf21-954c-40ef-b800-b04b3d03dc44";
    const auto uuid = Uuid::parse(text);
    ASSERT_TRUE(uuid);
    EXPECT_EQ(uuid->text(), text);
    EXPECT_EQ(Uuid::parse(" FA5DAF21954C40EFB800B04B3D03DC44\n"), uuid);
    EXPECT_EQ(Uuid::parse("-fa-5daf21--954c 40efb800b04b3d03dc44"), uuid);
    for (const char* bad :
         {"", "fa5daf21", "fa5daf21-954c-40ef-b800-b04b3d03dc44-", "f-a5daf21-954c-40ef-b800-b04b3d03dc44",
          "ga5daf21-954c-40ef-b800-b04b3d03dc44", "fa5daf21-954c-40ef-b800-b04b3d03dc440"})
        EXPECT_FALSE(Uuid::parse(bad)) << bad;
}

TEST(UuidTest, RandomOnesDiffer) {
    std::unordered_set<Uuid> seen;
    for (int i = 0; i < 100; ++i) {
        const Uuid uuid = Uuid::random();
        EXPECT_TRUE(seen.insert(uuid).second);
        EXPECT_EQ(uuid.text()[14], '4');
        EXPECT_FALSE(uuid.is_null());
    }
    EXPECT_TRUE(Uuid().is_null());
}

TEST(VersionTest, TextAndNumberAgree) {
    EXPECT_EQ(libvirt_version_text, fmt::format("{}.{}.{}", libvirt_version / 1'000'000,
                                                libvirt_version / 1000 % 1000, libvirt_version % 1000));
}

} // namespace
} // namespace yado
