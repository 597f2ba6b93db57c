// SPDX-License-Identifier: Apache-2.0
// The children of <metadata>: elements of applications, one for each XML namespace, kept as users wrote them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace yado::schema {

struct FragmentElement {
    std::string text; ///< the element with its namespace declarations
    std::string namespace_uri;
};

/// The elements that stand side by side in `content`. Throws xml_detail when it is malformed.
std::vector<FragmentElement> fragment_elements(std::string_view content);

/// One element without its own namespace: no prefix on it and on what shares the namespace, no declaration.
/// Indented by two spaces a level, without a line end.
std::string without_namespace(std::string_view element);

/// One element of a client put into the namespace `uri` under `prefix`, with everything inside that has none.
/// Throws xml_detail for malformed text, invalid_arg for a prefix that is no XML name.
std::string in_namespace(std::string_view element, std::string_view prefix, std::string_view uri);

} // namespace yado::schema
