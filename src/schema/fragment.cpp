// SPDX-License-Identifier: Apache-2.0
#include "schema/fragment.h"

#include <algorithm>

#include "base/error.h"
#include "schema/write.h"
#include "schema/xml_tree.h"

namespace yado::schema {
namespace {

constexpr XmlLimits limits{4 * 1024 * 1024, 100'000};

/// Takes every element in namespace `from` over to `prefix`.
void rename(XmlNode& node, std::string_view from, std::string_view prefix) {
    if (node.kind != XmlNode::Kind::element) { return; }
    if (node.href == from) { node.prefix = prefix; }
    for (XmlNode* child = node.first; child != nullptr; child = child->next) { rename(*child, from, prefix); }
}

} // namespace

std::vector<FragmentElement> fragment_elements(std::string_view content) {
    std::string whole = "<metadata>";
    whole.append(content).append("</metadata>");
    XmlDocument document(whole, limits, "(metadata)", ErrorSource::xml);
    std::vector<FragmentElement> found;
    for (const XmlNode* child = document.root().first; child != nullptr; child = child->next) {
        if (child->kind == XmlNode::Kind::element) {
            found.push_back({verbatim(*child), std::string(child->href)});
        }
    }
    return found;
}

std::string without_namespace(std::string_view element) {
    XmlDocument document(element, limits, "(metadata)", ErrorSource::xml);
    XmlNode& root = document.root();
    const std::string_view own = root.href;
    rename(root, own, {});
    const auto end = std::remove_if(root.namespaces, root.namespaces + root.namespace_count,
                                    [own](const XmlNamespace& declared) { return declared.href == own; });
    root.namespace_count = static_cast<std::size_t>(end - root.namespaces);
    std::string out;
    write_compact(out, verbatim(root), 0);
    if (out.ends_with('\n')) { out.pop_back(); }
    return out;
}

std::string in_namespace(std::string_view element, std::string_view prefix, std::string_view uri) {
    if (!is_xml_name(prefix)) {
        fail(ErrorSource::xml, Code::invalid_arg, "failed to validate prefix '{}'", prefix);
    }
    XmlDocument document(element, limits, "(metadata_xml)", ErrorSource::domain);
    XmlNode& root = document.root();
    const std::string_view own = root.href;
    rename(root, own, prefix);
    std::vector<XmlNamespace> declared{{prefix, uri}};
    for (std::size_t i = 0; i < root.namespace_count; ++i) {
        if (root.namespaces[i].href != own && root.namespaces[i].prefix != prefix) {
            declared.push_back(root.namespaces[i]);
        }
    }
    root.namespaces = declared.data();
    root.namespace_count = declared.size();
    return verbatim(root);
}

} // namespace yado::schema
