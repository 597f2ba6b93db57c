// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/setting.h"

#include "base/text.h"

#include <algorithm>

namespace yado::daemon {

void ConfigPlace::wrong(std::string_view what) const {
    fail(ErrorSource::conf, Code::conf_syntax, "{}:{}: {}", file, entry.line, what);
}

std::int64_t ConfigPlace::number(std::int64_t low, std::int64_t high) const {
    const auto* value = std::get_if<std::int64_t>(&entry.value);
    if (value == nullptr) wrong(fmt::format("expected an integer for '{}' parameter", entry.key));
    if (*value < low || *value > high) {
        wrong(fmt::format("value {} of '{}' is out of range, it must be between {} and {}", *value, entry.key,
                          low, high));
    }
    return *value;
}

const std::string& ConfigPlace::text(std::span<const std::string_view> words) const {
    const auto* value = std::get_if<std::string>(&entry.value);
    if (value == nullptr) wrong(fmt::format("expected a string for '{}' parameter", entry.key));
    if (!words.empty() && std::ranges::find(words, *value) == words.end()) {
        wrong(fmt::format("unsupported value '{}' for '{}', choose one of: {}", *value, entry.key,
                          join(words, ", ")));
    }
    return *value;
}

std::vector<std::string> ConfigPlace::list() const {
    if (const auto* one = std::get_if<std::string>(&entry.value)) return {*one};
    const auto* value = std::get_if<std::vector<std::string>>(&entry.value);
    if (value == nullptr) wrong(fmt::format("expected a string list for '{}' parameter", entry.key));
    return *value;
}

} // namespace yado::daemon
