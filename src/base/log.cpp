// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"

#include "base/error.h"
#include "base/text.h"
#include "base/unique_fd.h"

#include <algorithm>
#include <climits>
#include <cstdlib>
#include <fcntl.h>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include <spdlog/details/log_msg.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/sinks/syslog_sink.h>
#include <spdlog/sinks/systemd_sink.h>

namespace yado {
namespace {

constexpr std::size_t most_items = 1000; // filters or outputs; they are looked through for every message
constexpr std::string_view priorities = "1234";

struct Filter {
    LogLevel level;
    std::string pattern; // with the stars
};

struct Output {
    LogLevel level;
    std::string text; // normal form
    std::shared_ptr<spdlog::sinks::sink> sink;
};

struct Configuration {
    LogLevel level = LogLevel::warning;
    std::vector<Filter> filters;
    std::vector<Output> outputs;

    LogLevel level_of(const std::string& category) const {
        for (const Filter& filter : filters)
            if (matches_glob(filter.pattern, category)) return filter.level;
        return level;
    }
    int floor() const {
        LogLevel lowest = level;
        for (const Filter& filter : filters) lowest = std::min(lowest, filter.level);
        LogLevel output = LogLevel::error;
        for (const Output& one : outputs) output = std::min(output, one.level);
        return static_cast<int>(std::max(lowest, output));
    }
};

std::optional<LogLevel> parse_level(std::string_view text) {
    if (text.size() != 1 || priorities.find(text.front()) == std::string_view::npos) return std::nullopt;
    return static_cast<LogLevel>(text.front() - '0');
}

std::vector<Filter> parse_filters(std::string_view text) {
    std::vector<Filter> filters;
    for (const std::string_view item : split_words(text)) {
        const auto colon = item.find(':');
        if (colon == std::string_view::npos)
            fail(Code::invalid_arg, "Malformed format for filter '{}'", printable(item));
        std::string_view priority = item.substr(0, colon);
        const std::string_view match = item.substr(colon + 1);
        if (priority.starts_with('+')) priority.remove_prefix(1); // once asked for stack traces
        const auto level = parse_level(priority);
        if (!level)
            fail(Code::invalid_arg, "Invalid priority '{}' for filter '{}'", printable(priority),
                 printable(item));
        if (match.empty()) fail(Code::invalid_arg, "Invalid match string '{}'", match);
        if (filters.size() == most_items) fail(Code::invalid_arg, "more than {} log filters", most_items);
        // What the getter says can be given back to the setter: stars there are kept, not doubled.
        filters.push_back({*level, fmt::format("{}{}{}", match.front() == '*' ? "" : "*", match,
                                               match.size() > 1 && match.back() == '*' ? "" : "*")});
    }
    return filters;
}

std::shared_ptr<spdlog::sinks::sink> with_pattern(std::shared_ptr<spdlog::sinks::sink> sink) {
    sink->set_formatter(std::make_unique<spdlog::pattern_formatter>("%Y-%m-%d %T.%e+0000: %t: %l : %n : %v",
                                                                    spdlog::pattern_time_type::utc));
    return sink;
}

std::string absolute(std::string_view path) {
    if (path.starts_with('/')) return std::string(path);
    char here[PATH_MAX];
    if (!::getcwd(here, sizeof here)) fail_errno("cannot get the working directory");
    return fmt::format("{}/{}", std::string_view(here) == "/" ? "" : here, path);
}

std::shared_ptr<spdlog::sinks::sink> open_log_file(const std::string& path) {
    // Created here rather than by the library: it would make missing directories and leave the mode to the
    // umask.
    const UniqueFd fd(::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600));
    if (!fd) fail_errno("failed to open {}", path);
    try {
        return with_pattern(std::make_shared<spdlog::sinks::basic_file_sink_mt>(path));
    } catch (const spdlog::spdlog_ex& error) {
        fail(Code::system_error, "failed to open {}: {}", path, error.what());
    }
}

Output parse_output(std::string_view item) {
    const auto first = item.find(':');
    const auto level = parse_level(item.substr(0, first));
    if (first == std::string_view::npos)
        fail(Code::invalid_arg, "Malformed format for log output '{}'", printable(item));
    if (!level)
        fail(Code::invalid_arg, "Invalid log priority '{}' for log output '{}'",
             printable(item.substr(0, first)), printable(item));
    const std::string_view rest = item.substr(first + 1);
    const auto second = rest.find(':');
    const std::string_view kind = rest.substr(0, second);
    const std::string_view parameter =
        second == std::string_view::npos ? std::string_view() : rest.substr(second + 1);
    const auto digit = static_cast<int>(*level);

    const bool needs_parameter = kind == "file" || kind == "syslog";
    if (!needs_parameter && kind != "stderr" && kind != "journald")
        fail(Code::invalid_arg, "Invalid log destination '{}' for log output '{}'", printable(kind),
             printable(item));
    if (needs_parameter == parameter.empty() || (!needs_parameter && second != std::string_view::npos))
        fail(Code::invalid_arg,
             "Log output '{}' does not meet the format requirements for destination type '{}'",
             printable(item), kind);

    if (kind == "stderr")
        return {*level, fmt::format("{}:stderr", digit),
                with_pattern(std::make_shared<spdlog::sinks::stderr_sink_mt>())};
    if (kind == "journald")
        return {*level, fmt::format("{}:journald", digit),
                std::make_shared<spdlog::sinks::systemd_sink_mt>("yadod")};
    if (kind == "syslog")
        return {*level, fmt::format("{}:syslog:{}", digit, parameter),
                std::make_shared<spdlog::sinks::syslog_sink_mt>(std::string(parameter), LOG_PID, LOG_DAEMON,
                                                                false)};
    const std::string path = absolute(parameter);
    return {*level, fmt::format("{}:file:{}", digit, path), open_log_file(path)};
}

std::vector<Output> parse_outputs(std::string_view text, LogLevel level) {
    std::vector<Output> outputs;
    for (const std::string_view item : split_words(text)) {
        if (outputs.size() == most_items) fail(Code::invalid_arg, "more than {} log outputs", most_items);
        outputs.push_back(parse_output(item));
    }
    if (outputs.empty()) {
        const bool systemd = std::getenv("JOURNAL_STREAM") || std::getenv("INVOCATION_ID");
        outputs.push_back(
            parse_output(fmt::format("{}:{}", static_cast<int>(level), systemd ? "journald" : "stderr")));
    }
    return outputs;
}

// Never destroyed: threads may log while the process ends.
struct Current {
    std::mutex mutex;
    std::shared_ptr<const Configuration> configuration;
};
Current& current() {
    static Current* const one = new Current;
    return *one;
}

std::shared_ptr<const Configuration> configuration_now() {
    Current& now = current();
    const std::lock_guard lock(now.mutex);
    if (!now.configuration) {
        auto initial = std::make_shared<Configuration>();
        initial->outputs = parse_outputs("", initial->level);
        now.configuration = std::move(initial);
    }
    return now.configuration;
}

spdlog::level::level_enum to_spdlog(LogLevel level) {
    switch (level) {
    case LogLevel::debug: return spdlog::level::debug;
    case LogLevel::info: return spdlog::level::info;
    case LogLevel::warning: return spdlog::level::warn;
    case LogLevel::error: return spdlog::level::err;
    }
    return spdlog::level::err;
}

} // namespace

void configure_log(const LogSettings& settings) {
    auto next = std::make_shared<Configuration>();
    next->level = settings.level;
    next->filters = parse_filters(settings.filters);
    next->outputs = parse_outputs(settings.outputs, settings.level);
    Current& now = current();
    const std::lock_guard lock(now.mutex);
    detail::log_floor.store(next->floor(), std::memory_order_relaxed);
    now.configuration = std::move(next);
}

LogSettings log_settings() {
    const auto now = configuration_now();
    LogSettings settings{.level = now->level};
    std::vector<std::string> items;
    for (const Filter& filter : now->filters)
        items.push_back(fmt::format("{}:{}", static_cast<int>(filter.level), filter.pattern));
    settings.filters = join(items, " ");
    items.clear();
    for (const Output& output : now->outputs) items.push_back(output.text);
    settings.outputs = join(items, " ");
    return settings;
}

namespace detail {

std::atomic<int> log_floor = static_cast<int>(LogLevel::warning);

void log_write(LogLevel level, std::string_view category, fmt::string_view text,
               fmt::format_args args) noexcept {
    try {
        const auto now = configuration_now();
        if (level < now->level_of(std::string(category))) return;
        const std::string message = printable(fmt::vformat(text, args));
        const spdlog::details::log_msg record(spdlog::string_view_t(category.data(), category.size()),
                                              to_spdlog(level), message);
        for (const Output& output : now->outputs) {
            if (level < output.level) continue;
            try {
                output.sink->log(record);
                output.sink->flush();
            } catch (...) {
                // A full disk or a gone journal must not stop the daemon, nor the other outputs.
            }
        }
    } catch (...) {
        // Out of memory: the message is lost.
    }
}

} // namespace detail
} // namespace yado
