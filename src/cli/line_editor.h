// SPDX-License-Identifier: Apache-2.0
// A line from the terminal, with editing, history and completion.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace yado::cli {

class LineEditor {
  public:
    /// Given the line up to the cursor, answers the words that its last word can become.
    using Offers = std::function<std::vector<std::string>(const std::string& line)>;

    /// Called before input is read; returns when there is some.
    using Idle = std::function<void()>;

    /// History is read from and kept in $XDG_CACHE_HOME/yado/history.
    LineEditor(std::string prompt, Offers offers, Idle idle);
    ~LineEditor();
    LineEditor(const LineEditor&) = delete;
    LineEditor& operator=(const LineEditor&) = delete;

    /// The next line without its end; nothing at the end of the input. ^C gives an empty line.
    std::optional<std::string> read();

    struct State; ///< public for the library's callbacks

  private:
    std::unique_ptr<State> state_;
};

} // namespace yado::cli
