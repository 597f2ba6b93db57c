// SPDX-License-Identifier: Apache-2.0
#include "cli/line_editor.h"

#include "base/files.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cwchar>
#include <histedit.h>
#include <unistd.h>

namespace yado::cli {

struct LineEditor::State {
    std::string prompt;
    Offers offers;
    Idle idle;
    std::string history_file;
    EditLine* editor = nullptr;
    History* history = nullptr;
    bool dropped = false; ///< ^C was typed
};

namespace {

constexpr int history_lines = 500;

using State = LineEditor::State;

State& state_of(EditLine* editor) {
    void* data = nullptr;
    el_get(editor, EL_CLIENTDATA, &data);
    return *static_cast<State*>(data);
}

char* prompt_of(EditLine* editor) { return state_of(editor).prompt.data(); }

/// Answers 1 with a character, 0 at the end, -1 on an error, as the library wants it.
int read_character(EditLine* editor, wchar_t* character) {
    std::mbstate_t state{};
    for (;;) {
        state_of(editor).idle();
        char byte = 0;
        const ssize_t size = ::read(STDIN_FILENO, &byte, 1);
        if (size < 0 && errno == EINTR) continue;
        if (size <= 0) return static_cast<int>(size);
        switch (std::mbrtowc(character, &byte, 1, &state)) {
        case static_cast<std::size_t>(-2): continue; // more bytes to come
        case static_cast<std::size_t>(-1): *character = L'?'; return 1;
        default: return 1;
        }
    }
}

std::string shared_start(const std::vector<std::string>& words) {
    std::string start = words.front();
    for (const std::string& word : words) {
        const auto differs = std::ranges::mismatch(start, word);
        start.erase(differs.in1, start.end());
    }
    return start;
}

unsigned char complete(EditLine* editor, int) {
    const LineInfo* info = el_line(editor);
    const std::string line(info->buffer, info->cursor);
    const std::vector<std::string> offers = state_of(editor).offers(line);
    if (offers.empty()) return CC_ERROR;
    const auto blank = line.find_last_of(" ;");
    const std::string begun = blank == std::string::npos ? line : line.substr(blank + 1);
    std::string more = shared_start(offers);
    more = more.starts_with(begun) ? more.substr(begun.size()) : std::string();
    if (offers.size() == 1) more += ' ';
    if (!more.empty()) {
        el_insertstr(editor, more.c_str());
        return CC_REFRESH;
    }
    std::fputs("\n", stdout);
    for (const std::string& offer : offers) std::fprintf(stdout, "%s  ", offer.c_str());
    std::fputs("\n", stdout);
    return CC_REDISPLAY;
}

/// ^C: ends the line that is being written, to be thrown away.
unsigned char drop_line(EditLine* editor, int) {
    state_of(editor).dropped = true;
    std::fputs("^C\n", stdout);
    return CC_NEWLINE;
}

std::string history_path() {
    std::string directory;
    if (const char* cache = std::getenv("XDG_CACHE_HOME"); cache != nullptr && *cache != '\0')
        directory = cache;
    else if (const char* home = std::getenv("HOME"); home != nullptr)
        directory = std::string(home) + "/.cache";
    if (directory.empty()) return {};
    try {
        make_directories(directory + "/yado", 0700);
    } catch (const std::exception&) { // a home that cannot be written to: no history, that is all
        return {};
    }
    return directory + "/yado/history";
}

} // namespace

LineEditor::LineEditor(std::string prompt, Offers offers, Idle idle) : state_(std::make_unique<State>()) {
    State& state = *state_;
    state.prompt = std::move(prompt);
    state.offers = std::move(offers);
    state.idle = std::move(idle);
    state.history_file = history_path();
    state.editor = el_init("yado", stdin, stdout, stderr);
    state.history = history_init();
    HistEvent event{};
    history(state.history, &event, H_SETSIZE, history_lines);
    history(state.history, &event, H_SETUNIQUE, 1);
    if (!state.history_file.empty()) history(state.history, &event, H_LOAD, state.history_file.c_str());
    el_set(state.editor, EL_CLIENTDATA, &state);
    el_set(state.editor, EL_PROMPT, &prompt_of);
    el_set(state.editor, EL_GETCFN, &read_character);
    el_set(state.editor, EL_EDITOR, "emacs");
    el_set(state.editor, EL_SIGNAL, 1); // it puts the terminal right when a signal ends the program
    el_set(state.editor, EL_HIST, &::history, state.history);
    el_set(state.editor, EL_ADDFN, "complete", "complete the word", &complete);
    el_set(state.editor, EL_BIND, "^I", "complete", nullptr);
    // ^C as a key: a signal would end the program, and with it the connection
    el_set(state.editor, EL_SETTY, "-d", "-isig", nullptr);
    el_set(state.editor, EL_ADDFN, "drop-line", "throw the line away", &drop_line);
    el_set(state.editor, EL_BIND, "^C", "drop-line", nullptr);
    el_source(state.editor, nullptr);
}

LineEditor::~LineEditor() {
    history_end(state_->history);
    el_end(state_->editor);
}

std::optional<std::string> LineEditor::read() {
    int size = 0;
    state_->dropped = false;
    const char* text = el_gets(state_->editor, &size);
    if (state_->dropped) return std::string();
    if (text == nullptr || size <= 0) return std::nullopt;
    std::string line(text, static_cast<std::size_t>(size));
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
    if (line.find_first_not_of(" \t") != std::string::npos) {
        HistEvent event{};
        history(state_->history, &event, H_ENTER, line.c_str());
        if (!state_->history_file.empty()) // at once: the command may end the program
            history(state_->history, &event, H_SAVE, state_->history_file.c_str());
    }
    return line;
}

} // namespace yado::cli
