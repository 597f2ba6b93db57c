// SPDX-License-Identifier: Apache-2.0
#include "schema/kept.h"

#include <algorithm>

#include "schema/compact.h"

namespace yado::schema {

const std::vector<std::string>& Kept::parts() const {
    static const std::vector<std::string> none;
    return parts_ ? *parts_ : none;
}

void Kept::for_each(const std::function<void(std::string& part)>& change) {
    if (parts_) {
        for (std::string& part : *parts_) { change(part); }
    }
}

void Kept::erase_if(const std::function<bool(const std::string& part)>& unwanted) {
    if (parts_) {
        std::erase_if(*parts_, unwanted);
        if (parts_->empty()) { parts_.reset(); }
    }
}

std::string_view Kept::name(std::string_view part) {
    if (!part.empty()) { part.remove_prefix(1); }
    return part.substr(0, part.find_first_of(" />="));
}

std::string_view Kept::element(std::string_view name) const {
    for (const std::string& part : parts()) {
        if (!is_attribute(part) && Kept::name(part) == name) { return part; }
    }
    return {};
}

std::string Kept::attribute(std::string_view name) const {
    for (const std::string& part : parts()) {
        if (is_attribute(part) && Kept::name(part) == name) {
            return unescape(std::string_view(part).substr(name.size() + 2));
        }
    }
    return {};
}

std::string attribute_of(std::string_view element, std::string_view name) {
    CompactScanner scanner(element);
    if (scanner.next() != CompactScanner::Token::open) { return {}; }
    for (const auto& [key, value] : scanner.attributes()) {
        if (key == name) { return unescape(value); }
    }
    return {};
}

std::string_view child_of(std::string_view element, std::string_view name) {
    CompactScanner scanner(element);
    int depth = 0;
    std::size_t begin = 0;
    bool inside = false;
    for (;;) {
        const std::size_t at = scanner.position();
        switch (scanner.next()) {
        case CompactScanner::Token::open:
            if (depth == 1 && !inside && scanner.name() == name) {
                begin = at;
                inside = true;
            }
            ++depth;
            if (!scanner.empty_element()) { break; }
            [[fallthrough]];
        case CompactScanner::Token::close:
            --depth;
            if (depth == 1 && inside) { return element.substr(begin, scanner.position() - begin); }
            break;
        case CompactScanner::Token::text:
        case CompactScanner::Token::comment: break;
        case CompactScanner::Token::end: return {};
        }
    }
}

} // namespace yado::schema
