// SPDX-License-Identifier: Apache-2.0
#include "cli/shell.h"

#include "cli/completion.h"
#include "cli/failure.h"
#include "cli/line_editor.h"
#include "cli/parser.h"
#include "cli/run.h"

#include <cerrno>
#include <optional>
#include <unistd.h>

namespace yado::cli {
namespace {

constexpr std::string_view greeting = "Welcome to yado, the virtualization interactive terminal.\n\n"
                                      "Type:  'help' for help with commands\n"
                                      "       'quit' to quit\n\n";

/// The words of the command the cursor is in, the last one being completed.
std::vector<std::string> offers_for(Session& session, const std::string& line) {
    std::vector<std::string> words;
    std::string last;
    try {
        for (const Word& word : split_line(line)) {
            if (word.separator) words.clear();
            else words.push_back(word.text);
        }
    } catch (const Failure&) {
        return {}; // inside quotes
    }
    const bool new_word = line.empty() || line.back() == ' ' || line.back() == ';';
    if (!new_word && !words.empty()) {
        last = words.back();
        words.pop_back();
    }
    return completions(session, words, last);
}

/// Lines of a pipe or a file.
class PlainInput {
  public:
    std::optional<std::string> line(Session& session) {
        for (;;) {
            if (const auto end = buffer_.find('\n');
                end != std::string::npos || (ended_ && !buffer_.empty())) {
                std::string line = buffer_.substr(0, end);
                buffer_.erase(0, end == std::string::npos ? end : end + 1);
                return line;
            }
            if (ended_) return std::nullopt;
            session.idle(STDIN_FILENO);
            char bytes[4096];
            const ssize_t size = ::read(STDIN_FILENO, bytes, sizeof(bytes));
            if (size > 0) buffer_.append(bytes, static_cast<std::size_t>(size));
            else if (size == 0 || errno != EINTR) ended_ = true;
        }
    }

  private:
    std::string buffer_;
    bool ended_ = false;
};

bool plain_shell(Session& session, const std::string& prompt) {
    PlainInput input;
    for (;;) {
        session.raw(prompt);
        const auto line = input.line(session);
        if (!line) {
            session.raw("\n");
            return true;
        }
        session.raw(*line + "\n");
        run_line(session, *line);
        if (session.leaving()) return true;
    }
}

bool terminal_shell(Session& session, const std::string& prompt) {
    LineEditor editor(
        prompt, [&session](const std::string& line) { return offers_for(session, line); },
        [&session] { session.idle(STDIN_FILENO); });
    while (const auto line = editor.read()) {
        run_line(session, *line);
        if (session.leaving()) return true;
    }
    session.raw("\n");
    return true;
}

} // namespace

bool run_shell(Session& session) {
    session.settings().interactive = true;
    try {
        session.connection();
    } catch (const std::exception&) {
        report(session);
        // as virsh: with a daemon named, being without it is the end
        if (!session.settings().uri.empty()) return false;
    }
    session.say("{}", greeting);
    const std::string prompt = ::geteuid() == 0 && !session.settings().read_only ? "yado # " : "yado > ";
    return ::isatty(STDIN_FILENO) != 0 ? terminal_shell(session, prompt) : plain_shell(session, prompt);
}

} // namespace yado::cli
