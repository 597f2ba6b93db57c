// SPDX-License-Identifier: Apache-2.0
#include "schema/json.h"

#include <limits>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "document.h"
#include "schema/compare.h"

namespace yado::test {
namespace {

constexpr schema::View secure{.secure = true};

Document read_json(const std::string& text, schema::Unknown unknown = schema::Unknown::ignore) {
    const schema::ReadOptions options{
        .unknown = unknown, .document = "(document)", .source = ErrorSource::conf};
    return schema::read_json<Document>(text, "document", options);
}

Error error_of(const std::string& text, schema::Unknown unknown = schema::Unknown::ignore) {
    try {
        read_json(text, unknown);
    } catch (const Error& error) { return error; }
    return Error(Code::internal_error, "no error");
}

std::vector<std::string> problems_of(const std::string& text) {
    schema::Diagnostics diagnostics;
    schema::read_json<Document>(text, "document", {}, &diagnostics);
    std::vector<std::string> lines;
    for (const schema::Finding& finding : diagnostics.problems()) { lines.push_back(finding.text()); }
    return lines;
}

TEST(Json, HasEveryKindOfPart) {
    const Document d = read(
        "<document number='7' power='off' balance='-5' total='18446744073709551615' model='m' secret='s'"
        " xmlns:f='urn:far'><title>a \"b\"</title><flag/><box colour='red' unit='MiB'>2</box><spare>0</spare>"
        "<rare name='r' shape='star'><form points='5'><x>1</x></form></rare>"
        "<items><item name='x' level='-3' shape='circle'><form radius='5'/></item></items>"
        "<slot at='0x1f'/><file mode='0644'/><model name='inner'/><mark>one</mark><mark>two</mark>"
        "<layer file='a'><capacity unit='GiB'>1</capacity><layer file='b'/></layer>"
        "<metadata><a:b xmlns:a='urn:a'/></metadata><kept a='1'/><f:arg value='-x'/></document>");
    const std::string text = schema::write_json(d, secure);
    EXPECT_EQ(
        text,
        R"({"number":7,"power":false,"balance":-5,"total":18446744073709551615,"model":"m","secret":"s",)"
        R"("title":"a \"b\"","flag":true,"box":{"colour":"red","valueBytes":2097152},)"
        R"("spare":{"valueBytes":0},)"
        R"("rare":{"name":"r","shape":"star","form":{"$xml":["@points=5","<x>1</x>"]}},)"
        R"("items":{"item":[{"name":"x","level":-3,"shape":"circle","form":{"radius":5}}]},)"
        R"("slot":{"at":31},"file":{"mode":420},"modelElement":{"name":"inner"},)"
        R"("mark":[{"value":"one"},{"value":"two"}],)"
        R"("layer":{"file":"a","capacityBytes":1073741824,"layer":{"file":"b"}},)"
        R"("metadata":"<metadata><a:b xmlns:a=\"urn:a\"/></metadata>",)"
        R"("$xml":["<kept a='1'/>","<far:arg value='-x'/>"]})");
    const Document again = read_json(text, schema::Unknown::reject);
    EXPECT_EQ(write(again), write(d));
    EXPECT_TRUE(schema::compare(d, again, "document").empty());
}

TEST(Json, ViewsShowTheirParts) {
    Document d;
    d.secret = "s";
    d.live = "l";
    EXPECT_EQ(schema::write_json(d, {}).find("secret"), std::string::npos);
    EXPECT_NE(schema::write_json(d, secure).find(R"("secret":"s")"), std::string::npos);
    EXPECT_EQ(schema::write_json(d, secure).find("live"), std::string::npos);
    EXPECT_EQ(read_json(R"({"number":1,"live":"x"})").live, "");
}

TEST(Json, OtherSpellingsAreUnderstood) {
    const Document d = read_json(R"({"number":"0007","power":"on","flag":false,"title":null,)"
                                 R"("slot":{"at":"0x10"},"file":{"mode":"0644"},"total":4e2,)"
                                 R"("layer":{"capacityBytes":"2 MiB"}})");
    EXPECT_EQ(d.number, 7);
    EXPECT_EQ(d.power, schema::OnOff::on);
    EXPECT_EQ(d.slot, 16U);
    EXPECT_EQ(d.mode, 0644U);
    EXPECT_EQ(d.total, 400U);
    EXPECT_EQ(d.layer->capacity, 2U << 20U);
}

TEST(Json, NumbersAreExact) {
    for (const std::uint64_t number :
         {std::uint64_t{0}, std::uint64_t{1} << 53U, (std::uint64_t{1} << 53U) + 1,
          std::numeric_limits<std::uint64_t>::max()}) {
        Document d;
        d.total = number;
        d.balance = -static_cast<std::int64_t>(number / 2);
        const Document again = read_json(schema::write_json(d, secure));
        EXPECT_EQ(again.total, number);
        EXPECT_EQ(again.balance, d.balance);
    }
    EXPECT_EQ(problems_of(R"({"number":1,"total":1.5})"),
              (std::vector<std::string>{"$.total: expected an integer"}));
    EXPECT_EQ(problems_of(R"({"number":1,"total":-1})"),
              (std::vector<std::string>{"$.total: Invalid value for attribute 'total' in element 'document': "
                                        "'-1'. Expected non-negative integer value"}));
}

TEST(Json, ListsAllProblemsWithPlace) {
    EXPECT_EQ(problems_of(R"({"number":70000,"title":5,"flag":"yes","box":{"colour":"blue"},"mark":{},)"
                          R"("items":{"item":[{"name":"a"},{"shape":"cube"},7]},"slot":[],"power":1})"),
              (std::vector<std::string>{
                  "$.number: Invalid value for attribute 'number' in element 'document': '70000'. Expected "
                  "non-negative integer value",
                  "$.power: expected true or false",
                  "$.title: expected a string",
                  "$.flag: expected true or false",
                  "$.box.colour: Invalid value for attribute 'colour' in element 'box': 'blue'.",
                  "$.items.item[1].name: Missing required attribute 'name' in element 'item'",
                  "$.items.item[1].shape: Invalid value for attribute 'shape' in element 'item': 'cube'.",
                  "$.items.item[2]: expected an object",
                  "$.slot: expected an object",
                  "$.mark: expected an array",
              }));
    EXPECT_EQ(error_of("{}").code(), Code::xml_error);
    EXPECT_EQ(error_of("{}").source(), ErrorSource::xml);
    EXPECT_EQ(error_of(R"({"number":1,"power":1})").source(), ErrorSource::conf);
}

TEST(Json, UnknownMembersAreIgnoredReportedOrRefused) {
    const std::string text = R"({"number":1,"odd name":2,"box":{"deep":1},"$xml":["<strange/>","@x=1"]})";
    EXPECT_NO_THROW(read_json(text));
    schema::Diagnostics notes;
    schema::read_json<Document>(text, "document", {.unknown = schema::Unknown::report}, &notes);
    EXPECT_TRUE(notes.ok());
    std::vector<std::string> found;
    for (const schema::Finding& note : notes.notes()) { found.push_back(note.text()); }
    EXPECT_EQ(found, (std::vector<std::string>{"$.box.deep: unknown member 'deep' of 'box'",
                                               "$.strange: unknown member 'strange' of 'document'",
                                               "$.x: unknown member 'x' of 'document'",
                                               "$['odd name']: unknown member 'odd name' of 'document'"}));
    EXPECT_EQ(error_of(text, schema::Unknown::reject).code(), Code::xml_invalid_schema);
}

// What hostile clients send.

TEST(HostileJson, NothingGetsOutOfItsPlaceInXml) {
    EXPECT_NE(problems_of(R"({"number":1,"title":"\u0001"})").size(), 0U);
    EXPECT_NE(problems_of(R"({"number":1,"title":"\ufffe"})").size(), 0U);
    EXPECT_NE(problems_of(R"({"number":1,"title":"\uffff"})").size(), 0U);
    EXPECT_NE(problems_of(R"({"number":1,"$xml":["<kept/><evil/>"]})").size(), 0U);
    EXPECT_NE(problems_of(R"({"number":1,"$xml":["</document><x>"]})").size(), 0U);
    EXPECT_NE(problems_of(R"({"number":1,"$xml":["<!DOCTYPE a [<!ENTITY b 'c'>]><kept>&b;</kept>"]})").size(),
              0U);
    EXPECT_NE(problems_of(R"({"number":1,"$xml":["@a b='1' c=2"]})").size(), 0U);
    EXPECT_NE(problems_of(R"({"number":1,"$xml":[5]})").size(), 0U);
    EXPECT_NE(problems_of(R"({"number":1,"$xml":"<kept/>"})").size(), 0U);
    EXPECT_NE(problems_of(R"({"number":1,"metadata":"<other/>"})").size(), 0U);
    const Document d =
        read_json(R"({"number":1,"rare":{"name":"n","shape":"star","form":{"$xml":["@p='/><x a='"]}}})");
    EXPECT_NE(write(d).find("p='&apos;/&gt;&lt;x a=&apos;'"), std::string::npos) << write(d);
}

TEST(HostileJson, DepthIsRefused) {
    const Error error = error_of(R"({"number":1,"x":)" + std::string(1'000'000, '['));
    EXPECT_EQ(error.code(), Code::invalid_arg);
    EXPECT_LT(error.message().size(), 1000U);
    std::string layers;
    for (int i = 0; i < 1000; ++i) { layers += R"("layer":{)"; }
    EXPECT_EQ(error_of(R"({"number":1,)" + layers + std::string(1001, '}')).code(), Code::invalid_arg);
}

TEST(HostileJson, LimitsHold) {
    schema::ReadOptions small;
    small.max_bytes = 100;
    EXPECT_THROW(schema::read_json<Document>(std::string(101, ' '), "document", small), Error);
    std::string many = R"({"number":1,"mark":[)";
    for (int i = 0; i < 3'000'000; ++i) { many += "{},"; }
    const Error error = error_of(many + "{}]}");
    EXPECT_NE(error.message().find("more than 200000 values"), std::string::npos) << error.message();
    std::string kept = R"({"number":1,"$xml":["<kept/>")";
    for (int i = 0; i < 100'000; ++i) { kept += R"(,"<kept/>")"; }
    EXPECT_NE(error_of(kept + "]}").message().find("more than 4096 parts"), std::string::npos);
}

TEST(HostileJson, HugeTextsAreJustText) {
    const std::string text(10 * 1024 * 1024, 'x');
    EXPECT_EQ(read_json(R"({"number":1,"title":")" + text + "\"}").title.size(), text.size());
}

TEST(HostileJson, MalformedTextNamesItsLine) {
    EXPECT_EQ(error_of("{\n\"number\": 1,\n]").message(), "invalid argument: (document):3: syntax error");
    for (const char* text : {"", "[]", "7", "{", "{} {}", "{\"number\":1}x", "{\"number\":01}", "\"\xff\""}) {
        EXPECT_EQ(error_of(text).code(), Code::invalid_arg) << text;
    }
}

TEST(HostileJson, ProblemsAreCountedNotPiledUp) {
    std::string text = R"({"number":1,"items":{"item":[{})";
    for (int i = 0; i < 50'000; ++i) { text += ",{}"; }
    EXPECT_EQ(error_of(text + "]}}").more().size(), schema::Diagnostics::limit);
}

TEST(Json, IsLaidOutForPeople) {
    const boost::json::value value = boost::json::parse(R"({"a":[1,{"b":[2,"x"]}],"c":{}})");
    EXPECT_EQ(schema::laid_out(value),
              "{\n  \"a\": [\n    1,\n    {\n      \"b\": [2,\"x\"]\n    }\n  ],\n  \"c\": {}\n}");
}

} // namespace
} // namespace yado::test
