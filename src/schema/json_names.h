// SPDX-License-Identifier: Apache-2.0
// How the parts of an element are called in JSON. An element is an object; names are those of the XML, and
// attributes and children share the object:
//
//   attribute, leaf element   "name": value
//   <flag/>                   "flag": true
//   element                   "name": {…}; one that may be there several times: always "name": […]
//   alternatives              their word under the attribute's name, their parts where they stand in XML
//   text of an element        "value"
//   size                      a number of bytes, and the name says so: "currentMemoryBytes", for a text
//                             "valueBytes"
//   yes and no, on and off    booleans; integers are numbers, whatever their base in XML; the rest strings
//   <metadata>                one string of XML
//   what is carried along     "$xml": […], elements as strings of XML, attributes as "@name=value"
//
// Where an attribute, a text and a child of one element share a name, the one described later (attributes
// come first) gets a suffix: "modelElement", "valueText". A reader takes null for "not there", and for
// numbers and booleans also the XML spelling as a string.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/io.h"

namespace yado::schema {

inline constexpr std::string_view kept_member = "$xml";

/// The members of one object, named in the order of its description.
class JsonNames {
  public:
    std::string attribute(std::string_view name) { return pick(name, Origin::attribute, name); }
    std::string element(std::string_view name) { return pick(name, Origin::element, name); }
    /// Of any place, with the unit of a size.
    std::string leaf(Place place, std::string_view name, const Codec& codec);
    /// Whether the description has such an attribute or element, as the XML calls it.
    bool has(Place place, std::string_view xml_name) const;

  private:
    enum class Origin : std::uint8_t { attribute, text, element };
    struct Taken {
        std::string name;
        Origin origin;
        std::string_view xml_name; ///< of the description
    };
    std::string pick(std::string_view name, Origin origin, std::string_view xml_name);
    std::vector<Taken> taken_;
};

/// Of words that are just "yes" and "no" or "on" and "off": which one `word` is.
std::optional<bool> switch_value(std::span<const std::string_view> words, std::string_view word);
/// Whether a leaf is a boolean in JSON.
bool is_switch(const Codec& codec);
/// The word a boolean stands for in the XML.
std::string_view switch_word(const Codec& codec, bool value);

/// "$.devices.disk[0]['odd-name']": a step by name, as JSONPath writes it.
void append_json_step(std::string& path, std::string_view name);

} // namespace yado::schema
