// SPDX-License-Identifier: Apache-2.0
// Picking parts of a document by an XPath expression, for people at a terminal: the daemon needs none.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace yado::schema {

/// The nodes `expression` selects, each as text: elements as they stand, attributes as ` name="value"`. With
/// `wrap` one text: all of them within <nodes>, indented. At most 16 MiB of text. Throws internal_error
/// "Incorrect xpath 'x'" for what is no expression or selects no nodes but a number or a string, xml_error
/// for malformed documents.
std::vector<std::string> select_nodes(std::string_view document, const std::string& expression, bool wrap);

} // namespace yado::schema
