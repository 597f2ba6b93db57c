// SPDX-License-Identifier: Apache-2.0
// Walks over compact XML, the text Kept holds: our own output, so a scanner of a page is enough. It never
// reads past the text, whatever that is.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yado::schema {

class CompactScanner {
  public:
    enum class Token { open, close, text, comment, end };

    explicit CompactScanner(std::string_view text) : text_(text) {}

    /// An element that is closed in place gives one `open` with empty_element().
    Token next();
    std::size_t position() const { return position_; }
    /// Of the element opened or closed last.
    std::string_view name() const { return name_; }
    bool empty_element() const { return empty_; }
    /// The open tag between name and end, as written: " a='1' b='2'".
    std::string_view attribute_text() const { return attributes_; }
    /// Names and escaped values.
    std::vector<std::pair<std::string_view, std::string_view>> attributes() const;
    /// Of a text (CDATA sections included) or comment, as written.
    std::string_view content() const { return content_; }

  private:
    std::string_view text_;
    std::size_t position_ = 0;
    std::string_view name_, attributes_, content_;
    bool empty_ = false;
};

/// The entities and numbers escape() writes, back to characters.
std::string unescape(std::string_view text);

} // namespace yado::schema
