// SPDX-License-Identifier: Apache-2.0
#include "schema/types.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "document.h"
#include "schema/json.h"
#include "schema/reference.h"

namespace yado::test {
namespace {

const schema::Meanings meanings("# a comment\n"
                                "/document/@number\tHow many.\n"
                                "*/@level\tHow high */ it is.\n"
                                "broken line\n");

TEST(Meanings, LongestEndingCounts) {
    const schema::Meanings several("/a/b/@c\texact\n*/b/@c\tlonger\n*/@c\tshorter\n");
    EXPECT_EQ(several.find("/a/b/@c"), "exact");
    EXPECT_EQ(several.find("/x/b/@c"), "longer");
    EXPECT_EQ(several.find("/x/y/@c"), "shorter");
    EXPECT_EQ(several.find("/x/y/@d"), "");
}

TEST(TypeScript, IsWhatTheJsonIs) {
    EXPECT_EQ(schema::typescript(schema::shapes<Document>("document"), meanings),
              R"(// SPDX-License-Identifier: Apache-2.0
// Generated from the description of the document; do not edit.

export type Box = {
  colour?: "red" | "green";
  /** Number of bytes. */
  valueBytes?: number;
};

export type Document = {
  /** How many. Non-negative integer. Never changes. */
  number: number;
  power?: boolean;
  /** Integer. */
  balance?: number;
  /** Non-negative integer. */
  total?: number;
  model?: string;
  /** Shown only when secrets are asked for. */
  secret?: string;
  title?: string;
  /** While it runs. */
  live?: string;
  flag?: boolean;
  box?: Box;
  spare?: Box;
  rare?: Rare;
  items?: {
    /** Can change while it runs. */
    item?: Rare[];
  };
  slot?: {
    /** Hexadecimal integer. */
    at?: number;
  };
  file?: {
    /** Octal integer. */
    mode?: number;
  };
  modelElement?: {
    name?: string;
  };
  mark?: Mark[];
  layer?: Layer;
  metadata?: string;
  $xml?: string[];
};

export type Layer = {
  file?: string;
  /** Number of bytes. */
  capacityBytes?: number;
  layer?: Layer;
};

export type Mark = {
  value?: string;
};

export type Rare = {
  name: string;
  /** How high * / it is. Integer. Can change while it runs. */
  level?: number;
} & (
  | {
    shape?: undefined;
  }
  | {
    shape: "circle";
    form?: {
      /** Non-negative integer. */
      radius?: number;
    };
  }
  | {
    shape: "square";
    form?: {
      /** Non-negative integer. */
      side?: number;
    };
  }
  | {
    shape: "star";
    form?: {
      $xml?: string[];
    };
  }
);
)");
}

TEST(Reference, ShowsEveryFieldOnce) {
    const std::string page = schema::reference_page("Title", schema::outline<Document>("document"), meanings);
    const auto has = [&page](std::string_view line) {
        EXPECT_NE(page.find(line), std::string::npos) << line << "\nin\n" << page;
    };
    has("# Title\n");
    has("| `@number` | non-negative integer |  | never | How many. Required. The guest sees it. |\n");
    has("| `@secret` | string |  | next start | Secret: shown only when asked for. |\n");
    has("| `live` | string |  | by the host |  |\n");
    has("| `slot/@at` | hexadecimal integer | `0x0000` | next start |  |\n");
    has("| `kept` | XML, carried along |  | next start |  |\n");
    has("## `/document/items/item`\n\nAny number. Can be plugged and unplugged.\n");
    has("| `@shape` | `circle`, `square`, `star` |  | next start |  |\n");
    has("| `form/@radius` | non-negative integer | `0` | next start | With `circle`. |\n");
    has("| `form/*` | XML, carried along |  | next start | With `star`. |\n");
    EXPECT_EQ(page.find("item`", page.find("/document/items/item`") + 20), std::string::npos);
}

TEST(JsonSchema, SaysTheSame) {
    const boost::json::object schema = schema::json_schema(schema::shapes<Document>("document"), meanings);
    EXPECT_EQ(schema.at("$ref").as_string(), "#/$defs/Document");
    const boost::json::object& types = schema.at("$defs").as_object();
    const boost::json::object& document = types.at("Document").as_object();
    EXPECT_EQ(boost::json::serialize(document.at("required")), R"(["number"])");
    EXPECT_EQ(document.at("unevaluatedProperties"), false);
    const boost::json::object& members = document.at("properties").as_object();
    EXPECT_EQ(
        boost::json::serialize(members.at("number")),
        R"({"type":"integer","minimum":0,"maximum":65535,"description":"How many. Non-negative integer. )"
        R"(Never changes."})");
    EXPECT_EQ(members.at("total").at("maximum").as_uint64(), 18446744073709551615U);
    EXPECT_EQ(members.at("balance").at("minimum").as_int64(), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(boost::json::serialize(members.at("power")), R"({"type":"boolean"})");
    EXPECT_EQ(boost::json::serialize(members.at("mark")),
              R"({"type":"array","items":{"$ref":"#/$defs/Mark"}})");
    EXPECT_EQ(boost::json::serialize(types.at("Layer").at("properties").at("layer")),
              R"({"$ref":"#/$defs/Layer"})");
    const boost::json::array& shapes = types.at("Rare").at("allOf").at(0).at("oneOf").as_array();
    ASSERT_EQ(shapes.size(), 4U);
    EXPECT_EQ(boost::json::serialize(shapes[0]), R"({"properties":{"shape":false}})");
    EXPECT_EQ(boost::json::serialize(shapes[3]),
              R"({"properties":{"shape":{"enum":["star"]},"form":{"type":"object","properties":{"$xml":)"
              R"({"type":"array","items":{"type":"string"}}},"unevaluatedProperties":false}},)"
              R"("required":["shape"]})");
}

} // namespace
} // namespace yado::test
