// SPDX-License-Identifier: Apache-2.0
// From what the user wrote to commands with their arguments: splitting a line into words as a shell does,
// several commands by ';', sorting words to options. All of a line is read before any of it runs.
#pragma once

#include "cli/arguments.h"

#include <string>
#include <string_view>
#include <vector>

namespace yado::cli {

struct Word {
    std::string text;
    bool separator = false; ///< an unquoted ';'
};
/// Quotes ' and ", backslashes, comments from an unquoted '#'. Throws Failure on an open quote.
std::vector<Word> split_line(std::string_view line);

class Parser {
  public:
    /// The commands of a line; words of the process's command line come as one command. Throws Failure.
    static std::vector<Arguments> parse(const std::vector<Word>& words);

  private:
    explicit Parser(const Command& command) : arguments_(command) {}
    static Arguments parse_one(const std::vector<Word>& words);
    void read(const std::vector<Word>& words);
    void named(std::string_view name, const std::string* attached, const std::vector<Word>& words,
               std::size_t& at);
    void placed(const std::string& value);
    void store(const Option& option, std::string value);
    const Option* find(std::string_view name) const;
    void check_complete() const;

    Arguments arguments_;
    bool help_ = false;
};

} // namespace yado::cli
