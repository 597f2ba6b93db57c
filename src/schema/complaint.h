// SPDX-License-Identifier: Apache-2.0
// What is said about a wrong part of a document: libvirt's words and numbers, the same from XML and JSON.
#pragma once

#include <string>
#include <string_view>

#include "schema/io.h"

namespace yado::schema {

struct Complaint {
    Code code = Code::xml_error;
    std::string message;
    ErrorSource source = ErrorSource::none;
};

/// The rule's own source, else the document's.
inline ErrorSource source_of(const Rule& rule, ErrorSource document) {
    return rule.source == ErrorSource::none ? document : rule.source;
}

/// `attribute` is empty for the text of `element`; `document` is the source of messages without their own.
Complaint invalid_value(std::string_view element, std::string_view attribute, std::string_view text,
                        Problem why, const Rule& rule, ErrorSource document);
Complaint missing_attribute(std::string_view element, std::string_view attribute, const Rule& rule,
                            ErrorSource document);
Complaint missing_element(std::string_view parent, std::string_view element, const Rule& rule,
                          ErrorSource document);

} // namespace yado::schema
