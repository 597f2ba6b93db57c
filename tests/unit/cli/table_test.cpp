// SPDX-License-Identifier: Apache-2.0
#include "cli/table.h"

#include <clocale>
#include <gtest/gtest.h>

namespace yado::cli {
namespace {

TEST(Table, IsLaidOutAsVirshDoes) {
    Table table({{"Id", "id"}, {"Name", "name"}, {"State", "state"}, {"Title", "title"}});
    table.add({1, "two", "running", ""});
    table.add({Cell("-", Value()), "one", "shut off", "First one"});
    EXPECT_EQ(table.text(true), " Id   Name   State      Title\n"
                                "-----------------------------------\n"
                                " 1    two    running    \n"
                                " -    one    shut off   First one\n");
}

TEST(Table, HasColumnsAsWideAsTheirContentWithoutHeadings) {
    Table table({{"Target", "target"}, {"Source", "source"}});
    table.add({"vda", "/a"});
    table.add({"hda", "-"});
    EXPECT_EQ(table.text(false), " vda   /a\n hda   -\n");
}

TEST(Table, KeepsItsHeadingsWhenEmpty) {
    const Table table({{"Id", "id"}, {"Name", "name"}, {"State", "state"}});
    EXPECT_EQ(table.text(true), " Id   Name   State\n--------------------\n");
    EXPECT_EQ(table.text(false), "");
    EXPECT_EQ(table.value().json(), "[]");
}

TEST(Table, LetsNoNameDriveTheTerminal) {
    Table table({{"Name", "name"}});
    table.add({"a\x1b[2J\nb"});
    const std::string text = table.text(false);
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
}

TEST(Table, CountsColumnsNotBytes) {
    if (std::setlocale(LC_CTYPE, "C.UTF-8") == nullptr) GTEST_SKIP() << "no UTF-8 locale";
    EXPECT_EQ(display_width("宿"), 2U);
    EXPECT_EQ(display_width("é"), 1U);
    EXPECT_EQ(display_width("\xff\xff"), 2U);
    std::setlocale(LC_CTYPE, "C");
}

TEST(Table, GivesObjectsInJson) {
    Table table({{"Id", "id"}, {"Name", "name"}});
    table.add({Cell("-", Value()), "a\"b"});
    EXPECT_EQ(table.value().json(), "[\n  {\n    \"id\": null,\n    \"name\": \"a\\\"b\"\n  }\n]");
}

TEST(Fields, PutValuesBelowEachOther) {
    Fields fields(16);
    fields.add("id", "Id:", 3);
    fields.add("os_type", "OS Type:", "hvm");
    fields.add_hidden("more", Value(true));
    EXPECT_EQ(fields.text(), "Id:             3\nOS Type:        hvm\n");
    EXPECT_EQ(fields.value().json(), "{\n  \"id\": 3,\n  \"os_type\": \"hvm\",\n  \"more\": true\n}");
}

TEST(Value, IsAlwaysValidJson) {
    Value object = Value::object();
    object.set("control", std::string("\x01\n\t\\\x7f"));
    object.set("broken", std::string("a\xff\xfe"
                                     "b"));
    object.set("most", std::uint64_t{18446744073709551615U});
    object.set("least", std::int64_t{-9223372036854775807 - 1});
    object.set("none", Value());
    const std::string json = object.json();
    EXPECT_NE(json.find("\\u0001\\n\\t\\\\"), std::string::npos) << json;
    EXPECT_NE(json.find("\xef\xbf\xbd"), std::string::npos) << json;
    EXPECT_NE(json.find("18446744073709551615"), std::string::npos) << json;
    EXPECT_NE(json.find("-9223372036854775808"), std::string::npos) << json;
    EXPECT_NE(json.find("null"), std::string::npos) << json;
}

} // namespace
} // namespace yado::cli
