// SPDX-License-Identifier: Apache-2.0
// States of a domain and why it is in them. Numbers are libvirt's (virDomainState and the reason enumeration
// of each state), as they travel to clients and stand in status files.
#pragma once

#include <cstdint>
#include <string_view>

namespace yado::guest {

enum class State : std::uint8_t {
    no_state,
    running,
    blocked,
    paused,
    shutting_down,
    shut_off,
    crashed,
    pm_suspended
};

/// A state with its reason; the reason's meaning depends on the state.
struct Condition {
    State state = State::shut_off;
    std::uint8_t reason = 0;
    friend bool operator==(const Condition&, const Condition&) = default;
};

namespace running { // virDomainRunningReason
inline constexpr Condition unknown{State::running, 0}, booted{State::running, 1}, unpaused{State::running, 5},
    restored{State::running, 3}, save_canceled{State::running, 7}, woken{State::running, 8},
    after_crash{State::running, 9}, from_snapshot{State::running, 4};
}
namespace paused { // virDomainPausedReason
inline constexpr Condition unknown{State::paused, 0}, by_user{State::paused, 1}, migration{State::paused, 2},
    saving{State::paused, 3}, dumping{State::paused, 4}, io_error{State::paused, 5},
    watchdog{State::paused, 6}, shutting_down{State::paused, 8}, crashed{State::paused, 10},
    starting_up{State::paused, 11}, snapshot{State::paused, 9}, from_snapshot{State::paused, 7};
}
namespace shutting_down {
inline constexpr Condition unknown{State::shutting_down, 0}, by_user{State::shutting_down, 1};
}
namespace shut_off { // virDomainShutoffReason
inline constexpr Condition unknown{State::shut_off, 0}, shutdown{State::shut_off, 1},
    destroyed{State::shut_off, 2}, crashed{State::shut_off, 3}, saved{State::shut_off, 5},
    failed{State::shut_off, 6}, from_snapshot{State::shut_off, 7}, daemon{State::shut_off, 8};
}
namespace crashed {
inline constexpr Condition panicked{State::crashed, 1};
}
namespace pm_suspended {
inline constexpr Condition unknown{State::pm_suspended, 0};
}

/// As libvirt's status files spell them: "running", "paused", "shutdown", "shutoff", …
std::string_view state_word(State state);
/// "booted", "user", …; "unknown" for what has no word.
std::string_view reason_word(Condition condition);
/// The inverse of the two above; unknown words give no_state and reason 0.
Condition condition_from_words(std::string_view state, std::string_view reason);

} // namespace yado::guest
