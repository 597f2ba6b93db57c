// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"
#include "client/credentials.h"
#include "client/default_uri.h"

#include <cstdlib>
#include <gtest/gtest.h>

namespace yado::client {
namespace {

template <class Body> std::string problem(Body&& body) {
    try {
        body();
    } catch (const Error& error) { return error.message(); }
    return "none";
}

class DefaultUri : public testing::Test {
  protected:
    void SetUp() override {
        ::unsetenv("VIRSH_DEFAULT_CONNECT_URI");
        ::unsetenv("LIBVIRT_DEFAULT_URI");
    }
    void TearDown() override { SetUp(); }
};

TEST_F(DefaultUri, GoesFromTheNearestToTheFarthest) {
    ClientConfig config;
    EXPECT_EQ(effective_uri("", config), "");
    config.default_uri = "test:///default";
    EXPECT_EQ(effective_uri("", config), "test:///default");
    ::setenv("LIBVIRT_DEFAULT_URI", "qemu:///one", 1);
    EXPECT_EQ(effective_uri("", config), "qemu:///one");
    ::setenv("VIRSH_DEFAULT_CONNECT_URI", "qemu:///two", 1);
    EXPECT_EQ(effective_uri("", config), "qemu:///two");
    EXPECT_EQ(effective_uri("qemu:///three", config), "qemu:///three");
}

TEST_F(DefaultUri, ReplacesAliasesWhereverTheyComeFrom) {
    const auto config =
        ClientConfig::parse("# names\nuri_aliases = [\n  \"hail=qemu+ssh://root@hail/system\",\n"
                            "  \"sleet=qemu:///s?a=b\",\n]\nuri_default = \"hail\"\n",
                            "libvirt.conf");
    EXPECT_EQ(effective_uri("", config), "qemu+ssh://root@hail/system");
    EXPECT_EQ(effective_uri("sleet", config), "qemu:///s?a=b");
    EXPECT_EQ(effective_uri("rain", config), "rain");
}

TEST_F(DefaultUri, NamesTheLineThatIsWrong) {
    EXPECT_NE(
        problem([] { ClientConfig::parse("a = \"b\"\nuri_default \"x\"\n", "f.conf"); }).find("f.conf:2"),
        std::string::npos);
    EXPECT_NE(problem([] { ClientConfig::parse("uri_default = \"x", "f.conf"); }), "none");
    EXPECT_NE(problem([] { ClientConfig::parse("uri_aliases = [ \"a=b\"", "f.conf"); }), "none");
    EXPECT_NE(problem([] { ClientConfig::parse("uri_aliases = [ \"noequals\" ]", "f.conf"); }), "none");
}

TEST(Credentials, AreFoundByHostThenByDefault) {
    const auto known = Credentials::parse("[credentials-test]\nauthname=fred\npassword=123456\n\n"
                                          "[credentials-prod]\nauthname=joe\n\n"
                                          "[auth-libvirt-far]\ncredentials=prod\n\n"
                                          "[auth-libvirt-default]\ncredentials=test\n",
                                          "auth.conf");
    EXPECT_EQ(known.find("libvirt", "far", "authname"), "joe");
    EXPECT_EQ(known.find("libvirt", "far", "password"), std::nullopt);
    EXPECT_EQ(known.find("libvirt", "near", "authname"), "fred");
    EXPECT_EQ(known.find("libvirt", "near", "password"), "123456");
    EXPECT_EQ(known.find("esx", "near", "password"), std::nullopt);
}

TEST(Credentials, AreNotGuessedFromABrokenFile) {
    EXPECT_NE(problem([] { Credentials::parse("[credentials-test\nauthname=fred\n", "auth.conf"); }), "none");
    EXPECT_NE(problem([] { Credentials::parse("[credentials-test]\nauthname\n", "auth.conf"); }), "none");
}

} // namespace
} // namespace yado::client
