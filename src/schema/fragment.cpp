// SPDX-License-Identifier: Apache-2.0
#include "schema/fragment.h"

#include "base/error.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <memory>

namespace yado::schema {
namespace {

constexpr std::size_t limit = 4U << 20U; // a string on the wire holds no more
constexpr std::string_view wrapper = "yado-fragment";

using Document = std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)>;

Document parse(const std::string& text) {
    if (text.size() > limit + 64) fail(ErrorSource::xml, Code::xml_error, "metadata is longer than {} bytes", limit);
    Document document(xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, nullptr,
                                    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING),
                      xmlFreeDoc);
    if (!document || xmlDocGetRootElement(document.get()) == nullptr) {
        const xmlError* error = xmlGetLastError();
        std::string why = error != nullptr && error->message != nullptr ? error->message : "not well-formed";
        while (why.ends_with('\n')) why.pop_back();
        fail(ErrorSource::xml, Code::xml_error, "metadata element: {}", why);
    }
    if (document->intSubset != nullptr) {
        fail(ErrorSource::xml, Code::xml_error, "metadata element: a document type declaration is not allowed");
    }
    return document;
}

std::string text_of(xmlDoc* document, xmlNode* node) {
    const std::unique_ptr<xmlBuffer, decltype(&xmlBufferFree)> buffer(xmlBufferCreate(), xmlBufferFree);
    if (!buffer || xmlNodeDump(buffer.get(), document, node, 0, 0) < 0) throw std::bad_alloc();
    return {reinterpret_cast<const char*>(xmlBufferContent(buffer.get())),
            static_cast<std::size_t>(xmlBufferLength(buffer.get()))};
}

const xmlChar* chars(const std::string& text) { return reinterpret_cast<const xmlChar*>(text.c_str()); }

template <class Visit> void for_each_element(xmlNode* root, Visit visit) {
    // without recursion: the parser bounds depth, but not to what a stack bears
    xmlNode* node = root;
    while (node != nullptr) {
        if (node->type == XML_ELEMENT_NODE) visit(node);
        if (node->children != nullptr && node->type == XML_ELEMENT_NODE) {
            node = node->children;
            continue;
        }
        while (node != root && node->next == nullptr) node = node->parent;
        node = node == root ? nullptr : node->next;
    }
}

} // namespace

std::vector<FragmentElement> fragment_elements(std::string_view content) {
    const Document document = parse(fmt::format("<{0}>{1}</{0}>", wrapper, content));
    std::vector<FragmentElement> elements;
    for (xmlNode* node = xmlDocGetRootElement(document.get())->children; node != nullptr; node = node->next) {
        if (node->type != XML_ELEMENT_NODE) continue;
        FragmentElement element;
        if (node->ns != nullptr && node->ns->href != nullptr) {
            element.namespace_uri = reinterpret_cast<const char*>(node->ns->href);
        }
        element.text = text_of(document.get(), node);
        elements.push_back(std::move(element));
    }
    return elements;
}

std::string without_namespace(std::string_view text) {
    const Document document = parse(std::string(text));
    xmlNode* root = xmlDocGetRootElement(document.get());
    const std::string uri = root->ns != nullptr ? reinterpret_cast<const char*>(root->ns->href) : "";
    for_each_element(root, [&uri](xmlNode* node) {
        if (node->ns != nullptr && uri == reinterpret_cast<const char*>(node->ns->href)) node->ns = nullptr;
        for (xmlNs** link = &node->nsDef; *link != nullptr;) {
            xmlNs* declared = *link;
            if (declared->href != nullptr && uri == reinterpret_cast<const char*>(declared->href)) {
                *link = declared->next;
                declared->next = nullptr;
                xmlFreeNs(declared);
            } else {
                link = &declared->next;
            }
        }
    });
    return text_of(document.get(), root);
}

std::string in_namespace(std::string_view text, std::string_view prefix, std::string_view uri) {
    const std::string name(prefix);
    if (xmlValidateNCName(chars(name), 0) != 0) {
        fail(ErrorSource::xml, Code::invalid_arg, "failed to validate prefix '{}'", prefix);
    }
    const Document document = parse(std::string(text));
    xmlNode* root = xmlDocGetRootElement(document.get());
    const std::string href(uri);
    xmlNs* own = xmlNewNs(root, chars(href), chars(name));
    if (own == nullptr) fail(ErrorSource::xml, Code::xml_error, "failed to create a new XML namespace");
    for_each_element(root, [own](xmlNode* node) {
        if (node->ns == nullptr) node->ns = own;
    });
    return text_of(document.get(), root);
}

} // namespace yado::schema
