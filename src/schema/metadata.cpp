// SPDX-License-Identifier: Apache-2.0
#include "schema/metadata.h"

#include "base/error.h"
#include "schema/fragment.h"

namespace yado::schema {
namespace {

constexpr std::string_view open = "<metadata>", close = "</metadata>";

std::string_view content(std::string_view metadata) {
    const auto start = metadata.find('>');
    const auto end = metadata.rfind(close);
    if (start == std::string_view::npos || end == std::string_view::npos || end <= start) return {};
    return metadata.substr(start + 1, end - start - 1);
}

} // namespace

std::optional<std::string> metadata_element(std::string_view metadata, std::string_view uri) {
    for (const FragmentElement& element : fragment_elements(content(metadata))) {
        if (element.namespace_uri == uri) return without_namespace(element.text);
    }
    return std::nullopt;
}

std::string with_metadata_element(std::string_view metadata, std::string_view prefix, std::string_view uri,
                                  const std::optional<std::string>& element, ErrorSource source) {
    if (element && prefix.empty()) fail(source, Code::invalid_arg, "key must not be NULL");
    std::string result;
    for (const FragmentElement& present : fragment_elements(content(metadata))) {
        if (present.namespace_uri == uri) continue;
        result += "\n    " + present.text;
    }
    if (element) result += "\n    " + in_namespace(*element, prefix, uri);
    if (result.empty()) return metadata.empty() ? "" : "<metadata/>"; // as libvirt leaves it
    return std::string(open) + result + "\n  " + std::string(close);
}

} // namespace yado::schema
