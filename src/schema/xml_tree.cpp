// SPDX-License-Identifier: Apache-2.0
#include "schema/xml_tree.h"

#include <memory_resource>
#include <unordered_set>
#include <vector>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "base/text.h"
#include "schema/write.h"

namespace yado::schema {

struct XmlDocument::Storage {
    // Most documents fit the first block: a domain of 3 KiB needs about 20 KiB of nodes.
    std::pmr::monotonic_buffer_resource arena{24 * 1024};
    xmlDict* names = nullptr;

    ~Storage() {
        if (names != nullptr) { xmlDictFree(names); }
    }
};

namespace {

std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}
std::string_view view(const xmlChar* begin, const xmlChar* end) {
    return {reinterpret_cast<const char*>(begin), static_cast<std::size_t>(end - begin)};
}

/// The message libvirt makes of a parser error: the line it stands in (cut to 1 KiB each way) and a pointer
/// below.
std::string located(std::string_view name, const xmlError& error, const xmlParserInput& input) {
    constexpr std::size_t reach = 1024;
    const std::string_view text = view(input.base, input.end);
    const auto at = static_cast<std::size_t>(input.cur - input.base);
    const auto is_end = [&](std::size_t i) { return text[i] == '\n' || text[i] == '\r'; };
    // An error reported at a line end belongs to the line it ends; past the last line end there is nothing to
    // show.
    std::size_t begin = std::min(at, text.size());
    while (begin > 0 && !is_end(begin - 1) && at - begin < reach) { --begin; }
    std::size_t end = begin;
    while (end < text.size() && !is_end(end) && end < at + reach) { ++end; }
    std::string context(text.substr(begin, end - begin));
    std::string pointer;
    for (std::size_t i = begin; i < at && i < end; ++i) { pointer += text[i] == '\t' ? '\t' : '-'; }
    if (begin >= text.size()) { context = "(null)"; }
    std::string message = error.message == nullptr ? "malformed document" : error.message;
    while (!message.empty() && message.back() == '\n') { message.pop_back(); }
    return fmt::format("{}:{}: {}\n{}\n{}^", name, error.line, message, context, pointer);
}

struct Builder {
    xmlParserCtxt* context;
    std::pmr::monotonic_buffer_resource& arena;
    XmlLimits limits;
    std::string_view name;

    XmlNode* root = nullptr;
    XmlNode* current = nullptr;
    std::size_t nodes = 0;
    std::size_t in_metadata = 0; ///< how many open elements are <metadata>: comments and CDATA stay
    std::string text;            ///< characters not yet made a node
    std::string problem;         ///< of the first error

    template <class T> T* array(std::size_t count) {
        T* items = static_cast<T*>(arena.allocate(count * sizeof(T), alignof(T)));
        for (std::size_t i = 0; i < count; ++i) { new (items + i) T; }
        return items;
    }
    std::string_view copy(std::string_view bytes) {
        if (bytes.empty()) { return {}; }
        char* target = static_cast<char*>(arena.allocate(bytes.size(), 1));
        bytes.copy(target, bytes.size());
        return {target, bytes.size()};
    }

    void refuse(std::string_view why) {
        if (problem.empty()) {
            problem =
                fmt::format("{}:{}: {}", name, context->input == nullptr ? 0 : context->input->line, why);
        }
        xmlStopParser(context);
    }

    XmlNode* add(XmlNode::Kind kind) {
        if (++nodes > limits.max_nodes) {
            refuse(fmt::format("more than {} elements and attributes", limits.max_nodes));
        }
        XmlNode* node = array<XmlNode>(1);
        node->kind = kind;
        node->line = context->input == nullptr ? 0 : static_cast<std::uint32_t>(context->input->line);
        node->parent = current;
        if (current == nullptr) {
            root = node;
        } else {
            (current->last == nullptr ? current->first : current->last->next) = node;
            current->last = node;
        }
        return node;
    }

    /// Blanks between elements are layout and dropped; alone in an element or beside text they are content.
    void flush(bool at_end) {
        if (text.empty()) { return; }
        if (current != nullptr) {
            const auto is_text = [](const XmlNode* node) {
                return node != nullptr && node->kind == XmlNode::Kind::text;
            };
            const bool blank = text.find_first_not_of(" \t\r\n") == std::string::npos;
            const bool alone = current->first == nullptr && at_end;
            if (!blank || alone || is_text(current->first) || is_text(current->last)) {
                add(XmlNode::Kind::text)->name = copy(text);
            }
        }
        text.clear();
    }
};

Builder& builder(void* context) {
    return *static_cast<Builder*>(static_cast<xmlParserCtxt*>(context)->_private);
}

void on_start(void* context, const xmlChar* name, const xmlChar* prefix, const xmlChar* href, int namespaces,
              const xmlChar** declared, int attributes, int, const xmlChar** values) {
    Builder& b = builder(context);
    b.flush(false);
    XmlNode* node = b.add(XmlNode::Kind::element);
    node->name = view(name);
    node->prefix = view(prefix);
    node->href = view(href);
    if (node->parent != nullptr) { node->parent->child_names |= name_bit(node->name); }
    b.nodes += static_cast<std::size_t>(attributes + namespaces);
    if (attributes > 0) {
        node->attribute_count = static_cast<std::size_t>(attributes);
        node->attributes = b.array<XmlAttribute>(node->attribute_count);
        for (std::size_t i = 0; i < node->attribute_count; ++i) {
            const xmlChar** item = values + i * 5;
            node->attributes[i].name = view(item[0]);
            node->attribute_names |= name_bit(node->attributes[i].name);
            node->attributes[i].prefix = view(item[1]);
            node->attributes[i].value = b.copy(view(item[3], item[4]));
        }
    }
    if (namespaces > 0) {
        node->namespace_count = static_cast<std::size_t>(namespaces);
        node->namespaces = b.array<XmlNamespace>(node->namespace_count);
        for (std::size_t i = 0; i < node->namespace_count; ++i) {
            node->namespaces[i].prefix = view(declared[2 * i]);
            node->namespaces[i].href = view(declared[2 * i + 1]);
        }
    }
    b.current = node;
    if (node->name == "metadata" && node->prefix.empty()) { ++b.in_metadata; }
}

void on_end(void* context, const xmlChar*, const xmlChar*, const xmlChar*) {
    Builder& b = builder(context);
    b.flush(true);
    if (b.current == nullptr) { return; }
    if (b.current->name == "metadata" && b.current->prefix.empty()) { --b.in_metadata; }
    b.current = b.current->parent;
}

void on_text(void* context, const xmlChar* text, int length) {
    builder(context).text.append(reinterpret_cast<const char*>(text), static_cast<std::size_t>(length));
}

void on_cdata(void* context, const xmlChar* text, int length) {
    Builder& b = builder(context);
    if (b.in_metadata == 0) {
        on_text(context, text, length);
        return;
    }
    b.flush(false);
    b.add(XmlNode::Kind::cdata)->name = b.copy(view(text, text + length));
}

void on_comment(void* context, const xmlChar* text) {
    Builder& b = builder(context);
    if (b.in_metadata > 0) {
        b.flush(false);
        b.add(XmlNode::Kind::comment)->name = b.copy(view(text));
    }
}

void on_document_type(void* context, const xmlChar*, const xmlChar*, const xmlChar*) {
    builder(context).refuse("document type declarations and entities are not accepted");
}

void on_error(void* context, xmlError* error) {
    // libxml2 hands over the parser context as the error's own, whatever the user data.
    auto* parser = static_cast<xmlParserCtxt*>(error->ctxt != nullptr ? error->ctxt : context);
    if (error->level != XML_ERR_FATAL || parser == nullptr || parser->_private == nullptr) { return; }
    Builder& b = *static_cast<Builder*>(parser->_private);
    if (b.problem.empty() && parser->input != nullptr) {
        b.problem = located(b.name, *error, *parser->input);
    }
}

/// One parser a thread, since making one costs more than parsing a small document. Its dictionary of names
/// grows with whatever clients send, so it is replaced now and then.
struct Parser {
    xmlParserCtxt* context = nullptr;

    ~Parser() { release(); }
    void release() {
        if (context != nullptr) {
            xmlFreeParserCtxt(context);
            context = nullptr;
        }
    }
    xmlParserCtxt* ready() {
        constexpr int most_names = 4096;
        if (context != nullptr && xmlDictSize(context->dict) > most_names) { release(); }
        if (context == nullptr) {
            xmlInitParser();
            context = xmlNewParserCtxt();
            if (context == nullptr) { fail(Code::no_memory, "XML parser"); }
            std::memset(context->sax, 0, sizeof *context->sax);
            context->sax->initialized = XML_SAX2_MAGIC;
            context->sax->startElementNs = on_start;
            context->sax->endElementNs = on_end;
            context->sax->characters = on_text;
            context->sax->ignorableWhitespace = on_text;
            context->sax->cdataBlock = on_cdata;
            context->sax->comment = on_comment;
            context->sax->internalSubset = on_document_type;
            context->sax->serror = on_error;
        }
        return context;
    }
};

} // namespace

XmlDocument::XmlDocument(std::string_view text, const XmlLimits& limits, std::string_view name,
                         ErrorSource source)
    : storage_(std::make_unique<Storage>()) {
    thread_local Parser parser;
    if (text.size() > limits.max_bytes) {
        fail(source, Code::xml_detail, "{}:1: document of {} bytes is larger than the {} bytes allowed", name,
             text.size(), limits.max_bytes);
    }
    xmlParserCtxt* context = parser.ready();
    Builder builder{context, storage_->arena, limits, name};
    context->_private = &builder;
    // NOENT only concerns &amp; and its like here: a declaration that could define others is refused, and
    // without it the event interface would hand out attribute values with those still encoded.
    constexpr int options = XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_NOWARNING;
    // Read as one string, which the parser leaves in place: an error can then show the line it stands in.
    if (text.find('\0') != std::string_view::npos) {
        fail(source, Code::xml_detail, "{}:1: the document holds a null character", name);
    }
    const std::string terminated(text);
    xmlCtxtReadDoc(context, reinterpret_cast<const xmlChar*>(terminated.c_str()), nullptr, nullptr, options);
    context->_private = nullptr;
    const bool well_formed = context->wellFormed != 0;
    storage_->names = context->dict;
    xmlDictReference(storage_->names);
    if (!builder.problem.empty() || !well_formed || builder.root == nullptr) {
        if (builder.problem.empty()) {
            builder.problem = fmt::format("{}:1: failed to parse the document", name);
        }
        parser.release();
        throw Error(Code::xml_detail, builder.problem, source);
    }
    root_ = builder.root;
}

XmlDocument::~XmlDocument() = default;

std::string_view direct_text(const XmlNode& element, std::string& buffer) {
    const XmlNode* only = nullptr;
    bool several = false;
    bool mixed = false;
    for (const XmlNode* child = element.first; child != nullptr; child = child->next) {
        if (child->kind == XmlNode::Kind::text || child->kind == XmlNode::Kind::cdata) {
            several = several || only != nullptr;
            only = child;
        } else {
            mixed = true;
        }
    }
    if (only == nullptr) { return {}; }
    if (!several && !mixed) { return only->name; }
    buffer.clear();
    for (const XmlNode* child = element.first; child != nullptr; child = child->next) {
        if (child->kind == XmlNode::Kind::text || child->kind == XmlNode::Kind::cdata) {
            buffer += child->name;
        }
    }
    // Beside elements, blanks at the ends are layout.
    return mixed ? trim(buffer) : std::string_view(buffer);
}

namespace {

void append_name(std::string& out, std::string_view prefix, std::string_view name) {
    if (!prefix.empty()) {
        out += prefix;
        out += ':';
    }
    out += name;
}

void append_compact(std::string& out, const XmlNode& element, std::string_view prefix,
                    std::string_view href) {
    const std::string_view own = element.href == href && !prefix.empty() ? prefix : element.prefix;
    out += '<';
    append_name(out, own, element.name);
    if (prefix.empty()) {
        for (std::size_t i = 0; i < element.namespace_count; ++i) {
            append_name(out += ' ', element.namespaces[i].prefix.empty() ? "" : "xmlns",
                        element.namespaces[i].prefix.empty() ? "xmlns" : element.namespaces[i].prefix);
            escape(out += "='", element.namespaces[i].href);
            out += '\'';
        }
    }
    for (std::size_t i = 0; i < element.attribute_count; ++i) {
        append_name(out += ' ', element.attributes[i].prefix, element.attributes[i].name);
        escape(out += "='", element.attributes[i].value);
        out += '\'';
    }
    if (element.first == nullptr) {
        out += "/>";
        return;
    }
    out += '>';
    for (const XmlNode* child = element.first; child != nullptr; child = child->next) {
        if (child->kind == XmlNode::Kind::element) {
            append_compact(out, *child, prefix, href);
        } else if (child->kind != XmlNode::Kind::comment) {
            escape_text(out, child->name);
        }
    }
    append_name(out += "</", own, element.name);
    out += '>';
}

/// As libxml2 prints nodes, which is what libvirt gives back: double quotes, and in text only & < > escaped.
void escape_double(std::string& out, std::string_view text, bool attribute) {
    for (const char c : text) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '\r': out += "&#13;"; break;
        case '"': out += attribute ? "&quot;" : "\""; break;
        case '\n': out += attribute ? "&#10;" : "\n"; break;
        case '\t': out += attribute ? "&#9;" : "\t"; break;
        default: out += c;
        }
    }
}

void append_verbatim(std::string& out, const XmlNode& node) {
    switch (node.kind) {
    case XmlNode::Kind::text: escape_double(out, node.name, false); return;
    case XmlNode::Kind::cdata: out.append("<![CDATA[").append(node.name).append("]]>"); return;
    case XmlNode::Kind::comment: out.append("<!--").append(node.name).append("-->"); return;
    case XmlNode::Kind::element: break;
    }
    append_name(out += '<', node.prefix, node.name);
    for (std::size_t i = 0; i < node.namespace_count; ++i) {
        out += " xmlns";
        if (!node.namespaces[i].prefix.empty()) { out.append(":").append(node.namespaces[i].prefix); }
        escape_double(out += "=\"", node.namespaces[i].href, true);
        out += '"';
    }
    for (std::size_t i = 0; i < node.attribute_count; ++i) {
        append_name(out += ' ', node.attributes[i].prefix, node.attributes[i].name);
        escape_double(out += "=\"", node.attributes[i].value, true);
        out += '"';
    }
    if (node.first == nullptr) {
        out += "/>";
        return;
    }
    out += '>';
    for (const XmlNode* child = node.first; child != nullptr; child = child->next) {
        append_verbatim(out, *child);
    }
    append_name(out += "</", node.prefix, node.name);
    out += '>';
}

} // namespace

std::string compact(const XmlNode& element, std::string_view prefix) {
    std::string out;
    append_compact(out, element, prefix, element.href);
    return out;
}

std::string verbatim(const XmlNode& element) {
    std::string out;
    append_verbatim(out, element);
    return out;
}

void drop_unowned(XmlNode& metadata) {
    std::unordered_set<std::string_view> seen;
    XmlNode* last = nullptr;
    for (XmlNode* child = metadata.first; child != nullptr; child = child->next) {
        const bool wanted = child->kind != XmlNode::Kind::element ||
                            (!child->href.empty() && seen.insert(child->href).second);
        if (wanted) {
            last = child;
        } else {
            (last == nullptr ? metadata.first : last->next) = child->next;
        }
    }
    metadata.last = last;
}

namespace {

bool is_name_character(char c, bool first) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80) != 0;
    return letter || (!first && ((c >= '0' && c <= '9') || c == '-' || c == '.'));
}

} // namespace

bool is_xml_name(std::string_view text) {
    bool first = true;
    for (const char c : text) {
        if (!is_name_character(c, first)) { return false; }
        first = false;
    }
    return !first;
}

} // namespace yado::schema
