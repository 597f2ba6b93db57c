// SPDX-License-Identifier: Apache-2.0
#include "schema/xpath.h"

#include "base/error.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xpath.h>
#include <memory>

namespace yado::schema {
namespace {

constexpr std::size_t document_max = std::size_t{16} * 1024 * 1024; ///< bytes
constexpr unsigned long operations_max = 10'000'000;                ///< libxml2's steps for one expression

template <auto Free> struct With {
    template <class T> void operator()(T* object) const { Free(object); }
};
using Document = std::unique_ptr<xmlDoc, With<xmlFreeDoc>>;
using Buffer = std::unique_ptr<xmlBuffer, With<xmlBufferFree>>;

const xmlChar* chars(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

std::string dump(xmlDoc* document, xmlNode* node) {
    const Buffer buffer(xmlBufferCreate());
    if (xmlNodeDump(buffer.get(), document, node, 0, 1) < 0)
        fail(Code::internal_error, "cannot write an element as text");
    return {reinterpret_cast<const char*>(xmlBufferContent(buffer.get())),
            static_cast<std::size_t>(xmlBufferLength(buffer.get()))};
}

std::string dump_wrapped(const xmlNodeSet* nodes) {
    const Document document(xmlNewDoc(chars("1.0")));
    xmlNode* root = xmlNewDocNode(document.get(), nullptr, chars("nodes"), nullptr);
    xmlDocSetRootElement(document.get(), root);
    for (int i = 0; nodes != nullptr && i < nodes->nodeNr; ++i) {
        if (nodes->nodeTab[i]->type == XML_NAMESPACE_DECL) continue; // no node of the document
        xmlNode* copy = xmlDocCopyNode(nodes->nodeTab[i], document.get(), 1);
        if (copy == nullptr || xmlAddChild(root, copy) == nullptr) {
            xmlFreeNode(copy);
            fail(Code::internal_error, "cannot put the selected nodes into one document");
        }
    }
    return dump(document.get(), root);
}

} // namespace

std::vector<std::string> select_nodes(std::string_view text, const std::string& expression, bool wrap) {
    if (text.size() > document_max) fail(Code::xml_error, "document is too large");
    const Document document(
        xmlReadMemory(text.data(), static_cast<int>(text.size()), "document.xml", nullptr,
                      XML_PARSE_NONET | XML_PARSE_NOBLANKS | XML_PARSE_NOWARNING | XML_PARSE_NOERROR));
    if (document == nullptr || document->intSubset != nullptr) fail(Code::xml_error, "malformed document");
    const std::unique_ptr<xmlXPathContext, With<xmlXPathFreeContext>> context(
        xmlXPathNewContext(document.get()));
    context->opLimit = operations_max;
    context->error = [](void*, xmlErrorPtr) {}; // said below
    const std::unique_ptr<xmlXPathObject, With<xmlXPathFreeObject>> found(
        xmlXPathEvalExpression(chars(expression.c_str()), context.get()));
    if (found == nullptr || found->type != XPATH_NODESET)
        fail(Code::internal_error, "Incorrect xpath '{}'", expression);
    const xmlNodeSet* nodes = found->nodesetval;
    if (wrap) return {dump_wrapped(nodes)};
    std::vector<std::string> texts;
    std::size_t total = 0; // nodes within nodes multiply the text
    for (int i = 0; nodes != nullptr && i < nodes->nodeNr; ++i) {
        if (nodes->nodeTab[i]->type == XML_NAMESPACE_DECL) continue; // no node of the document
        texts.push_back(dump(document.get(), nodes->nodeTab[i]));
        total += texts.back().size();
        if (total > document_max) fail(Code::overflow, "the selected nodes are too many");
    }
    return texts;
}

} // namespace yado::schema
