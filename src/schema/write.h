// SPDX-License-Identifier: Apache-2.0
// Writing documents in libvirt's format: single quotes, two spaces, empty elements closed in place.
#pragma once

#include <string>
#include <string_view>

#include "schema/io.h"

namespace yado::schema {

/// Appends the element `root` holding what `body` describes, indented by `depth` levels, ending in a line
/// end.
void write_document(std::string& out, std::string_view root, const void* value, Body body, View view,
                    int depth = 0);

template <class T> std::string write_xml(const T& value, std::string_view root, View view) {
    std::string out;
    write_document(out, root, &value, detail::body_of<T>, view);
    return out;
}

/// Appends compact XML (see Kept) in the same format.
void write_compact(std::string& out, std::string_view compact, int depth);

/// Appends `text` with & < > ' " as entities and without the control characters XML cannot hold. Tabs and
/// line ends are written as numbers, since readers make blanks of them in an attribute's value.
void escape(std::string& out, std::string_view text);
/// The same for what stands between tags, where only a carriage return would not come back.
void escape_text(std::string& out, std::string_view text);

} // namespace yado::schema
