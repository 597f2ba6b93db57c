// SPDX-License-Identifier: Apache-2.0
// The same documents as JSON, for the console and other programs; json_names.h has the rules of the form.
#pragma once

#include <string>
#include <string_view>

#include <boost/json/fwd.hpp>

#include "schema/io.h"
#include "schema/read.h"

namespace yado::schema {

/// Depth of arrays and objects that is read.
inline constexpr std::size_t max_json_depth = 256;

boost::json::object json_object(const void* value, Body body, View view);
std::string json_text(const void* value, Body body, View view);
/// For people: a member or an element a line (lists of plain values are one), two blanks a level; no line end
/// at the end.
std::string laid_out(const boost::json::value& value);

template <class T> std::string write_json(const T& value, View view) {
    return json_text(&value, detail::body_of<T>, view);
}

/// Reads a JSON object into the value `body` describes, the root element being called `root` in messages.
/// Text that is no JSON object and anything past a limit of `options` throw invalid_arg; other problems go to
/// `diagnostics`, with the place as a JSONPath.
void read_json_document(std::string_view text, std::string_view root, void* value, Body body,
                        const ReadOptions& options, Diagnostics& diagnostics);
/// The same from JSON that is parsed already.
void read_json_object(const boost::json::object& object, std::string_view root, void* value, Body body,
                      const ReadOptions& options, Diagnostics& diagnostics);

/// Throws all problems as one Error unless `diagnostics` is given.
template <class T>
T read_json(std::string_view text, std::string_view root, const ReadOptions& options = {},
            Diagnostics* diagnostics = nullptr) {
    T value{};
    Diagnostics own;
    Diagnostics& findings = diagnostics != nullptr ? *diagnostics : own;
    findings.source = options.source;
    read_json_document(text, root, &value, detail::body_of<T>, options, findings);
    if (diagnostics == nullptr) { findings.throw_if_any(); }
    return value;
}

} // namespace yado::schema
