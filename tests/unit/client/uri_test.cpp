// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"
#include "client/uri.h"

#include <gtest/gtest.h>
#include <string>

namespace yado::client {
namespace {

std::string problem_with(std::string_view text) {
    try {
        parse_uri(text);
    } catch (const Error& error) { return error.message(); }
    return "none";
}

TEST(Uri, TakesAllPartsApart) {
    const Uri uri = parse_uri("qemu+tls://joe@host.example:4711/system?pkipath=/a%20b&x=1");
    EXPECT_EQ(uri.driver, "qemu");
    EXPECT_EQ(uri.transport, "tls");
    EXPECT_EQ(uri.user, "joe");
    EXPECT_EQ(uri.host, "host.example");
    EXPECT_EQ(uri.port, 4711);
    EXPECT_EQ(uri.path, "/system");
    ASSERT_NE(uri.parameter("pkipath"), nullptr);
    EXPECT_EQ(*uri.parameter("pkipath"), "/a b");
    EXPECT_EQ(*uri.parameter("x"), "1");
    EXPECT_EQ(uri.parameter("y"), nullptr);
}

TEST(Uri, TakesAddressesInBrackets) {
    const Uri uri = parse_uri("qemu+tcp://[::1]:16510/system");
    EXPECT_EQ(uri.host, "::1");
    EXPECT_EQ(uri.port, 16510);
    EXPECT_EQ(parse_uri("qemu+tcp://[fe80::2]/system").port, std::nullopt);
}

TEST(Uri, NeedsNoAuthority) {
    EXPECT_EQ(parse_uri("qemu:/system").path, "/system");
    EXPECT_EQ(parse_uri("qemu:///system").path, "/system");
    EXPECT_EQ(parse_uri("qemu:///system").host, "");
}

TEST(Uri, RefusesAsStockClientsDo) {
    EXPECT_EQ(problem_with("bogus"),
              "no connection driver available for URI 'bogus' does not include a driver name");
    EXPECT_EQ(problem_with("qemu:system"),
              "internal error: invalid URI qemu://system (maybe you want qemu:///system)");
    for (const std::string text : {"qemu:///system%zz", "qemu:///system%4", "qemu+tcp://[::1/system",
                                   "qemu+tcp://u@h:99x/s", "qemu+tcp://h:65536/s", "+unix:///system",
                                   "qemu:///a b", "qemu:///a%00b", "qemu+tcp://[::1]x/system"})
        EXPECT_EQ(problem_with(text), "internal error: Unable to parse URI " + text);
}

TEST(Uri, RefusesWhatCannotBeMeant) {
    EXPECT_NE(problem_with("qemu:///" + std::string(100'000, 'x')), "none");
    EXPECT_NE(problem_with("qemu:///\xff\xfe"), "none");
    EXPECT_NE(problem_with(":///system"), "none");
}

TEST(Uri, LeavesTheDaemonOnlyWhatIsForIt) {
    const Uri uri = parse_uri("qemu+unix:///system?socket=/x/y&foo=a%26b&mode=auto");
    EXPECT_EQ(daemon_name(uri, {"socket", "mode"}), "qemu:///system?foo=a%26b");
    EXPECT_EQ(daemon_name(parse_uri("test+tcp://h:1/default"), {}), "test:///default");
}

} // namespace
} // namespace yado::client
