// SPDX-License-Identifier: Apache-2.0
#include "schema/compact.h"

#include <array>

namespace yado::schema {

CompactScanner::Token CompactScanner::next() {
    if (position_ >= text_.size()) { return Token::end; }
    const std::string_view rest = text_.substr(position_);
    if (rest.front() != '<') {
        content_ = rest.substr(0, rest.find('<'));
        position_ += content_.size();
        return Token::text;
    }
    constexpr std::string_view cdata = "<![CDATA[", comment = "<!--";
    if (rest.starts_with(cdata) || rest.starts_with(comment)) {
        const bool is_comment = rest.starts_with(comment);
        const std::size_t last =
            rest.find(is_comment ? "-->" : "]]>", is_comment ? comment.size() : cdata.size());
        content_ = rest.substr(0, last == std::string_view::npos ? rest.size() : last + 3);
        position_ += content_.size();
        return is_comment ? Token::comment : Token::text;
    }
    const std::size_t end = rest.find('>'); // values hold '>' only as an entity
    if (end == std::string_view::npos) {
        position_ = text_.size();
        return Token::end;
    }
    position_ += end + 1;
    std::string_view tag = rest.substr(1, end - 1);
    const bool closing = tag.starts_with('/');
    empty_ = !closing && tag.ends_with('/');
    if (closing) { tag.remove_prefix(1); }
    if (empty_) { tag.remove_suffix(1); }
    name_ = tag.substr(0, tag.find(' '));
    attributes_ = tag.substr(name_.size());
    return closing ? Token::close : Token::open;
}

std::vector<std::pair<std::string_view, std::string_view>> CompactScanner::attributes() const {
    std::vector<std::pair<std::string_view, std::string_view>> found;
    std::string_view rest = attributes_;
    for (;;) {
        const std::size_t begin = rest.find_first_not_of(' ');
        const std::size_t equals = rest.find("='");
        if (begin == std::string_view::npos || equals == std::string_view::npos || begin > equals) {
            return found;
        }
        const std::size_t end = rest.find('\'', equals + 2);
        if (end == std::string_view::npos) { return found; }
        found.emplace_back(rest.substr(begin, equals - begin), rest.substr(equals + 2, end - equals - 2));
        rest.remove_prefix(end + 1);
    }
}

std::string unescape(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, char>, 8> entities{{{"&amp;", '&'},
                                                                                {"&lt;", '<'},
                                                                                {"&gt;", '>'},
                                                                                {"&apos;", '\''},
                                                                                {"&quot;", '"'},
                                                                                {"&#9;", '\t'},
                                                                                {"&#10;", '\n'},
                                                                                {"&#13;", '\r'}}};
    std::string out;
    while (!text.empty()) {
        const std::size_t plain = std::min(text.find('&'), text.size());
        out += text.substr(0, plain);
        text.remove_prefix(plain);
        if (text.empty()) { break; }
        bool found = false;
        for (const auto& [entity, character] : entities) {
            if (text.starts_with(entity)) {
                out += character;
                text.remove_prefix(entity.size());
                found = true;
                break;
            }
        }
        if (!found) {
            out += '&';
            text.remove_prefix(1);
        }
    }
    return out;
}

} // namespace yado::schema
