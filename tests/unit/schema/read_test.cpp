// SPDX-License-Identifier: Apache-2.0
#include "schema/read.h"

#include <gtest/gtest.h>

#include "document.h"
#include "schema/json.h"

namespace yado::test {
namespace {

Error error_of(const std::string& text, const schema::ReadOptions& options = {}) {
    try {
        schema::read_xml<Document>(text, "document", options);
    } catch (const Error& error) { return error; }
    return Error(Code::internal_error, "no error");
}

TEST(Read, TakesEveryKindOfPart) {
    const Document d = read("<document number='7' secret='s'>\n"
                            "  <title>a &lt; b</title><flag/>\n"
                            "  <box colour='red' unit='MiB'>2</box>\n"
                            "  <items><item name='x' level='-3' shape='circle'><form radius='5'/></item>\n"
                            "    <item name='y'/></items>\n"
                            "  <slot at='0x1f'/>\n"
                            "</document>");
    EXPECT_EQ(d.number, 7);
    EXPECT_EQ(d.secret, "s");
    EXPECT_EQ(d.title, "a < b");
    EXPECT_TRUE(d.flag);
    EXPECT_EQ(d.box.colour, Colour::red);
    EXPECT_EQ(d.box.size, 2048U);
    EXPECT_FALSE(d.spare.has_value());
    ASSERT_EQ(d.items.size(), 2U);
    EXPECT_EQ(d.items[0].level, -3);
    ASSERT_TRUE(std::holds_alternative<Circle>(d.items[0].shape));
    EXPECT_EQ(std::get<Circle>(d.items[0].shape).radius, 5U);
    EXPECT_TRUE(std::holds_alternative<std::monostate>(d.items[1].shape));
    EXPECT_EQ(d.slot, 0x1fU);
}

TEST(Read, OrderOfPartsDoesNotMatter) {
    const Document d = read("<document number='1'><slot at='2'/><flag/><title>t</title></document>");
    EXPECT_EQ(d.title, "t");
    EXPECT_EQ(d.slot, 2U);
    EXPECT_TRUE(d.flag);
}

TEST(Read, FirstOfSeveralCounts) {
    EXPECT_EQ(read("<document number='1'><title>a</title><flag/><title>b</title></document>").title, "a");
}

TEST(Read, OtherWordsOfAUnionAreKept) {
    const Document d = read("<document number='1'><rare name='n' shape='star'><form "
                            "points='5'><x>1</x></form></rare></document>");
    ASSERT_TRUE(d.rare.has_value());
    const auto& star = std::get<OtherShape>(d.rare->shape);
    EXPECT_EQ(star.word, "star");
    EXPECT_EQ(star.rest.attribute("points"), "5");
    EXPECT_EQ(star.rest.element("x"), "<x>1</x>");
}

TEST(Read, SizesThatRoundingTakesBeyondTheLimitAreRefused) {
    EXPECT_EQ(error_of("<document number='1'><box unit='b'>18446744073709551615</box></document>").code(),
              Code::overflow);
    EXPECT_EQ(read("<document number='1'><box unit='b'>18446744073709550592</box></document>").box.size,
              18'014'398'509'481'983U);
}

struct Open {
    std::optional<std::uint32_t> centre;
    schema::Kept rest;
};

void describe(schema::Io& io, Open& o) {
    io.nested("centre", "at", o.centre);
    io.rest(o.rest);
}

TEST(Read, OnlyWhatIsNotDescribedIsCarriedAlong) {
    const auto open = schema::read_xml<Open>("<open><centre/><x/><centre at='3'/><x/></open>", "open", {});
    EXPECT_EQ(open.rest.parts(), (std::vector<std::string>{"<x/>", "<x/>"}));
    EXPECT_FALSE(open.centre.has_value()); // the first counts
    EXPECT_THROW(schema::read_json<Open>(R"({"$xml":["<centre/>"]})", "open", {}), Error);
    EXPECT_EQ(schema::read_json<Open>(R"({"$xml":["<x/>"]})", "open", {}).rest.parts().size(), 1U);
}

TEST(Read, ForgetsLivePartsInADefinition) {
    const std::string text = "<document number='1'><live>x</live></document>";
    EXPECT_EQ(schema::read_xml<Document>(text, "document", {.view = schema::definition_view}).live, "");
    EXPECT_EQ(schema::read_xml<Document>(text, "document", {.view = schema::status_view}).live, "x");
}

TEST(Read, ListsAllProblemsWithPlace) {
    const Error error =
        error_of("<document number='x'>\n<items>\n<item/>\n<item name='a' shape='cube'/>\n</items>\n"
                 "<box colour='blue'>many</box></document>",
                 {.source = ErrorSource::conf});
    EXPECT_EQ(error.code(), Code::xml_error);
    EXPECT_EQ(error.source(), ErrorSource::xml);
    EXPECT_EQ(
        error.message(),
        "XML error: Invalid value for attribute 'number' in element 'document': 'x'. Expected non-negative "
        "integer value");
    EXPECT_EQ(
        error.more(),
        (std::vector<std::string>{
            "line 1: /document/@number: Invalid value for attribute 'number' in element 'document': 'x'. "
            "Expected non-negative integer value",
            "line 6: /document/box/@colour: Invalid value for attribute 'colour' in element 'box': 'blue'.",
            "line 6: /document/box: Invalid value 'many' for element or attribute './box[1]'",
            "line 3: /document/items/item[1]/@name: Missing required attribute 'name' in element 'item'",
            "line 4: /document/items/item[2]/@shape: Invalid value for attribute 'shape' in element 'item': "
            "'cube'.",
        }));
}

TEST(Read, SizesGiveLibvirtsErrors) {
    EXPECT_EQ(error_of("<document number='1'><box unit='parsec'>1</box></document>").code(),
              Code::invalid_arg);
    EXPECT_EQ(error_of("<document number='1'><box unit='EiB'>99</box></document>").code(), Code::overflow);
}

TEST(Read, UnknownPartsAreIgnoredReportedOrRefused) {
    const std::string text = "<document number='1' odd='2'>\n<strange/>\n<box deep='1'>1</box></document>";
    EXPECT_NO_THROW(read(text));
    schema::Diagnostics notes;
    schema::read_xml<Document>(text, "document", {.unknown = schema::Unknown::report}, &notes);
    EXPECT_TRUE(notes.ok());
    std::vector<std::string> found;
    for (const schema::Finding& note : notes.notes()) { found.push_back(note.text()); }
    EXPECT_EQ(found, (std::vector<std::string>{
                         "line 3: /document/box/@deep: unknown attribute 'deep' in element 'box'",
                         "line 1: /document/@odd: unknown attribute 'odd' in element 'document'",
                         "line 2: /document/strange: unknown element 'strange' in element 'document'",
                     }));
    EXPECT_EQ(error_of(text, {.unknown = schema::Unknown::reject}).code(), Code::xml_invalid_schema);
}

TEST(Read, TextBesideElementsHasNoLayout) {
    const Document d = read("<document number='1'><title>\n  <b/>\n  a title\n</title></document>");
    EXPECT_EQ(d.title, "a title");
    EXPECT_EQ(read("<document number='1'><title> a </title></document>").title, " a ");
}

TEST(Read, WrongRootIsNamed) {
    const Error error = error_of("<other/>");
    EXPECT_EQ(error.message(), "XML error: expecting root element of 'document', not 'other'");
    EXPECT_EQ(error.source(), ErrorSource::xml);
}

TEST(Read, MalformedTextShowsItsLine) {
    const Error error = error_of("<document>\n  <title>a & b</title>\n</document>",
                                 {.document = "(document)", .source = ErrorSource::conf});
    EXPECT_EQ(error.code(), Code::xml_detail);
    EXPECT_EQ(error.source(), ErrorSource::conf);
    EXPECT_EQ(error.message(),
              "(document):2: xmlParseEntityRef: no name\n  <title>a & b</title>\n------------^");
}

TEST(Read, OtherNamespacesAreNotOurs) {
    const Document d = read("<document number='1' xmlns:o='urn:o'><o:title>no</o:title><title>yes</title>"
                            "<q:thing xmlns:q='urn:far' q:a='1'>x</q:thing></document>");
    EXPECT_EQ(d.title, "yes");
    ASSERT_EQ(d.foreign.parts().size(), 1U);
    EXPECT_EQ(schema::Kept::name(d.foreign.parts()[0]), "far:thing");
}

// What hostile clients send.

TEST(HostileXml, DeepNestingIsRefused) {
    std::string deep = "<document number='1'>";
    for (int i = 0; i < 100'000; ++i) { deep += "<a>"; }
    const Error error = error_of(deep);
    EXPECT_EQ(error.code(), Code::xml_detail);
    EXPECT_NE(error.message().find("Excessive depth in document: 256"), std::string::npos) << error.message();
    EXPECT_LT(error.message().size(), 10'000U);
}

TEST(HostileXml, EntitiesAreRefused) {
    const std::string bomb =
        "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>"
        "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]><document number='1'><title>&c;</title></document>";
    EXPECT_NE(error_of(bomb).message().find("document type declarations"), std::string::npos);
    const std::string file =
        "<!DOCTYPE d [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><document number='1'>&a;</document>";
    EXPECT_NE(error_of(file).message().find("document type declarations"), std::string::npos);
    EXPECT_EQ(error_of("<document number='1'>&undefined;</document>").code(), Code::xml_detail);
}

TEST(HostileXml, LimitsHold) {
    schema::ReadOptions small;
    small.max_bytes = 100;
    EXPECT_NE(error_of(std::string(101, 'x'), small).message().find("larger than"), std::string::npos);
    schema::ReadOptions few;
    few.max_nodes = 10;
    EXPECT_NE(error_of("<document number='1'><a/><a/><a/><a/><a/><a/><a/><a/><a/><a/></document>", few)
                  .message()
                  .find("more than 10 elements"),
              std::string::npos);
}

TEST(HostileXml, TenMegabytesOfElementsAreRefused) {
    std::string text = "<document number='1'>";
    while (text.size() < 10U * 1024 * 1024) { text += "<a/><b c=''/>"; }
    EXPECT_NE(error_of(text + "</document>").message().find("more than 200000 elements"), std::string::npos);
}

TEST(HostileXml, HugeTextsAreJustText) {
    const std::string text =
        "<document number='1'><title>" + std::string(4 * 1024 * 1024, 'x') + "</title></document>";
    EXPECT_EQ(read(text).title.size(), 4U * 1024 * 1024);
}

TEST(HostileXml, BrokenCharactersAreRefused) {
    EXPECT_EQ(error_of("<document number='1'><title>\xff\xfe</title></document>").code(), Code::xml_detail);
    EXPECT_EQ(error_of("<document number='1'><title>\x01</title></document>").code(), Code::xml_detail);
    EXPECT_EQ(error_of(std::string("<document number='1'>\0</document>", 33)).code(), Code::xml_detail);
    EXPECT_EQ(error_of("").code(), Code::xml_detail);
    EXPECT_EQ(error_of("<document").code(), Code::xml_detail);
}

TEST(HostileXml, ProblemsAreCountedNotPiledUp) {
    std::string text = "<document number='1'><items>";
    for (int i = 0; i < 50'000; ++i) { text += "<item/>"; }
    const Error error = error_of(text + "</items></document>");
    EXPECT_EQ(error.more().size(), schema::Diagnostics::limit);
}

TEST(HostileXml, TheParserRecoversFromErrors) {
    for (int i = 0; i < 50; ++i) {
        EXPECT_EQ(error_of("<document number='1'><a" + std::to_string(i) + " b=></document>").code(),
                  Code::xml_detail);
        EXPECT_EQ(read("<document number='3'/>").number, 3);
    }
}

} // namespace
} // namespace yado::test
