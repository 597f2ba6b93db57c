// SPDX-License-Identifier: Apache-2.0
#include "client/credentials.h"

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"

#include <cstdlib>
#include <unistd.h>

namespace yado::client {
namespace {

constexpr std::size_t file_max = std::size_t{1} << 20; ///< bytes

std::string user_file() {
    if (const char* config = std::getenv("XDG_CONFIG_HOME"); config != nullptr && *config != '\0')
        return std::string(config) + "/libvirt/auth.conf";
    const char* home = std::getenv("HOME");
    return home == nullptr ? std::string() : std::string(home) + "/.config/libvirt/auth.conf";
}

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

} // namespace

Credentials Credentials::load(const std::string& path) {
    if (!path.empty()) return parse(read_file(path, file_max), path);
    for (const std::string& candidate :
         {variable("LIBVIRT_AUTH_FILE"), user_file(), std::string("/etc/libvirt/auth.conf")}) {
        if (candidate.empty() || ::access(candidate.c_str(), R_OK) != 0) continue;
        return parse(read_file(candidate, file_max), candidate);
    }
    return {};
}

Credentials Credentials::parse(std::string_view text, std::string_view name) {
    Credentials result;
    std::map<std::string, std::string, std::less<>>* group = nullptr;
    unsigned number = 0;
    for (std::string_view line : split(text, '\n')) {
        ++number;
        line = trim(line);
        if (line.empty() || line.front() == '#' || line.front() == ';') continue;
        const auto equals = line.find('=');
        if (line.front() == '[' && line.back() == ']')
            group = &result.groups_[std::string(line.substr(1, line.size() - 2))];
        else if (group == nullptr || equals == std::string_view::npos)
            fail(ErrorSource::conf, Code::conf_syntax, "{}:{}: expecting a group or a value", name, number);
        else
            group->insert_or_assign(std::string(trim(line.substr(0, equals))),
                                    std::string(trim(line.substr(equals + 1))));
    }
    return result;
}

std::optional<std::string> Credentials::find(std::string_view service, std::string_view host,
                                             std::string_view key) const {
    for (const std::string_view place : {host, std::string_view("default")}) {
        const auto group = groups_.find(fmt::format("auth-{}-{}", service, place));
        if (group == groups_.end()) continue;
        const auto named = group->second.find("credentials");
        if (named == group->second.end())
            fail(ErrorSource::conf, Code::conf_syntax, "Missing item 'credentials' in group '{}'",
                 group->first);
        const auto values = groups_.find("credentials-" + named->second);
        if (values == groups_.end())
            fail(ErrorSource::conf, Code::conf_syntax,
                 "Missing group 'credentials-{}' referenced from group '{}'", named->second, group->first);
        const auto value = values->second.find(key);
        return value == values->second.end() ? std::nullopt : std::optional(value->second);
    }
    return std::nullopt;
}

} // namespace yado::client
