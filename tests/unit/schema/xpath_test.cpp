// SPDX-License-Identifier: Apache-2.0
#include "schema/xpath.h"

#include "base/error.h"

#include <gtest/gtest.h>

namespace yado::schema {
namespace {

constexpr std::string_view domain =
    "<domain type='kvm'>\n  <name>vm</name>\n  <vcpu placement='static'>2</vcpu>\n"
    "  <devices>\n    <disk type='file'/>\n  </devices>\n</domain>\n";

std::string error_of(std::string_view text, const std::string& expression) {
    try {
        select_nodes(text, expression, false);
    } catch (const Error& error) { return error.message(); }
    return "no error";
}

TEST(Xpath, GivesTheNodesThatWereSelected) {
    EXPECT_EQ(select_nodes(domain, "//vcpu", false),
              std::vector<std::string>{"<vcpu placement=\"static\">2</vcpu>"});
    EXPECT_EQ(select_nodes(domain, "//@type", false),
              (std::vector<std::string>{" type=\"kvm\"", " type=\"file\""}));
    EXPECT_TRUE(select_nodes(domain, "//nothing", false).empty());
}

TEST(Xpath, WrapsThemInOneElement) {
    EXPECT_EQ(select_nodes(domain, "//name | //vcpu", true),
              std::vector<std::string>{
                  "<nodes>\n  <name>vm</name>\n  <vcpu placement=\"static\">2</vcpu>\n</nodes>"});
    EXPECT_EQ(select_nodes(domain, "//nothing", true), std::vector<std::string>{"<nodes/>"});
}

TEST(Xpath, RefusesWhatSelectsNoNodes) {
    EXPECT_EQ(error_of(domain, "count(//disk)"), "internal error: Incorrect xpath 'count(//disk)'");
    EXPECT_EQ(error_of(domain, "//["), "internal error: Incorrect xpath '//['");
    EXPECT_NE(error_of("<domain>", "//name"), "no error");
    EXPECT_NE(error_of("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "//a"), "no error");
}

} // namespace
} // namespace yado::schema
