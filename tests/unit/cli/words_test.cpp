// SPDX-License-Identifier: Apache-2.0
// What commands read from words and make of numbers: CPU sets, key names, display addresses, JSON of others.
#include "cli/console.h"
#include "cli/display_uri.h"
#include "cli/failure.h"
#include "cli/host_words.h"
#include "cli/json_text.h"
#include "cli/key_names.h"

#include <gtest/gtest.h>

namespace yado::cli {
namespace {

TEST(HostWords, ShowCpuSets) {
    const std::vector<std::uint8_t> map{0b1000'0111, 0b0000'0001};
    EXPECT_EQ(set_bits(map, 16), (std::vector<unsigned>{0, 1, 2, 7, 8}));
    EXPECT_EQ(ranges_text(map, 16), "0-2,7-8");
    EXPECT_EQ(ranges_text(map, 8), "0-2,7");
    EXPECT_EQ(marks_text(map, 10), "yyy----yy-");
    EXPECT_EQ(ranges_text({}, 4), "");
    EXPECT_EQ(marks_text({}, 4), "----");
}

TEST(HostWords, AreBoundedWhateverTheDaemonClaims) {
    EXPECT_EQ(set_bits(std::vector<std::uint8_t>{1}, UINT32_MAX).size(), 1U);
    EXPECT_EQ(marks_text(std::vector<std::uint8_t>{1}, UINT32_MAX).size(), 65536U);
}

TEST(KeyNames, AreThoseOfTheKernel) {
    EXPECT_EQ(key_code("KEY_ESC", 0), 1U);
    EXPECT_EQ(key_code("KEY_ENTER", 0), 28U);
    EXPECT_EQ(key_code("KEY_F12", 0), 88U);
    EXPECT_EQ(key_code("KEY_SYSRQ", 0), 99U);
    EXPECT_EQ(key_code("key_esc", 0), std::nullopt);
    EXPECT_EQ(key_code("KEY_", 0), std::nullopt);
    EXPECT_EQ(key_code("KEY_ENTER", *codeset_number("xt")), std::nullopt);
}

TEST(KeyNames, MayBeNumbers) {
    EXPECT_EQ(key_code("0", 0), 0U);
    EXPECT_EQ(key_code("65535", 3), 65535U);
    EXPECT_EQ(key_code("0x1F", 0), 31U);
    EXPECT_EQ(key_code("017", 0), 15U);
    EXPECT_EQ(key_code("65536", 0), std::nullopt);
    EXPECT_EQ(key_code("-1", 0), std::nullopt);
    EXPECT_EQ(key_code("", 0), std::nullopt);
    EXPECT_EQ(key_code("1 2", 0), std::nullopt);
}

TEST(KeyNames, KnowTheCodesets) {
    EXPECT_EQ(codeset_number("linux"), 0U);
    EXPECT_EQ(codeset_number("qnum"), 9U);
    EXPECT_EQ(codeset_number("rfb"), 9U);
    EXPECT_EQ(codeset_number("Linux"), std::nullopt);
}

TEST(Console, EscapeKeyIsShownAndFound) {
    EXPECT_EQ(key_text(0x1d), "^]");
    EXPECT_EQ(key_text('x'), "x");
    EXPECT_EQ(before_escape("abc", 0x1d), "abc");
    EXPECT_EQ(before_escape("ab\x1d"
                            "c",
                            0x1d),
              "ab");
    EXPECT_EQ(before_escape("\x1d", 0x1d), "");
}

ListedGraphics graphics(std::string type, std::string port, std::string listen) {
    ListedGraphics g;
    g.type = std::move(type);
    g.port = std::move(port);
    g.listen = std::move(listen);
    return g;
}

TEST(DisplayUri, NamesListenersOnAllAddressesByTheHost) {
    EXPECT_EQ(display_uri(graphics("vnc", "5905", "127.0.0.1"), "far", false), "vnc://127.0.0.1:5");
    EXPECT_EQ(display_uri(graphics("vnc", "5900", "0.0.0.0"), "far", false), "vnc://far:0");
    EXPECT_EQ(display_uri(graphics("vnc", "5900", "::"), "fe80::1", false), "vnc://[fe80::1]:0");
    EXPECT_EQ(display_uri(graphics("rdp", "3390", ""), "far", false), "rdp://far:3390");
}

TEST(DisplayUri, HasPortsAndPasswordsAsViewersWantThem) {
    ListedGraphics g = graphics("spice", "5910", "");
    g.tls_port = "5911";
    g.password = "secret";
    EXPECT_EQ(display_uri(g, "h", false), "spice://h:5910?tls-port=5911");
    EXPECT_EQ(display_uri(g, "h", true), "spice://h:5910?tls-port=5911&password=secret");
    g.port.clear();
    EXPECT_EQ(display_uri(g, "h", false), "spice://h?tls-port=5911");
    g.type = "vnc";
    g.port = "5901";
    EXPECT_EQ(display_uri(g, "h", true), "vnc://:secret@h:1");
}

TEST(DisplayUri, IsNothingForWhatCannotBeReached) {
    EXPECT_EQ(display_uri(graphics("vnc", "-1", ""), "h", false), std::nullopt);
    EXPECT_EQ(display_uri(graphics("vnc", "99999999999", ""), "h", false), std::nullopt);
    EXPECT_EQ(display_uri(graphics("sdl", "5900", ""), "h", false), std::nullopt);
}

TEST(DisplayUri, LeadsToSockets) {
    ListedGraphics g = graphics("vnc", "", "");
    g.socket = "/run/x.sock";
    EXPECT_EQ(display_uri(g, "h", false), "vnc+unix:///run/x.sock");
    g.listen_type = "address";
    EXPECT_EQ(display_uri(g, "h", false), std::nullopt);
}

TEST(JsonText, IsLaidOut) {
    EXPECT_EQ(pretty_json(R"({"a":{"b":[1,"x\ny"],"c":{}},"d":[],"e":1.5,"f":null})"),
              "{\n  \"a\": {\n    \"b\": [\n      1,\n      \"x\\ny\"\n    ],\n    \"c\": {\n\n    }\n  },\n"
              "  \"d\": [\n\n  ],\n  \"e\": 1.5,\n  \"f\": null\n}");
    EXPECT_EQ(pretty_json("not { json"), "not { json");
    const std::string deep(100'000, '[');
    EXPECT_EQ(pretty_json(deep), deep);
}

TEST(JsonText, GivesTheReturnValue) {
    EXPECT_EQ(return_value(R"({"return": {"s": "x", "n": 0.5, "e": []}, "id": 1})", false),
              R"({"s":"x","n":0.5,"e":[]})");
    EXPECT_EQ(return_value(R"({"return": {"n": 1}})", true), "{\n  \"n\": 1\n}");
    EXPECT_THROW(return_value(R"({"error": {}})", false), Failure);
    EXPECT_THROW(return_value("[1]", false), Failure);
    EXPECT_THROW(return_value("junk", true), Failure);
}

} // namespace
} // namespace yado::cli
