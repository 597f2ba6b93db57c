// SPDX-License-Identifier: Apache-2.0
#include "schema/read.h"

#include <unordered_set>
#include <vector>

#include "schema/complaint.h"
#include "schema/shown.h"
#include "schema/write.h"
#include "schema/xml_tree.h"

namespace yado::schema {
namespace {

class XmlReader final : public Io {
  public:
    XmlReader(const ReadOptions& options, Diagnostics& diagnostics)
        : options_(options), diagnostics_(diagnostics) {}

    void read(XmlNode& node, Body body, void* value) {
        XmlNode* outer = current_;
        current_ = &node;
        node.used = true;
        body(*this, value);
        if (options_.unknown != Unknown::ignore) { report_unknown(node); }
        current_ = outer;
    }

  private:
    XmlAttribute* find_attribute(std::string_view name) {
        if ((current_->attribute_names & name_bit(name)) == 0) { return nullptr; }
        for (std::size_t i = 0; i < current_->attribute_count; ++i) {
            XmlAttribute& attribute = current_->attributes[i];
            if (attribute.name == name && attribute.prefix.empty()) {
                attribute.used = true;
                return &attribute;
            }
        }
        return nullptr;
    }

    static bool is(const XmlNode& node, std::string_view name) {
        return node.kind == XmlNode::Kind::element && node.name == name && node.href == node.parent->href;
    }
    /// The first child `name` from `from` on.
    static XmlNode* find_from(XmlNode* from, std::string_view name) {
        while (from != nullptr && !is(*from, name)) { from = from->next; }
        return from;
    }
    XmlNode* find(std::string_view name) const {
        return (current_->child_names & name_bit(name)) == 0 ? nullptr : find_from(current_->first, name);
    }

    std::string path(const XmlNode& node) const {
        std::string out;
        if (node.parent != nullptr) { out = path(*node.parent); }
        out.append("/").append(node.name);
        if (node.parent != nullptr) {
            int number = 0;
            int total = 0;
            for (const XmlNode* n = node.parent->first; n != nullptr; n = n->next) {
                total += n->kind == XmlNode::Kind::element && n->name == node.name ? 1 : 0;
                number = n == &node ? total : number;
            }
            if (total > 1) { out += fmt::format("[{}]", number); }
        }
        return out;
    }

    void complain(const XmlNode& node, std::string_view attribute, Complaint complaint) {
        // Telling the place takes time; a hostile document must not buy it without end.
        if (diagnostics_.problems().size() >= Diagnostics::limit) { return; }
        std::string where = path(node);
        if (!attribute.empty()) { where.append("/@").append(attribute); }
        diagnostics_.add(
            {complaint.code, std::move(complaint.message), std::move(where), node.line, complaint.source});
    }
    void lacks_attribute(std::string_view name, const Rule& rule) {
        complain(*current_, name, missing_attribute(current_->name, name, rule, options_.source));
    }
    void lacks_element(std::string_view name, const Rule& rule) {
        complain(*current_, {}, missing_element(current_->name, name, rule, options_.source));
    }

    void parse(const XmlNode& node, std::string_view attribute, std::string_view text, void* slot,
               const Codec& codec, const Rule& rule) {
        if (forgotten(options_.view, rule)) { return; }
        std::string sized;
        if (codec.kind == Kind::size && attribute.empty()) {
            sized = text;
            for (std::size_t i = 0; i < node.attribute_count; ++i) {
                if (node.attributes[i].name == "unit") {
                    node.attributes[i].used = true;
                    sized.append(" ").append(node.attributes[i].value);
                }
            }
        }
        Problem why = no_problem;
        try {
            why = codec.parse(sized.empty() ? text : std::string_view(sized), slot);
        } catch (const Error& error) {
            if (rule.invalid.empty() || rule.code == Code::xml_error) { // a unit that nobody knows
                complain(node, attribute, {error.code(), std::string(error.detail()), error.source()});
                return;
            }
            why = ""; // its rule has the words
        }
        if (why != no_problem) {
            complain(node, attribute, invalid_value(node.name, attribute, text, why, rule, options_.source));
        } else if (codec.belongs != nullptr && !codec.belongs(slot, options_.view)) {
            codec.clear(slot);
        }
    }

    void leaf(Place place, std::string_view name, void* slot, const Codec& codec, const Rule& rule) override {
        switch (place) {
        case Place::attribute:
            if (const XmlAttribute* attribute = find_attribute(name)) {
                parse(*current_, name, attribute->value, slot, codec, rule);
            } else if (!rule.implied.empty()) {
                parse(*current_, name, rule.implied, slot, codec, rule);
            } else if (rule.required) {
                lacks_attribute(name, rule);
            }
            return;
        case Place::text:
            if (const std::string_view text = direct_text(*current_, buffer_); !text.empty()) {
                parse(*current_, {}, text, slot, codec, rule);
            } else if (rule.required) {
                lacks_element(current_->name, rule);
            }
            return;
        case Place::element:
            if (XmlNode* node = find(name)) {
                node->used = true;
                const std::string_view text = direct_text(*node, buffer_);
                if (!text.empty()) {
                    parse(*node, {}, text, slot, codec, rule);
                } else if (rule.required) {
                    lacks_element(name, rule);
                }
                if (options_.unknown != Unknown::ignore) { report_unknown(*node); }
            } else if (rule.required) {
                lacks_element(name, rule);
            }
            return;
        case Place::flag:
            if (XmlNode* node = find(name)) {
                node->used = true;
                *static_cast<bool*>(slot) = !forgotten(options_.view, rule);
            }
            return;
        }
    }

    void elements(std::string_view name, void* slot, const Elements& type, const Rule& rule) override {
        XmlNode* node = find(name);
        if (node == nullptr && rule.required) { lacks_element(name, rule); }
        for (; node != nullptr; node = type.repeated ? find_from(node->next, name) : nullptr) {
            node->used = true;
            if (forgotten(options_.view, rule)) { continue; }
            if (!type.repeated && !rule.single.empty() && find_from(node->next, name) != nullptr) {
                complain(*node, {}, {rule.code, std::string(rule.single), source_of(rule, options_.source)});
            }
            read(*node, type.body, type.add(slot));
        }
    }

    void inside(std::string_view name, Inner body, const Rule& rule) override {
        XmlNode* node = find(name);
        if (node != nullptr) {
            read(*node, [](Io&, void* inner) { (*static_cast<Inner*>(inner))(); }, &body);
        } else if (rule.required) {
            lacks_element(name, rule);
        }
    }

    void one_of(std::string_view tag, void* slot, const Union& type, const Rule& rule) override {
        const XmlAttribute* attribute = find_attribute(tag);
        if (attribute == nullptr) {
            if (rule.required) { lacks_attribute(tag, rule); }
        } else if (!select_word(type, slot, attribute->value)) {
            complain(
                *current_, tag,
                invalid_value(current_->name, tag, attribute->value, wrong_value, rule, options_.source));
        }
    }

    void keep(std::string_view name, Kept& kept) override {
        if (name.empty()) {
            for (std::size_t i = 0; i < current_->attribute_count; ++i) {
                XmlAttribute& attribute = current_->attributes[i];
                // "a:=" is no name, though the parser lets it pass
                const bool is_name = attribute.name.find(':') == std::string_view::npos;
                if (!attribute.used && attribute.prefix.empty() && is_name) {
                    std::string part = fmt::format("@{}=", attribute.name);
                    escape(part, attribute.value);
                    kept.add(std::move(part));
                    attribute.used = true;
                }
            }
        }
        if (!name.empty() && (current_->child_names & name_bit(name)) == 0) { return; }
        const auto is_left = [](const XmlNode& node) {
            return node.kind == XmlNode::Kind::element && !node.used;
        };
        XmlNode* first_left = current_->first;
        while (first_left != nullptr && !is_left(*first_left)) { first_left = first_left->next; }
        if (first_left == nullptr) { return; }
        // Another one of what is described would be taken for it when read again.
        std::unordered_set<std::string_view> described;
        for (const XmlNode* node = current_->first; node != nullptr && name.empty(); node = node->next) {
            if (node->used && is(*node, node->name)) { described.insert(node->name); }
        }
        for (XmlNode* node = first_left; node != nullptr; node = node->next) {
            if (is_left(*node) && (name.empty() ? !is(*node, node->name) || !described.contains(node->name)
                                                : is(*node, name))) {
                kept.add(compact(*node));
                node->used = true;
            }
        }
    }

    void foreign(std::string_view prefix, std::string_view href, Kept& kept, bool declaration) override {
        if (declaration) { return; }
        for (XmlNode* node = current_->first; node != nullptr; node = node->next) {
            if (node->kind == XmlNode::Kind::element && node->href == href && !node->used) {
                kept.add(compact(*node, prefix));
                node->used = true;
            }
        }
    }

    void keep_verbatim(std::string_view name, std::string& member) override {
        if (XmlNode* node = find(name)) {
            node->used = true;
            drop_unowned(*node);
            member = schema::verbatim(*node);
        }
    }

    bool listed_enough() const {
        return diagnostics_.problems().size() >= Diagnostics::limit ||
               diagnostics_.notes().size() >= Diagnostics::limit;
    }

    void report_unknown(const XmlNode& node) {
        if (listed_enough()) { return; }
        for (std::size_t i = 0; i < node.attribute_count; ++i) {
            const XmlAttribute& attribute = node.attributes[i];
            if (!attribute.used && attribute.prefix.empty() && !listed_enough()) {
                unknown(node, path(node).append("/@").append(attribute.name),
                        fmt::format("unknown attribute '{}' in element '{}'", attribute.name, node.name));
            }
        }
        for (const XmlNode* child = node.first; child != nullptr; child = child->next) {
            if (child->kind == XmlNode::Kind::element && !child->used && child->href == node.href &&
                !listed_enough()) {
                unknown(*child, path(*child),
                        fmt::format("unknown element '{}' in element '{}'", child->name, node.name));
            }
        }
    }

    void unknown(const XmlNode& node, std::string where, std::string message) {
        Finding finding{Code::xml_invalid_schema, std::move(message), std::move(where), node.line,
                        ErrorSource::xml};
        if (options_.unknown == Unknown::reject) {
            finding.message =
                fmt::format("Extra element or attribute in line {}: {}", node.line, finding.message);
            diagnostics_.add(std::move(finding));
        } else {
            diagnostics_.add_note(std::move(finding));
        }
    }

    const ReadOptions& options_;
    Diagnostics& diagnostics_;
    XmlNode* current_ = nullptr;
    std::string buffer_;
};

} // namespace

void read_document(std::string_view text, std::string_view root, void* value, Body body,
                   const ReadOptions& options, Diagnostics& diagnostics) {
    XmlDocument document(text, {options.max_bytes, options.max_nodes}, options.document, options.source);
    if (document.root().name != root) {
        fail(ErrorSource::xml, Code::xml_error, "expecting root element of '{}', not '{}'", root,
             document.root().name);
    }
    XmlReader reader(options, diagnostics);
    reader.read(document.root(), body, value);
}

std::string read_child(std::string_view text, std::string_view parent, void* value, Body body,
                       const ReadOptions& options, Diagnostics& diagnostics) {
    XmlDocument document(text, {options.max_bytes, options.max_nodes}, options.document, options.source);
    XmlNode& child = document.root();
    XmlNode around;
    around.name = parent;
    around.href = child.href;
    around.line = child.line;
    child.parent = &around;
    around.first = around.last = &child;
    around.child_names = name_bit(child.name);
    XmlReader reader(options, diagnostics);
    reader.read(around, body, value);
    return std::string(child.name);
}

} // namespace yado::schema
