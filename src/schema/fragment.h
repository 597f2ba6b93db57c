// SPDX-License-Identifier: Apache-2.0
// Pieces of XML that are not ours: what applications keep inside <metadata>, taken out and put in by namespace.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace yado::schema {

struct FragmentElement {
    std::string namespace_uri; ///< empty for none
    std::string text;          ///< the element, complete with the declarations it needs
};

/// The elements next to each other in `content`. Throws xml_error when it is not well-formed.
std::vector<FragmentElement> fragment_elements(std::string_view content);

/// The one element `text` without its own namespace: prefix and declaration taken off it and off what lies below.
std::string without_namespace(std::string_view text);

/// The one element `text` put, with everything below it that has no namespace, into `uri` under `prefix`. Throws
/// xml_error when `text` is not one well-formed element, invalid_arg when `prefix` is no XML name.
std::string in_namespace(std::string_view text, std::string_view prefix, std::string_view uri);

} // namespace yado::schema
