// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments.h"

#include "base/text.h"
#include "base/units.h"
#include "cli/failure.h"

namespace yado::cli {
namespace {

[[noreturn]] void malformed(std::string_view name, std::string_view value) {
    refuse("Numeric value '{}' for <{}> option is malformed or out of range", value, name);
}

/// As strtol reads it with base 0, but all of it: sign, 0x, leading 0 for octal.
template <class T> std::optional<T> parse(std::string_view text) {
    bool negative = false;
    text = trim(text);
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
        negative = text.front() == '-';
        text.remove_prefix(1);
    }
    int base = 10;
    if (text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
        base = 16;
        text.remove_prefix(2);
    } else if (text.size() > 1 && text[0] == '0') {
        base = 8;
    }
    if (!negative) return text.starts_with('-') ? std::nullopt : parse_number<T>(text, base);
    if constexpr (std::is_signed_v<T>) return parse_number<T>("-" + std::string(text), base);
    return std::nullopt;
}

} // namespace

std::optional<std::string> Arguments::text(std::string_view name) const {
    const auto found = values_.find(name);
    return found == values_.end() || found->second.empty() ? std::nullopt
                                                           : std::optional(found->second.front());
}

const std::string& Arguments::required(std::string_view name) const {
    const auto found = values_.find(name);
    if (found == values_.end() || found->second.empty())
        refuse("command '{}' requires <{}> option", command_->name, name);
    return found->second.front();
}

template <class T> std::optional<T> Arguments::number(std::string_view name) const {
    const auto value = text(name);
    if (!value) return std::nullopt;
    const auto number = parse<T>(*value);
    if (!number) malformed(name, *value);
    return number;
}
template std::optional<int> Arguments::number<int>(std::string_view) const;
template std::optional<unsigned> Arguments::number<unsigned>(std::string_view) const;
template std::optional<std::int64_t> Arguments::number<std::int64_t>(std::string_view) const;
template std::optional<std::uint64_t> Arguments::number<std::uint64_t>(std::string_view) const;

std::optional<std::uint64_t> Arguments::scaled(std::string_view name, std::uint64_t default_scale,
                                               std::uint64_t limit) const {
    const auto value = text(name);
    if (!value) return std::nullopt;
    try {
        return parse_bytes(*value, default_scale, limit).value;
    } catch (const Error& error) {
        throw Failure({fmt::format("Scaled numeric value '{}' for <--{}> option is malformed or out of range",
                                   *value, name),
                       error.message()});
    }
}

const std::vector<std::string>& Arguments::rest(std::string_view name) const {
    static const std::vector<std::string> none;
    const auto found = values_.find(name);
    return found == values_.end() ? none : found->second;
}

void Arguments::exclusive(std::string_view one, std::string_view other) const {
    if (has(one) && has(other)) refuse("Options --{} and --{} are mutually exclusive", one, other);
}

void Arguments::requires_option(std::string_view option, std::string_view needed) const {
    if (has(option) && !has(needed)) refuse("Option --{} is required by option --{}", needed, option);
}

std::uint32_t Arguments::flags(std::initializer_list<std::pair<std::string_view, std::uint32_t>> bits) const {
    std::uint32_t result = 0;
    for (const auto& [name, bit] : bits) result |= has(name) ? bit : 0;
    return result;
}

std::uint32_t Arguments::affect() const {
    exclusive("current", "live");
    exclusive("current", "config");
    return flags({{"live", 1U}, {"config", 2U}});
}

} // namespace yado::cli
