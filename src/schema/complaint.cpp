// SPDX-License-Identifier: Apache-2.0
#include "schema/complaint.h"

#include <fmt/format.h>

namespace yado::schema {
namespace {

bool has_own_words(const Rule& rule) { return !rule.missing.empty() || rule.missing_code != Code::xml_error; }

} // namespace

Complaint invalid_value(std::string_view element, std::string_view attribute, std::string_view text,
                        Problem why, const Rule& rule, ErrorSource document) {
    if (!rule.invalid.empty()) {
        return {rule.code, fmt::format(fmt::runtime(rule.invalid), text), source_of(rule, document)};
    }
    if (attribute.empty()) {
        return {rule.code,
                fmt::format("Invalid value '{}' for element or attribute './{}[1]'", text, element),
                ErrorSource::xml};
    }
    return {rule.code,
            fmt::format("Invalid value for attribute '{}' in element '{}': '{}'.{}{}", attribute, element,
                        text, *why == '\0' ? "" : " ", why),
            ErrorSource::xml};
}

Complaint missing_attribute(std::string_view element, std::string_view attribute, const Rule& rule,
                            ErrorSource document) {
    if (has_own_words(rule)) {
        return {rule.missing_code, std::string(rule.missing), source_of(rule, document)};
    }
    return {rule.missing_code,
            fmt::format("Missing required attribute '{}' in element '{}'", attribute, element),
            ErrorSource::xml};
}

Complaint missing_element(std::string_view parent, std::string_view element, const Rule& rule,
                          ErrorSource document) {
    return {rule.missing_code,
            has_own_words(rule)
                ? std::string(rule.missing)
                : fmt::format("Missing required element '{}' in element '{}'", element, parent),
            source_of(rule, document)};
}

} // namespace yado::schema
