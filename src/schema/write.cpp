// SPDX-License-Identifier: Apache-2.0
#include "schema/write.h"

#include <vector>

#include "schema/compact.h"
#include "schema/shown.h"

namespace yado::schema {

namespace {

void escape_into(std::string& out, std::string_view text, bool attribute) {
    const auto is_plain = [](char c) {
        return static_cast<unsigned char>(c) >= 0x20 && c != '&' && c != '<' && c != '>' && c != '\'' &&
               c != '"';
    };
    while (!text.empty()) {
        std::size_t plain = 0;
        while (plain < text.size() && is_plain(text[plain])) { ++plain; }
        out.append(text, 0, plain);
        if (plain == text.size()) { return; }
        switch (text[plain]) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '\'': out += "&apos;"; break;
        case '"': out += "&quot;"; break;
        case '\t': out += attribute ? "&#9;" : "\t"; break;
        case '\n': out += attribute ? "&#10;" : "\n"; break;
        case '\r': out += "&#13;"; break;
        default: break;
        }
        text.remove_prefix(plain + 1);
    }
}

} // namespace

void escape(std::string& out, std::string_view text) { escape_into(out, text, true); }
void escape_text(std::string& out, std::string_view text) { escape_into(out, text, false); }

namespace {

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

/// For every element in order of its start tag: does text stand directly in it? Then its inside is not laid
/// out. Blanks are layout, unless an element has nothing else.
std::vector<bool> mixed_elements(std::string_view compact) {
    std::vector<bool> mixed;
    std::vector<std::size_t> open;
    CompactScanner scanner(compact);
    bool only_blanks = false;
    for (CompactScanner::Token last = CompactScanner::Token::end;;) {
        const CompactScanner::Token token = scanner.next();
        switch (token) {
        case CompactScanner::Token::open:
            mixed.push_back(false);
            if (!scanner.empty_element()) { open.push_back(mixed.size() - 1); }
            break;
        case CompactScanner::Token::close:
            if (!open.empty()) {
                mixed[open.back()] =
                    mixed[open.back()] || (only_blanks && last == CompactScanner::Token::text);
                open.pop_back();
            }
            break;
        case CompactScanner::Token::text:
            only_blanks = is_blank(scanner.content()) && last == CompactScanner::Token::open;
            if (!open.empty() && !is_blank(scanner.content())) { mixed[open.back()] = true; }
            break;
        case CompactScanner::Token::comment: break;
        case CompactScanner::Token::end: return mixed;
        }
        last = token;
    }
}

} // namespace

void write_compact(std::string& out, std::string_view compact, int depth) {
    const std::vector<bool> mixed = mixed_elements(compact);
    CompactScanner scanner(compact);
    std::size_t element = 0;
    int level = depth;
    int inline_from = -1; // level of the outermost open element with text in it
    const auto laid_out = [&] { return inline_from < 0; };
    const auto begin = [&] {
        if (laid_out()) { out.append(static_cast<std::size_t>(level) * 2, ' '); }
    };
    const auto end = [&] {
        if (laid_out()) { out += '\n'; }
    };
    for (;;) {
        switch (scanner.next()) {
        case CompactScanner::Token::open: {
            begin();
            out.append("<").append(scanner.name()).append(scanner.attribute_text());
            const bool has_text = mixed[element++];
            if (scanner.empty_element()) {
                out += "/>";
                end();
                break;
            }
            out += '>';
            if (has_text && laid_out()) { inline_from = level; }
            end();
            ++level;
            break;
        }
        case CompactScanner::Token::close:
            --level;
            begin();
            out.append("</").append(scanner.name()).append(">");
            if (inline_from == level) { inline_from = -1; }
            end();
            break;
        case CompactScanner::Token::text:
            if (!laid_out() || !is_blank(scanner.content())) { out += scanner.content(); }
            break;
        case CompactScanner::Token::comment:
            begin();
            out += scanner.content();
            end();
            break;
        case CompactScanner::Token::end: return;
        }
    }
}

namespace {

class XmlWriter final : public Io {
  public:
    XmlWriter(std::string& out, View view, int depth) : out_(out), view_(view), depth_(depth) {}

    void element(std::string_view name, Body body, void* value, bool keep_empty, const Rule& rule = {}) {
        const std::size_t before = out_.size();
        // Only an unfinished start tag of the parent changes when a child turns out empty.
        const bool parent_was_open = tag_open_;
        finish_tag();
        const std::size_t start = out_.size();
        indent();
        out_.append("<").append(name);
        tag_open_ = true;
        has_text_ = false;
        const std::size_t bare = out_.size();
        ++depth_;
        body(*this, value);
        --depth_;
        if (tag_open_) {
            if (out_.size() == bare && !keep_empty) {
                out_.resize(parent_was_open ? before : start);
                tag_open_ = parent_was_open;
                return;
            }
            if (rule.expand_empty) {
                out_ += ">\n";
                indent();
                out_.append("</").append(name).append(">\n");
            } else {
                out_ += "/>\n";
            }
        } else {
            if (!has_text_) { indent(); }
            out_.append("</").append(name).append(">\n");
        }
        tag_open_ = false;
        has_text_ = false;
    }

  private:
    void indent() { out_.append(static_cast<std::size_t>(depth_) * 2, ' '); }
    void finish_tag() {
        if (tag_open_) {
            out_ += ">\n";
            tag_open_ = false;
        }
    }
    void print(const Codec& codec, const void* slot, bool attribute = false) {
        if (codec.kind != Kind::text) {
            codec.print(slot, out_);
            return;
        }
        buffer_.clear();
        codec.print(slot, buffer_);
        escape_into(out_, buffer_, attribute);
    }
    /// Finishes a start tag whose text is `slot`, then the text: sizes have their unit in the tag.
    void tag_end_and_text(const Codec& codec, const void* slot) {
        if (codec.kind != Kind::size) {
            out_ += '>';
            print(codec, slot);
            return;
        }
        buffer_.clear();
        codec.print(slot, buffer_);
        const std::size_t blank = std::min(buffer_.find(' '), buffer_.size());
        const std::string_view unit =
            blank < buffer_.size() ? std::string_view(buffer_).substr(blank + 1) : codec.unit;
        out_.append(" unit='").append(unit).append("'>").append(buffer_, 0, blank);
    }
    void leaf(Place place, std::string_view name, void* slot, const Codec& codec, const Rule& rule) override {
        if (!shown(view_, place, rule, codec, slot)) { return; }
        switch (place) {
        case Place::attribute:
            out_.append(" ").append(name).append("='");
            print(codec, slot, true);
            out_ += '\'';
            return;
        case Place::text:
            if (!tag_open_) { // behind children that are carried along; readers drop the blanks around it
                indent();
                print(codec, slot);
                out_ += '\n';
                return;
            }
            tag_end_and_text(codec, slot);
            tag_open_ = false;
            has_text_ = true;
            return;
        case Place::element:
            finish_tag();
            indent();
            out_.append("<").append(name);
            tag_end_and_text(codec, slot);
            out_.append("</").append(name).append(">\n");
            return;
        case Place::flag:
            if (*static_cast<const bool*>(slot)) {
                finish_tag();
                indent();
                out_.append("<").append(name).append("/>\n");
            }
            return;
        }
    }

    void elements(std::string_view name, void* slot, const Elements& type, const Rule& rule) override {
        if (hidden(view_, rule)) { return; }
        const std::size_t count = type.count(slot);
        for (std::size_t i = 0; i < count; ++i) {
            element(name, type.body, type.at(slot, i), type.plain ? kept_empty(rule) : !rule.drop_empty,
                    rule);
        }
    }

    void inside(std::string_view name, Inner body, const Rule& rule) override {
        if (!hidden(view_, rule)) {
            element(name, [](Io&, void* inner) { (*static_cast<Inner*>(inner))(); }, &body, kept_empty(rule));
        }
    }

    void one_of(std::string_view tag, void* slot, const Union& type, const Rule& rule) override {
        if (hidden(view_, rule)) { return; }
        const std::string_view word = selected_word(type, slot);
        if (!word.empty()) {
            escape(out_.append(" ").append(tag).append("='"), word);
            out_ += '\'';
        }
    }

    void keep(std::string_view name, Kept& kept) override {
        for (const std::string& part : kept.parts()) {
            if (Kept::is_attribute(part)) {
                const std::size_t equals = part.find('=');
                out_.append(" ").append(part, 1, equals).append("'").append(part, equals + 1).append("'");
            } else if (name.empty() || Kept::name(part) == name) {
                finish_tag();
                write_compact(out_, part, depth_);
            }
        }
    }

    void foreign(std::string_view prefix, std::string_view href, Kept& kept, bool declaration) override {
        if (kept.empty()) { return; }
        if (declaration) {
            out_.append(" xmlns:").append(prefix).append("='").append(href).append("'");
        } else {
            keep({}, kept);
        }
    }

    void keep_verbatim(std::string_view, std::string& member) override {
        if (!member.empty()) {
            finish_tag();
            write_compact(out_, member, depth_);
        }
    }

    std::string& out_;
    View view_;
    int depth_;
    bool tag_open_ = false; ///< "<name a='b'" is written, its ">" is not
    bool has_text_ = false;
    std::string buffer_;
};

} // namespace

void write_document(std::string& out, std::string_view root, const void* value, Body body, View view,
                    int depth) {
    XmlWriter writer(out, view, depth);
    // describe() takes a mutable value for the walkers that read; this one only looks.
    writer.element(root, body, const_cast<void*>(value), true);
}

} // namespace yado::schema
