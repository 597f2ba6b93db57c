// SPDX-License-Identifier: Apache-2.0
#include "cli/json_text.h"

#include "cli/failure.h"

#include <boost/json.hpp>

namespace yado::cli {
namespace {

std::optional<boost::json::value> parse(const std::string& text) {
    boost::system::error_code error;
    auto value = boost::json::parse(text, error); // at most 32 levels deep
    return error ? std::nullopt : std::optional(std::move(value));
}

void write(std::string& out, const boost::json::value& value, std::size_t depth) {
    const std::string indent(2 * depth, ' ');
    const auto list = [&](char open, char close, const auto& items, auto&& write_item) {
        out += open;
        const char* separator = "\n";
        for (const auto& item : items) {
            out += separator + indent + "  ";
            write_item(item);
            separator = ",\n";
        }
        // what is empty has a blank line in it
        out += items.empty() ? "\n\n" : "\n";
        out += indent + close;
    };
    if (const auto* object = value.if_object())
        list('{', '}', *object, [&](const auto& member) {
            out += boost::json::serialize(member.key()) + ": ";
            write(out, member.value(), depth + 1);
        });
    else if (const auto* array = value.if_array())
        list('[', ']', *array, [&](const auto& item) { write(out, item, depth + 1); });
    else
        out += boost::json::serialize(value);
}

} // namespace

std::string pretty_json(const boost::json::value& value) {
    std::string out;
    write(out, value, 0);
    return out;
}

std::string pretty_json(const std::string& text) {
    const auto value = parse(text);
    return value ? pretty_json(*value) : text;
}

std::string return_value(const std::string& text, bool pretty) {
    const auto answer = parse(text);
    const auto* object = answer ? answer->if_object() : nullptr;
    const auto* value = object != nullptr ? object->if_contains("return") : nullptr;
    if (value == nullptr)
        refuse("'return' member missing");
    return pretty ? pretty_json(*value) : boost::json::serialize(*value);
}

} // namespace yado::cli
