// SPDX-License-Identifier: Apache-2.0
// Words for the numbers in domain events; "unknown" for numbers without one.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace yado::cli::event_words {

using Words = std::span<const std::string_view>;

template <std::size_t N> constexpr std::string_view word(const std::array<std::string_view, N>& words,
                                                         std::int64_t at) {
    return at < 0 || static_cast<std::size_t>(at) >= N ? std::string_view("unknown")
                                                       : words[static_cast<std::size_t>(at)];
}
constexpr std::string_view word(Words words, std::int64_t at) {
    return at < 0 || static_cast<std::size_t>(at) >= words.size() ? std::string_view("unknown")
                                                                  : words[static_cast<std::size_t>(at)];
}

inline constexpr std::array<std::string_view, 9> lifecycle{"Defined",   "Undefined",   "Started",
                                                           "Suspended", "Resumed",     "Stopped",
                                                           "Shutdown",  "PMSuspended", "Crashed"};
inline constexpr std::array<std::string_view, 4> defined{"Added", "Updated", "Renamed", "Snapshot"};
inline constexpr std::array<std::string_view, 2> undefined{"Removed", "Renamed"};
inline constexpr std::array<std::string_view, 5> started{"Booted", "Migrated", "Restored", "Snapshot",
                                                         "Event wakeup"};
inline constexpr std::array<std::string_view, 9> suspended{"Paused",    "Migrated",  "I/O Error",
                                                           "Watchdog",  "Restored",  "Snapshot",
                                                           "API error", "Post-copy", "Post-copy Error"};
inline constexpr std::array<std::string_view, 5> resumed{"Unpaused", "Migrated", "Snapshot", "Post-copy",
                                                         "Post-copy Error"};
inline constexpr std::array<std::string_view, 7> stopped{"Shutdown", "Destroyed", "Crashed", "Migrated",
                                                         "Saved",    "Failed",    "Snapshot"};
inline constexpr std::array<std::string_view, 3> shutdown{"Finished", "Finished after guest request",
                                                          "Finished after host request"};
inline constexpr std::array<std::string_view, 2> pmsuspended{"Memory", "Disk"};
inline constexpr std::array<std::string_view, 2> crashed{"Panicked", "Crashloaded"};
/// By DomainEventType.
inline constexpr std::array<Words, 9> lifecycle_details{defined, undefined, started,     suspended, resumed,
                                                        stopped, shutdown,  pmsuspended, crashed};

inline constexpr std::array<std::string_view, 7> watchdog{"none",     "pause", "reset",     "poweroff",
                                                          "shutdown", "debug", "inject-nmi"};
inline constexpr std::array<std::string_view, 3> io_error{"none", "pause", "report"};
inline constexpr std::array<std::string_view, 3> graphics_phase{"connect", "initialize", "disconnect"};
inline constexpr std::array<std::string_view, 3> graphics_family{"IPv4", "IPv6", "unix"};
inline constexpr std::array<std::string_view, 6> block_job{
    "Unknown job", "Block Pull", "Block Copy", "Block Commit", "Active Block Commit", "Backup"};
inline constexpr std::array<std::string_view, 4> block_job_status{"completed", "failed", "canceled", "ready"};
inline constexpr std::array<std::string_view, 2> disk_change{"changed", "dropped"};
inline constexpr std::array<std::string_view, 2> tray{"opened", "closed"};
inline constexpr std::array<std::string_view, 3> agent_state{"unknown", "connected", "disconnected"};
inline constexpr std::array<std::string_view, 3> agent_reason{"unknown", "domain started", "channel event"};
inline constexpr std::array<std::string_view, 3> metadata{"description", "title", "element"};
inline constexpr std::array<std::string_view, 2> memory_failure_recipient{"hypervisor", "guest"};
inline constexpr std::array<std::string_view, 4> memory_failure_action{"ignore", "inject", "fatal", "reset"};

} // namespace yado::cli::event_words
