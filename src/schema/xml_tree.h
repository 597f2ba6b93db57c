// SPDX-License-Identifier: Apache-2.0
// A parsed document: a tree of plain nodes in one arena, built from libxml2's events. White space between
// elements is dropped; comments and CDATA sections stay below <metadata>, which applications get back. Lives
// as long as its XmlDocument.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"

namespace yado::schema {

struct XmlAttribute {
    std::string_view name, prefix, value;
    bool used = false; ///< described by somebody
};

struct XmlNamespace {
    std::string_view prefix, href;
};

/// One of 64 bits for a name, so that most names that are not there need no search.
constexpr std::uint64_t name_bit(std::string_view name) {
    if (name.empty()) { return 1; }
    const auto first = static_cast<unsigned char>(name.front());
    const auto last = static_cast<unsigned char>(name.back());
    return std::uint64_t{1} << ((first * 5U + last * 3U + name.size()) % 64U);
}

struct XmlNode {
    enum class Kind : std::uint8_t { element, text, cdata, comment };

    Kind kind = Kind::element;
    bool used = false;
    std::uint32_t line = 0;
    std::string_view name;   ///< of an element, without its prefix; else the text
    std::string_view prefix; ///< as written
    std::string_view href;   ///< of the namespace; empty for none
    XmlAttribute* attributes = nullptr;
    std::size_t attribute_count = 0;
    std::uint64_t attribute_names = 0;  ///< name_bit() of each
    std::uint64_t child_names = 0;      ///< name_bit() of each child element
    XmlNamespace* namespaces = nullptr; ///< declared on this element
    std::size_t namespace_count = 0;
    XmlNode* parent = nullptr;
    XmlNode* first = nullptr;
    XmlNode* last = nullptr;
    XmlNode* next = nullptr;
};

struct XmlLimits {
    std::size_t max_bytes;
    std::size_t max_nodes;
};

class XmlDocument {
  public:
    /// Throws xml_detail "NAME:LINE: message\ncontext\n---^" for malformed text, and for what is refused: a
    /// document type declaration, too many bytes or nodes, depth past 256.
    XmlDocument(std::string_view text, const XmlLimits& limits, std::string_view name, ErrorSource source);
    ~XmlDocument();
    XmlDocument(const XmlDocument&) = delete;
    XmlDocument& operator=(const XmlDocument&) = delete;

    XmlNode& root() { return *root_; }

  private:
    struct Storage;
    std::unique_ptr<Storage> storage_;
    XmlNode* root_ = nullptr;
};

/// The text directly inside an element, its pieces joined, without the blanks at its ends when elements stand
/// beside it; `buffer` may hold it.
std::string_view direct_text(const XmlNode& element, std::string& buffer);
/// Compact XML of an element (see Kept); `prefix` replaces the element's and its children's prefix in the
/// namespace of the element when given.
std::string compact(const XmlNode& element, std::string_view prefix = {});
/// An element as libxml2 would print it: double quotes, with comments and namespace declarations, no layout.
std::string verbatim(const XmlNode& element);
/// Takes out of <metadata> what libvirt does not keep: elements without a namespace, and all but the first of
/// each namespace.
void drop_unowned(XmlNode& metadata);
/// Whether `text` may stand as a name: of an element, an attribute, a prefix.
bool is_xml_name(std::string_view text);

} // namespace yado::schema
