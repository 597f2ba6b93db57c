// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/parser.h"

#include "base/error.h"
#include "base/text.h"

namespace yado::daemon {
namespace {

constexpr std::size_t list_max = 10'000;

bool begins_key(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Parser {
  public:
    Parser(std::string_view text, std::string_view file) : text_(text), file_(file) {}

    std::vector<ConfigEntry> entries() {
        std::vector<ConfigEntry> found;
        for (skip_lines(); !at_end(); skip_lines()) found.push_back(entry());
        return found;
    }

  private:
    [[noreturn]] void wrong(std::string_view what) const {
        fail(ErrorSource::conf, Code::conf_syntax, "{}:{}: {}", file_, line_, what);
    }
    bool at_end() const { return position_ >= text_.size(); }
    char peek() const { return at_end() ? '\0' : text_[position_]; }
    void advance() {
        if (text_[position_] == '\n') ++line_;
        ++position_;
    }
    void skip_blanks() {
        while (!at_end() && (peek() == ' ' || peek() == '\t' || peek() == '\r')) advance();
    }
    void skip_comment() {
        while (!at_end() && peek() != '\n') advance();
    }
    void skip_lines() { // blanks, comments, ends of lines
        for (;;) {
            skip_blanks();
            if (peek() == '#') {
                skip_comment();
            } else if (!at_end() && (peek() == '\n' || peek() == ';')) {
                advance();
            } else {
                return;
            }
        }
    }

    ConfigEntry entry() {
        ConfigEntry result;
        result.line = line_;
        if (!begins_key(peek())) wrong("expecting a name");
        const std::size_t start = position_;
        while (!at_end() && (begins_key(peek()) || is_digit(peek()) || peek() == '-' || peek() == '.'))
            advance();
        result.key = std::string(text_.substr(start, position_ - start));
        skip_blanks();
        if (peek() != '=') wrong("expecting an assignment");
        advance();
        skip_blanks();
        result.value = value();
        skip_blanks();
        if (peek() == '#') skip_comment();
        if (!at_end() && peek() != '\n' && peek() != ';') wrong("expecting a separator");
        return result;
    }

    ConfigValue value() {
        if (peek() == '"' || peek() == '\'') return text();
        if (peek() == '[') return list();
        if (peek() == '-' || peek() == '+' || is_digit(peek())) return number();
        wrong("expecting a value");
    }

    std::string text() {
        if (text_.substr(position_, 3) == "\"\"\"") return long_text();
        const char quote = peek();
        advance();
        const std::size_t start = position_;
        while (!at_end() && peek() != quote && peek() != '\n') advance();
        if (peek() != quote || at_end()) wrong("unterminated string");
        const std::string result(text_.substr(start, position_ - start));
        advance();
        return result;
    }
    std::string long_text() { // """ … """ may span lines
        position_ += 3;
        const std::size_t start = position_;
        const std::size_t end = text_.find("\"\"\"", start);
        if (end == std::string_view::npos) wrong("unterminated string");
        while (position_ < end) advance();
        position_ += 3;
        return std::string(text_.substr(start, end - start));
    }

    std::vector<std::string> list() {
        advance();
        std::vector<std::string> result;
        for (;;) {
            skip_lines();
            if (at_end()) wrong("list is not closed with ]");
            if (peek() == ']') break;
            if (peek() != '"' && peek() != '\'') wrong("expecting a string in the list");
            if (result.size() == list_max) wrong("the list is too long");
            result.push_back(text());
            skip_lines();
            if (peek() == ',') {
                advance();
            } else if (peek() != ']') {
                wrong("expecting a separator in list");
            }
        }
        advance();
        return result;
    }

    std::int64_t number() {
        const bool plus = peek() == '+';
        const std::size_t start = position_ + (plus ? 1 : 0);
        advance();
        while (!at_end() && is_digit(peek())) advance();
        const auto result = parse_number<std::int64_t>(text_.substr(start, position_ - start));
        if (!result) wrong("expecting a number");
        return *result;
    }

    std::string_view text_;
    std::string_view file_;
    std::size_t position_ = 0;
    int line_ = 1;
};

} // namespace

std::vector<ConfigEntry> parse_config(std::string_view text, std::string_view file) {
    return Parser(text, file).entries();
}

} // namespace yado::daemon
