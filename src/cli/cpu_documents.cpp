// SPDX-License-Identifier: Apache-2.0
#include "cli/cpu_documents.h"

#include <fmt/format.h>

#include "cli/failure.h"
#include "schema/xml_tree.h"

namespace yado::cli {
namespace {

using schema::XmlNode;

std::vector<const XmlNode*> children(const XmlNode& node, std::string_view name) {
    std::vector<const XmlNode*> found;
    for (const XmlNode* child = node.first; child != nullptr; child = child->next) {
        if (child->kind == XmlNode::Kind::element && child->name == name) { found.push_back(child); }
    }
    return found;
}

std::string_view attribute(const XmlNode& node, std::string_view name) {
    for (std::size_t i = 0; i < node.attribute_count; ++i) {
        if (node.attributes[i].name == name) { return node.attributes[i].value; }
    }
    return {};
}

/// <mode name='host-model' supported='yes'>: what is inside, as the CPU of a guest.
std::string host_model(const XmlNode& mode) {
    std::string inside;
    for (const XmlNode* child = mode.first; child != nullptr; child = child->next) {
        if (child->kind == XmlNode::Kind::element) { inside += schema::compact(*child); }
    }
    return fmt::format("<cpu>{}</cpu>", inside);
}

void add_documents(const XmlNode& root, std::vector<std::string>& out) {
    if (root.name == "cpu") {
        out.push_back(schema::compact(root));
    } else if (root.name == "domain") {
        for (const XmlNode* cpu : children(root, "cpu")) { out.push_back(schema::compact(*cpu)); }
    } else if (root.name == "capabilities") {
        for (const XmlNode* host : children(root, "host")) {
            for (const XmlNode* cpu : children(*host, "cpu")) { out.push_back(schema::compact(*cpu)); }
        }
    } else if (root.name == "domainCapabilities") {
        for (const XmlNode* cpu : children(root, "cpu")) {
            for (const XmlNode* mode : children(*cpu, "mode")) {
                if (attribute(*mode, "name") == "host-model" && attribute(*mode, "supported") == "yes") {
                    out.push_back(host_model(*mode));
                }
            }
        }
    }
}

/// One declaration may stand at the head of the file.
std::string_view without_declaration(std::string_view text) {
    const std::size_t end = text.find("?>");
    return text.starts_with("<?xml") && end != std::string_view::npos ? text.substr(end + 2) : text;
}

} // namespace

std::vector<std::string> cpu_documents(std::string_view text, std::string_view file) {
    constexpr schema::XmlLimits limits{.max_bytes = 16 << 20, .max_nodes = 200'000};
    const std::string whole = fmt::format("<container>{}</container>", without_declaration(text));
    schema::XmlDocument document(whole, limits, file, ErrorSource::none);
    std::vector<std::string> found;
    for (const XmlNode* root = document.root().first; root != nullptr; root = root->next) {
        if (root->kind == XmlNode::Kind::element) { add_documents(*root, found); }
    }
    if (found.empty()) {
        refuse("File '{}' does not contain any <cpu> element or valid domain XML, host capabilities XML, or "
               "domain capabilities XML",
               file);
    }
    return found;
}

} // namespace yado::cli
