// SPDX-License-Identifier: Apache-2.0
#include "guest/states.h"

#include <algorithm>
#include <array>
#include <span>

namespace yado::guest {
namespace {

using Words = std::span<const std::string_view>;

// Reasons of each state in the order of their numbers, words as in status files of libvirt 9.0.
constexpr std::string_view none[] = {"unknown"};
constexpr std::string_view running_words[] = {
    "unknown",       "booted", "migrated", "restored",  "from snapshot",   "unpaused", "migration canceled",
    "save canceled", "wakeup", "crashed",  "post-copy", "post-copy failed"};
constexpr std::string_view paused_words[] = {
    "unknown",       "user",     "migration", "save",     "dump",        "ioerror",   "watchdog",
    "from snapshot", "shutdown", "snapshot",  "panicked", "starting up", "post-copy", "post-copy failed",
    "api error"};
constexpr std::string_view shutting_down_words[] = {"unknown", "user"};
constexpr std::string_view shut_off_words[] = {"unknown", "shutdown", "destroyed",     "crashed", "migrated",
                                               "saved",   "failed",   "from snapshot", "daemon"};
constexpr std::string_view crashed_words[] = {"unknown", "panicked"};

struct StateRow {
    std::string_view word;
    Words reasons;
};
constexpr std::array<StateRow, 8> states{{{"nostate", none},
                                          {"running", running_words},
                                          {"blocked", none},
                                          {"paused", paused_words},
                                          {"shutdown", shutting_down_words},
                                          {"shutoff", shut_off_words},
                                          {"crashed", crashed_words},
                                          {"pmsuspended", none}}};

} // namespace

std::string_view state_word(State state) { return states[static_cast<std::size_t>(state)].word; }

std::string_view reason_word(Condition condition) {
    const Words words = states[static_cast<std::size_t>(condition.state)].reasons;
    return condition.reason < words.size() ? words[condition.reason] : words[0];
}

Condition condition_from_words(std::string_view state, std::string_view reason) {
    const auto row = std::ranges::find(states, state, &StateRow::word);
    if (row == states.end()) return {State::no_state, 0};
    const auto word = std::ranges::find(row->reasons, reason);
    const auto number = word == row->reasons.end() ? 0 : word - row->reasons.begin();
    return {static_cast<State>(row - states.begin()), static_cast<std::uint8_t>(number)};
}

} // namespace yado::guest
