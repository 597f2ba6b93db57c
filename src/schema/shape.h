// SPDX-License-Identifier: Apache-2.0
// The types of a document as a tree: what each element may hold, with the alternatives of unions kept apart
// (outline.h lists the same parts flat, as paths). Generated types for JSON come from here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/io.h"

namespace yado::schema {

struct ShapePart {
    enum class Kind : std::uint8_t {
        leaf,     ///< `codec`
        flag,     ///< there or not
        tag,      ///< the words of a union's alternatives
        element,  ///< `type` names what is in it
        group,    ///< `inner` is in it
        kept,     ///< whatever XML is carried along
        verbatim, ///< a whole element as XML
    };
    /// The part is there only with this alternative of the union whose tag has the number `choice`.
    struct When {
        std::size_t choice;
        std::size_t alternative;
    };

    Kind kind = Kind::leaf;
    std::string member; ///< its name in JSON
    std::string path;   ///< as in the outline, where the description met it first
    const Codec* codec = nullptr;
    Rule rule;
    bool repeated = false;
    bool optional = true;
    std::string type;             ///< key of Shapes::types
    std::vector<ShapePart> inner; ///< of a group
    std::size_t choice = 0;       ///< of a tag: its number in the document
    std::vector<std::vector<std::string_view>>
        tags;                             ///< of a tag: the words of each alternative; none: absent
    std::optional<std::int64_t> smallest; ///< of an integer
    std::optional<std::uint64_t> largest;
    std::vector<When> when; ///< outermost union first
};

struct Shapes {
    std::string root; ///< name of the document's own type
    std::map<std::string, std::vector<ShapePart>> types;
};

Shapes shapes(std::string_view root, void* blank, Body body);
template <class T> Shapes shapes(std::string_view root) {
    T blank{};
    return shapes(root, &blank, detail::body_of<T>);
}

/// An object sorted for languages whose types are unions of objects.
struct SortedParts {
    /// One alternative of a union: the words that select it (none: the tag is not there) and its parts.
    struct Alternative {
        std::vector<std::string_view> words;
        bool may_be_unsaid = false; ///< what a missing tag means
        std::vector<ShapePart> parts;
    };
    struct Choice {
        ShapePart tag;
        std::vector<Alternative> alternatives;
    };
    std::vector<ShapePart> common; ///< each member once, whatever the unions say
    std::vector<Choice> choices;
};
SortedParts sorted(const std::vector<ShapePart>& parts);

} // namespace yado::schema
