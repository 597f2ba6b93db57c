// SPDX-License-Identifier: Apache-2.0
#include "host/hooks.h"

#include "base/error.h"
#include "base/files.h"
#include "base/log.h"
#include "base/text.h"

#include <algorithm>
#include <cstdlib>
#include <sys/stat.h>
#include <unistd.h>

namespace yado::host {
namespace {

constexpr std::size_t program_limit = 1000; // in NAME.d
constexpr std::size_t words_limit = 4096;   // of what a program says, in an error
constexpr const char* usual_path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

bool is_program(const std::string& path) {
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && ::access(path.c_str(), X_OK) == 0;
}

std::vector<std::string> find_programs(const std::string& directory, const std::string& name) {
    std::vector<std::string> found;
    const std::string first = directory + "/" + name;
    if (is_program(first)) found.push_back(first);
    struct stat status{};
    const std::string more = first + ".d";
    if (::stat(more.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) return found;
    std::vector<std::string> names;
    for (const DirectoryEntry& entry : list_directory(more, program_limit)) {
        if (!entry.name.starts_with('.')) names.push_back(more + "/" + entry.name);
    }
    std::ranges::sort(names);
    std::ranges::copy_if(names, std::back_inserter(found), is_program);
    return found;
}

std::string variable(const char* name, const char* otherwise) {
    const char* value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): nobody changes the environment
    return fmt::format("{}={}", name, value == nullptr ? otherwise : value);
}

/// What went wrong; empty when nothing did.
std::string problem_of(const CommandResult& result, const std::string& command,
                       std::chrono::milliseconds limit) {
    if (result.success()) return {};
    std::string words = printable(trim(std::string_view(result.error_output).substr(0, words_limit)));
    if (result.timed_out) {
        return fmt::format("'{}' did not end within {} s and was killed{}{}", command, limit.count() / 1000,
                           words.empty() ? "" : ": ", words);
    }
    return fmt::format("internal error: Child process ({}) unexpected {}: {}", command, result.status.text(),
                       words);
}

} // namespace

Hooks::Hooks(Processes& processes, const std::string& directory, const std::string& name,
             std::chrono::milliseconds limit)
    : processes_(processes), limit_(limit) {
    try {
        programs_ = find_programs(directory, name);
    } catch (const Error& error) { log_error("host.hooks", "hooks for {}: {}", name, error.message()); }
}

Task<void> Hooks::run(HookCall call) const {
    const std::vector<std::string> arguments{call.object, call.operation, call.sub_operation, call.extra};
    std::string failure;
    for (const std::string& program : programs_) {
        ProcessSpec spec;
        spec.path = program;
        spec.arguments = arguments;
        spec.arguments.insert(spec.arguments.begin(), program);
        spec.environment = {"LC_ALL=C", variable("PATH", usual_path), variable("HOME", "/root")};
        CommandLimits limits;
        limits.output_bytes = 64 * 1024;
        limits.timeout = limit_.count() == 0 ? std::chrono::days(365) : limit_;
        const std::string command = fmt::format("{} {}", program, fmt::join(arguments, " "));
        log_debug("host.hooks", "running {}", command);
        std::string problem;
        try {
            const CommandResult result = co_await processes_.run(std::move(spec), limits, call.input);
            problem = problem_of(result, command, limit_);
        } catch (const Error& error) { problem = error.message(); }
        if (problem.empty()) continue;
        log_error("host.hooks", "{}", problem);
        if (failure.empty()) failure = std::move(problem);
    }
    if (!failure.empty()) fail(ErrorSource::hook, Code::hook_script_failed, "{}", failure);
}

} // namespace yado::host
