// SPDX-License-Identifier: Apache-2.0
#include "cli/json_text.h"

#include "cli/failure.h"

#include <boost/json.hpp>
#include <optional>
#include <string_view>

namespace yado::cli {
namespace {

std::optional<boost::json::value> parse(const std::string& text) {
    boost::system::error_code error;
    auto value = boost::json::parse(text, error); // at most 32 levels deep
    return error ? std::nullopt : std::optional(std::move(value));
}

/// Compact without a depth.
void write(std::string& out, const boost::json::value& value, std::optional<std::size_t> depth) {
    const std::string end = depth ? "\n" + std::string(2 * *depth, ' ') : "";
    const std::string begin = depth ? end + "  " : "";
    const auto inner = depth ? std::optional(*depth + 1) : depth;
    const auto list = [&](char open, char close, const auto& items, auto&& write_item) {
        out += open;
        std::string_view comma;
        for (const auto& item : items) {
            out += comma;
            out += begin;
            write_item(item);
            comma = ",";
        }
        if (items.empty() && depth) out += '\n'; // what is empty has a blank line in it
        out += end;
        out += close;
    };
    if (const auto* object = value.if_object())
        list('{', '}', *object, [&](const auto& member) {
            out += boost::json::serialize(member.key());
            out += depth ? ": " : ":";
            write(out, member.value(), inner);
        });
    else if (const auto* array = value.if_array())
        list('[', ']', *array, [&](const auto& item) { write(out, item, inner); });
    else if (const auto* real = value.if_double())
        out += fmt::format("{}", *real); // Boost.JSON would write 1.5 as 1.5E0
    else out += boost::json::serialize(value);
}

} // namespace

std::string pretty_json(const std::string& text) {
    const auto value = parse(text);
    if (!value) return text;
    std::string out;
    write(out, *value, 0);
    return out;
}

std::string return_value(const std::string& text, bool pretty) {
    const auto answer = parse(text);
    const auto* object = answer ? answer->if_object() : nullptr;
    const auto* value = object != nullptr ? object->if_contains("return") : nullptr;
    if (value == nullptr) refuse("'return' member missing");
    std::string out;
    write(out, *value, pretty ? std::optional<std::size_t>(0) : std::nullopt);
    return out;
}

} // namespace yado::cli
