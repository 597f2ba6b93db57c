// SPDX-License-Identifier: Apache-2.0
#include <boost/json.hpp>
#include <fmt/format.h>

#include "schema/json_names.h"
#include "schema/types.h"

namespace yado::schema {
namespace {

namespace json = boost::json;

json::string text_of(std::string_view text) { return json::string(text.data(), text.size()); }

template <class Words> json::array enumeration(const Words& words) {
    json::array values;
    for (const std::string_view word : words) {
        if (!word.empty()) { values.emplace_back(text_of(word)); }
    }
    return values;
}

class SchemaWriter {
  public:
    explicit SchemaWriter(const Meanings& meanings) : meanings_(meanings) {}

    /// The members of an object; unions stand below as alternatives of further members.
    json::object members(const std::vector<ShapePart>& parts) const {
        const SortedParts parted = sorted(parts);
        json::object schema;
        json::object properties;
        json::array required;
        for (const ShapePart& part : parted.common) {
            properties[text_of(part.member)] = member(part);
            if (!part.optional) { required.emplace_back(text_of(part.member)); }
        }
        if (!properties.empty()) { schema["properties"] = std::move(properties); }
        if (!required.empty()) { schema["required"] = std::move(required); }
        json::array choices;
        for (const SortedParts::Choice& choice : parted.choices) {
            json::array alternatives;
            for (const SortedParts::Alternative& one : choice.alternatives) {
                alternatives.emplace_back(alternative(choice.tag, one));
            }
            choices.emplace_back(json::object{{"oneOf", std::move(alternatives)}});
        }
        if (!choices.empty()) { schema["allOf"] = std::move(choices); }
        return schema;
    }

    /// A whole object, with nothing else in it.
    json::object object(const std::vector<ShapePart>& parts) const {
        json::object schema{{"type", "object"}};
        for (auto& [key, value] : members(parts)) { schema[key] = std::move(value); }
        schema["unevaluatedProperties"] = false;
        return schema;
    }

  private:
    json::object alternative(const ShapePart& tag, const SortedParts::Alternative& one) const {
        json::object schema = members(one.parts);
        json::object properties;
        json::array required;
        if (one.words.empty()) {
            properties[text_of(tag.member)] = false;
        } else {
            properties[text_of(tag.member)] = json::object{{"enum", enumeration(one.words)}};
            if (!one.may_be_unsaid) { required.emplace_back(text_of(tag.member)); }
        }
        if (const json::value* others = schema.if_contains("properties")) {
            for (const auto& [key, value] : others->get_object()) { properties[key] = value; }
        }
        if (const json::value* others = schema.if_contains("required")) {
            for (const json::value& name : others->get_array()) { required.emplace_back(name); }
        }
        schema["properties"] = std::move(properties);
        if (!required.empty()) { schema["required"] = std::move(required); }
        return schema;
    }

    json::object member(const ShapePart& part) const {
        json::object schema = bare(part);
        if (const std::string about = remark(part, meanings_); !about.empty()) {
            schema["description"] = text_of(about);
        }
        return schema;
    }

    json::object bare(const ShapePart& part) const {
        switch (part.kind) {
        case ShapePart::Kind::leaf: return leaf(part);
        case ShapePart::Kind::flag: return {{"type", "boolean"}};
        case ShapePart::Kind::group: return object(part.inner);
        case ShapePart::Kind::kept: return {{"type", "array"}, {"items", {{"type", "string"}}}};
        case ShapePart::Kind::tag:
        case ShapePart::Kind::verbatim: return {{"type", "string"}};
        case ShapePart::Kind::element: break;
        }
        const json::object type{{"$ref", text_of(fmt::format("#/$defs/{}", part.type))}};
        if (!part.repeated) { return type; }
        return {{"type", "array"}, {"items", type}};
    }

    static json::object leaf(const ShapePart& part) {
        const Codec& codec = *part.codec;
        if (is_switch(codec)) { return {{"type", "boolean"}}; }
        switch (codec.kind) {
        case Kind::integer: {
            json::object schema{{"type", "integer"}};
            if (part.smallest) { schema["minimum"] = *part.smallest; }
            if (part.largest) { schema["maximum"] = *part.largest; }
            return schema;
        }
        case Kind::size: return {{"type", "integer"}, {"minimum", 0}};
        case Kind::word: return {{"enum", enumeration(codec.words)}};
        case Kind::text:
        case Kind::boolean: break;
        }
        return {{"type", "string"}};
    }

    const Meanings& meanings_;
};

} // namespace

boost::json::object json_schema(const Shapes& shapes, const Meanings& meanings) {
    const SchemaWriter writer(meanings);
    json::object types;
    for (const auto& [name, parts] : shapes.types) { types[text_of(name)] = writer.object(parts); }
    return {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
            {"$ref", text_of(fmt::format("#/$defs/{}", shapes.root))},
            {"$defs", std::move(types)}};
}

} // namespace yado::schema
