// SPDX-License-Identifier: Apache-2.0
#include "schema/compare.h"

#include <gtest/gtest.h>

#include "document.h"
#include "schema/guest_abi.h"

namespace yado::test {
namespace {

using schema::Difference;

std::vector<std::string> listed(const Document& before, const Document& after) {
    static constexpr std::string_view kinds[] = {"~", "+", "-"};
    static constexpr std::string_view changes[] = {"next boot", "live", "never"};
    std::vector<std::string> found;
    for (const Difference& d : schema::compare(before, after, "document")) {
        found.push_back(fmt::format("{} {}: {} -> {} ({}{})", kinds[static_cast<std::size_t>(d.kind)], d.path,
                                    d.before, d.after, changes[static_cast<std::size_t>(d.change)],
                                    d.guest_abi ? ", abi" : ""));
    }
    return found;
}

using Lines = std::vector<std::string>;

TEST(Compare, NamesWhatDiffers) {
    Document before;
    before.number = 1;
    before.title = "old";
    before.items.push_back({"a", 1, Circle{3}});
    Document after = before;
    EXPECT_TRUE(schema::compare(before, after, "document").empty());
    after.number = 2;
    after.title.clear();
    after.items[0].shape = Square{4};
    after.items[0].level = 5;
    after.flag = true;
    EXPECT_EQ(listed(before, after),
              (Lines{
                  "~ /document/@number: 1 -> 2 (never, abi)",
                  "+ /document/flag:  -> yes (next boot)",
                  "~ /document/items/item[@name='a']/@level: 1 -> 5 (live, abi)",
                  "~ /document/items/item[@name='a']/@shape: circle -> square (next boot)",
                  "+ /document/items/item[@name='a']/form/@side:  -> 4 (next boot)",
                  "- /document/items/item[@name='a']/form/@radius: 3 ->  (next boot)",
                  "- /document/title: old ->  (next boot)",
              }));
}

TEST(Compare, ElementsAreMatchedByTheirKeys) {
    Document before;
    before.items = {{"a", 1, {}}, {"b", 2, {}}, {"c", {}, {}}};
    Document after;
    after.items = {{"c", {}, {}}, {"b", 3, {}}, {"d", 4, Circle{7}}};
    EXPECT_EQ(listed(before, after),
              (Lines{
                  "~ /document/items/item[@name='b']/@level: 2 -> 3 (live, abi)",
                  "+ /document/items/item[@name='d']:  -> <item name='d' level='4' shape='circle'>\n"
                  "  <form radius='7'/>\n</item> (live, abi)",
                  "- /document/items/item[@name='a']: <item name='a' level='1'/> ->  (live, abi)",
              }));
}

TEST(Compare, EqualKeysAreNumbered) {
    Document before;
    before.items = {{"a", 1, {}}, {"a", 2, {}}, {"it's", 3, {}}};
    Document after = before;
    after.items[1].level = 9;
    after.items[2].level = 9;
    EXPECT_EQ(listed(before, after), (Lines{
                                         "~ /document/items/item[@name='a'][2]/@level: 2 -> 9 (live, abi)",
                                         "~ /document/items/item[3]/@level: 3 -> 9 (live, abi)",
                                     }));
}

TEST(Compare, ElementsWithoutKeysAreMatchedByContentThenPlace) {
    Document before;
    before.marks = {{"one"}, {"two"}, {"three"}, {"two"}};
    Document after;
    after.marks = {{"two"}, {"three"}, {"four"}, {"two"}};
    EXPECT_EQ(listed(before, after), (Lines{"~ /document/mark[3]: one -> four (next boot)"}));
    after.marks.pop_back();
    EXPECT_EQ(listed(before, after), (Lines{
                                         "~ /document/mark[3]: one -> four (next boot)",
                                         "- /document/mark[4]: <mark>two</mark> ->  (next boot)",
                                     }));
}

TEST(Compare, SecretsStayOutOfOtherViews) {
    Document before;
    Document after;
    after.secret = "s";
    EXPECT_TRUE(schema::compare(before, after, "document", {}).empty());
    EXPECT_EQ(schema::compare(before, after, "document").size(), 1U);
}

TEST(Compare, ManyElementsTakeNoLongerThanTheyShould) {
    Document before;
    for (int i = 0; i < 30'000; ++i) { before.marks.push_back({std::to_string(i)}); }
    Document after;
    after.marks.assign(before.marks.rbegin(), before.marks.rend());
    EXPECT_TRUE(schema::compare(before, after, "document").empty());
    for (Mark& mark : after.marks) { mark.text += "x"; }
    EXPECT_EQ(schema::compare(before, after, "document").size(), 30'000U);
}

TEST(GuestAbi, TellsWhatTheGuestWouldSee) {
    Document source;
    source.number = 1;
    source.items = {{"a", 1, {}}, {"b", 2, {}}};
    Document target = source;
    target.title = "the guest does not see titles";
    std::swap(target.items[0], target.items[1]);
    schema::Diagnostics same;
    schema::check_guest_abi(source, target, "document", same);
    EXPECT_TRUE(same.ok());

    target.number = 2;
    target.box.colour = Colour::red;
    target.items.pop_back();
    target.items.push_back({"c", 3, {}});
    target.items.push_back({"unseen", {}, {}});
    schema::Diagnostics differ;
    differ.source = ErrorSource::domain;
    schema::check_guest_abi(source, target, "document", differ);
    std::vector<std::string> messages;
    for (const schema::Finding& finding : differ.problems()) {
        EXPECT_EQ(finding.code, Code::config_unsupported);
        EXPECT_EQ(finding.source, ErrorSource::domain);
        messages.push_back(finding.message);
    }
    EXPECT_EQ(messages, (Lines{
                            "Target document/@number 2 does not match source 1",
                            "Target document/box/@colour red does not match source (none)",
                            "Target has document/items/item[@name='c'], which source has not",
                            "Target lacks document/items/item[@name='a'], which source has",
                        }));
    EXPECT_EQ(differ.problems()[0].path, "/document/@number");
}

TEST(Parts, KeysGoOutOfPaths) {
    EXPECT_EQ(schema::without_keys("/a/b[@x='1]/2'][2]/c[3]/@d"), "/a/b/c/@d");
    EXPECT_EQ(schema::without_keys("/a"), "/a");
}

} // namespace
} // namespace yado::test
