// SPDX-License-Identifier: Apache-2.0
#include "schema/write.h"

#include <gtest/gtest.h>

#include "document.h"
#include "schema/fragment.h"

namespace yado::test {
namespace {

TEST(Write, IsLibvirtsFormat) {
    Document d;
    d.number = 7;
    d.title = "it's <\"&\">";
    d.flag = true;
    d.box.size = 1024;
    d.box.colour = Colour::green;
    d.spare.emplace();
    d.items.push_back({"a", -1, Circle{3}});
    d.items.push_back({"b", std::nullopt, {}});
    d.slot = 31;
    EXPECT_EQ(write(d), "<document number='7'>\n"
                        "  <title>it&apos;s &lt;&quot;&amp;&quot;&gt;</title>\n"
                        "  <flag/>\n"
                        "  <box colour='green' unit='KiB'>1024</box>\n"
                        "  <spare unit='KiB'>0</spare>\n"
                        "  <items>\n"
                        "    <item name='a' level='-1' shape='circle'>\n"
                        "      <form radius='3'/>\n"
                        "    </item>\n"
                        "    <item name='b'/>\n"
                        "  </items>\n"
                        "  <slot at='0x001f'/>\n"
                        "</document>\n");
}

TEST(Write, EmptyPartsAreLeftOut) {
    Document d;
    const std::string text = write(d);
    EXPECT_EQ(text.find("<items"), std::string::npos);
    EXPECT_EQ(text.find("<title"), std::string::npos);
    EXPECT_EQ(text.find("<slot"), std::string::npos);
}

TEST(Write, ViewsShowTheirParts) {
    Document d;
    d.secret = "s";
    d.live = "l";
    EXPECT_EQ(schema::write_xml(d, "document", {}).find("secret"), std::string::npos);
    EXPECT_NE(schema::write_xml(d, "document", {.secure = true}).find("secret='s'"), std::string::npos);
    EXPECT_EQ(schema::write_xml(d, "document", {}).find("<live>"), std::string::npos);
    EXPECT_NE(schema::write_xml(d, "document", {.live = true}).find("<live>l</live>"), std::string::npos);
}

TEST(Write, ControlCharactersNeverGetOut) {
    Document d;
    d.title = std::string("a\x01\x1b b\n", 6);
    EXPECT_NE(write(d).find("<title>a b\n</title>"), std::string::npos) << write(d);
}

TEST(Write, TabsAndLineEndsComeBack) {
    Document d;
    d.model = "a\tb\nc\rd";
    d.title = "a\tb\nc\rd";
    const std::string text = write(d);
    EXPECT_NE(text.find("model='a&#9;b&#10;c&#13;d'"), std::string::npos) << text;
    EXPECT_NE(text.find("<title>a\tb\nc&#13;d</title>"), std::string::npos) << text;
    EXPECT_EQ(read(text).model, d.model);
    EXPECT_EQ(read(text).title, d.title);
}

TEST(Write, KeptPartsHoldTheirTabsAndLineEnds) {
    const std::string text = "<document number='7'>\n"
                             "  <box unit='KiB'>5</box>\n"
                             "  <rare name='r' shape='star'>\n"
                             "    <form points='a&#10;b'>\n"
                             "      <x y='&#9;'>1&#13;2</x>\n"
                             "    </form>\n"
                             "  </rare>\n"
                             "</document>\n";
    EXPECT_EQ(write(read(text)), text);
    EXPECT_EQ(std::get<OtherShape>(read(text).rare->shape).rest.attribute("points"), "a\nb");
}

TEST(Write, RequiredAttributesStandThereEvenWhenEmpty) {
    const std::string text = "<document number='7'>\n"
                             "  <box unit='KiB'>5</box>\n"
                             "  <items>\n"
                             "    <item name=''/>\n"
                             "  </items>\n"
                             "</document>\n";
    EXPECT_EQ(write(read(text)), text);
}

TEST(Write, GivesBackWhatWasRead) {
    const std::string text = "<document number='7' secret='x' xmlns:far='urn:far'>\n"
                             "  <title>t</title>\n"
                             "  <box unit='KiB'>5</box>\n"
                             "  <rare name='r' shape='star'>\n"
                             "    <form points='5'>\n"
                             "      <x>1</x>\n"
                             "    </form>\n"
                             "  </rare>\n"
                             "  <kept a='1&apos;'>\n"
                             "    <b/>\n"
                             "    <c>text</c>\n"
                             "  </kept>\n"
                             "  <kept/>\n"
                             "  <far:commandline>\n"
                             "    <far:arg value='-x'/>\n"
                             "  </far:commandline>\n"
                             "</document>\n";
    EXPECT_EQ(write(read(text)), text);
}

TEST(Write, MetadataIsLaidOutButNotChanged) {
    const std::string text =
        "<document number='1'><metadata><a:b xmlns:a=\"urn:a\" x='1'>  <a:c/>text</a:b>\n"
        "<z:q xmlns:z='urn:z'><!-- hi "
        "--><z:k><![CDATA[a<b]]></z:k><z:l>&amp;\"'</z:l></z:q><lost/></metadata></document>";
    const std::string written = write(read(text));
    EXPECT_NE(written.find("  <metadata>\n"
                           "    <a:b xmlns:a=\"urn:a\" x=\"1\"><a:c/>text</a:b>\n"
                           "    <z:q xmlns:z=\"urn:z\">\n"
                           "      <!-- hi -->\n"
                           "      <z:k><![CDATA[a<b]]></z:k>\n"
                           "      <z:l>&amp;\"'</z:l>\n"
                           "    </z:q>\n"
                           "  </metadata>\n"),
              std::string::npos)
        << written;
    EXPECT_EQ(write(read(written)), written);
}

TEST(Fragment, ElementsAreFoundByNamespace) {
    const auto found =
        schema::fragment_elements("\n  <a:b xmlns:a='urn:a'>x</a:b>\n<c xmlns='urn:c'><d/></c>");
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].namespace_uri, "urn:a");
    EXPECT_EQ(found[0].text, "<a:b xmlns:a=\"urn:a\">x</a:b>");
    EXPECT_EQ(found[1].namespace_uri, "urn:c");
    EXPECT_TRUE(schema::fragment_elements("  ").empty());
    EXPECT_THROW(schema::fragment_elements("<a>"), Error);
}

// As virsh metadata shows and sets it.
TEST(Fragment, NamespacesGoAndCome) {
    EXPECT_EQ(schema::without_namespace("<a:b xmlns:a='urn:a' a:z='1'><a:c/></a:b>"),
              "<b a:z=\"1\">\n  <c/>\n</b>");
    EXPECT_EQ(schema::in_namespace("<foo a='1'><bar/></foo>", "kk", "urn:c"),
              "<kk:foo xmlns:kk=\"urn:c\" a=\"1\"><kk:bar/></kk:foo>");
    EXPECT_THROW(schema::in_namespace("<foo/>", "1 2", "urn:c"), Error);
    EXPECT_THROW(schema::in_namespace("<foo>", "k", "urn:c"), Error);
}

TEST(Kept, PartsCanBeLookedInto) {
    schema::Kept kept;
    EXPECT_TRUE(kept.empty());
    kept.add("<hostdev type='pci' name='a&amp;b'><source><address bus='1'/></source><address type='pci' "
             "bus='2'/></hostdev>");
    kept.add("@note=it&apos;s");
    const std::string_view device = kept.element("hostdev");
    EXPECT_EQ(schema::attribute_of(device, "name"), "a&b");
    EXPECT_EQ(schema::attribute_of(schema::child_of(device, "address"), "bus"), "2");
    EXPECT_EQ(schema::child_of(device, "nothing"), "");
    EXPECT_EQ(kept.attribute("note"), "it's");
    EXPECT_EQ(kept.element("note"), "");
    kept.erase_if([](const std::string&) { return true; });
    EXPECT_TRUE(kept.empty());
}

} // namespace
} // namespace yado::test
