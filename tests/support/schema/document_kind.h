// SPDX-License-Identifier: Apache-2.0
// What can be done with any kind of document without knowing its type: generated pages, generated types and
// fuzzing go through a list of these.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema/compare.h"
#include "schema/json.h"
#include "schema/outline.h"
#include "schema/read.h"
#include "schema/shape.h"
#include "schema/write.h"

namespace yado::test {

/// Files of the daemon's own have no reference page.
enum class Audience : std::uint8_t { users, daemon };

struct DocumentKind {
    std::string_view name;  ///< of its files: "domain-capabilities"
    std::string_view title; ///< "Domain capabilities"
    std::string_view root;  ///< the element
    Audience audience;
    std::vector<schema::OutlineEntry> (*outline)(std::string_view root);
    schema::Shapes (*shapes)(std::string_view root);
    /// Reads whatever comes, which may be refused with an Error. What was accepted is written, read again and
    /// written the same, as XML and as JSON; else the answer tells what went wrong.
    std::string (*problem_of_xml)(std::string_view text, std::string_view root);
    std::string (*problem_of_json)(std::string_view text, std::string_view root);
};

/// What is wrong with the forms of a value that was read.
template <class T> std::string problem_of(const T& value, std::string_view root) {
    const schema::ReadOptions options{.unknown = schema::Unknown::reject, .view = schema::status_view};
    try {
        const std::string xml = schema::write_xml(value, root, options.view);
        const T read = schema::read_xml<T>(xml, root, options);
        if (schema::write_xml(read, root, options.view) != xml) { return "XML is written otherwise: " + xml; }
        const std::string json = schema::write_json(read, options.view);
        const T same = schema::read_json<T>(json, root, options);
        if (schema::write_json(same, options.view) != json) { return "JSON is written otherwise: " + json; }
        for (const schema::Difference& d : schema::compare(read, same, root, options.view)) {
            return d.path + " is lost in " + json;
        }
    } catch (const Error& error) { return "refused what was written: " + error.message(); }
    return {};
}

template <class T>
constexpr DocumentKind document_kind(std::string_view name, std::string_view title, std::string_view root,
                                     Audience audience = Audience::users) {
    return {name,
            title,
            root,
            audience,
            [](std::string_view element) { return schema::outline<T>(element); },
            [](std::string_view element) { return schema::shapes<T>(element); },
            [](std::string_view text, std::string_view element) {
                return problem_of(schema::read_xml<T>(text, element, {.view = schema::status_view}), element);
            },
            [](std::string_view text, std::string_view element) {
                return problem_of(schema::read_json<T>(text, element, {.view = schema::status_view}),
                                  element);
            }};
}

} // namespace yado::test
