// SPDX-License-Identifier: Apache-2.0
// The log. Levels, filters and outputs follow libvirtd.conf and can change at run time (the admin interface
// does). A category is the part of the daemon that speaks, dotted: "rpc", "qemu.monitor"; filters match it.
#pragma once

#include <atomic>
#include <fmt/format.h>
#include <string>
#include <string_view>

namespace yado {

enum class LogLevel : int { debug = 1, info = 2, warning = 3, error = 4 };

struct LogSettings {
    LogLevel level = LogLevel::warning;
    /// "LEVEL:MATCH …": the first MATCH found in a category decides its level. A leading '+' is accepted,
    /// ignored.
    std::string filters;
    /// "LEVEL:stderr", "LEVEL:journald", "LEVEL:syslog:NAME", "LEVEL:file:PATH", space separated.
    /// Empty: the journal when systemd started us, else stderr.
    std::string outputs;
};

/// Puts the settings into effect, all or none. Throws invalid_arg naming the bad item in libvirt's words, or
/// system_error when a log file cannot be opened. May be called on any thread.
void configure_log(const LogSettings& settings);

/// What is in effect, in normal form: filters as "3:*qemu*", outputs always spelled out.
LogSettings log_settings();

namespace detail {
extern std::atomic<int> log_floor; // no category emits anything below this level
void log_write(LogLevel level, std::string_view category, fmt::string_view text,
               fmt::format_args args) noexcept;
} // namespace detail

/// False when nothing of this level can come out; true does not promise that it will.
inline bool log_wanted(LogLevel level) {
    return static_cast<int>(level) >= detail::log_floor.load(std::memory_order_relaxed);
}

// None of these throws. Control characters in the message come out escaped.
template <class... Args>
void log_debug(std::string_view category, fmt::format_string<Args...> text, Args&&... args) noexcept {
    if (log_wanted(LogLevel::debug))
        detail::log_write(LogLevel::debug, category, text, fmt::make_format_args(args...));
}
template <class... Args>
void log_info(std::string_view category, fmt::format_string<Args...> text, Args&&... args) noexcept {
    if (log_wanted(LogLevel::info))
        detail::log_write(LogLevel::info, category, text, fmt::make_format_args(args...));
}
template <class... Args>
void log_warning(std::string_view category, fmt::format_string<Args...> text, Args&&... args) noexcept {
    if (log_wanted(LogLevel::warning))
        detail::log_write(LogLevel::warning, category, text, fmt::make_format_args(args...));
}
template <class... Args>
void log_error(std::string_view category, fmt::format_string<Args...> text, Args&&... args) noexcept {
    if (log_wanted(LogLevel::error))
        detail::log_write(LogLevel::error, category, text, fmt::make_format_args(args...));
}

} // namespace yado
