// SPDX-License-Identifier: Apache-2.0
#include "cli/value.h"

#include "base/text.h"

#include <cmath>
#include <fmt/format.h>

namespace yado::cli {
namespace {

/// The length of the well-formed character that begins at `at`, 0 when there is none.
std::size_t character_length(std::string_view text, std::size_t at) {
    for (std::size_t size = 1; size <= 4 && at + size <= text.size(); ++size)
        if (is_utf8(text.substr(at, size))) return size;
    return 0;
}

void write_text(std::string& out, std::string_view text) {
    out += '"';
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte >= 0x80) {
            const std::size_t size = character_length(text, at);
            out += size == 0 ? std::string_view("\xef\xbf\xbd") : text.substr(at, size);
            at += std::max<std::size_t>(size, 1);
            continue;
        }
        ++at;
        switch (byte) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\t': out += "\\t"; break;
        default:
            if (byte < 0x20 || byte == 0x7f) out += fmt::format("\\u{:04x}", byte);
            else out += static_cast<char>(byte);
        }
    }
    out += '"';
}

} // namespace

Value& Value::set(std::string key, Value value) {
    std::get<Members>(data_).emplace_back(std::move(key), std::move(value));
    return *this;
}

Value& Value::add(Value value) {
    std::get<List>(data_).push_back(std::move(value));
    return *this;
}

std::string Value::json() const {
    std::string out;
    write(out, 0);
    return out;
}

void Value::write(std::string& out, unsigned depth) const {
    const auto line = [&out](unsigned level) {
        out += '\n';
        out.append(std::size_t{level} * 2, ' ');
    };
    if (const auto* list = std::get_if<List>(&data_)) {
        out += '[';
        for (std::size_t i = 0; i < list->size(); ++i) {
            out += i == 0 ? "" : ",";
            line(depth + 1);
            (*list)[i].write(out, depth + 1);
        }
        if (!list->empty()) line(depth);
        out += ']';
    } else if (const auto* members = std::get_if<Members>(&data_)) {
        out += '{';
        for (std::size_t i = 0; i < members->size(); ++i) {
            out += i == 0 ? "" : ",";
            line(depth + 1);
            write_text(out, (*members)[i].first);
            out += ": ";
            (*members)[i].second.write(out, depth + 1);
        }
        if (!members->empty()) line(depth);
        out += '}';
    } else if (const auto* text = std::get_if<std::string>(&data_)) {
        write_text(out, *text);
    } else if (const auto* flag = std::get_if<bool>(&data_)) {
        out += *flag ? "true" : "false";
    } else if (const auto* whole = std::get_if<std::int64_t>(&data_)) {
        out += std::to_string(*whole);
    } else if (const auto* natural = std::get_if<std::uint64_t>(&data_)) {
        out += std::to_string(*natural);
    } else if (const auto* real = std::get_if<double>(&data_); real != nullptr && std::isfinite(*real)) {
        out += fmt::format("{}", *real);
    } else {
        out += "null";
    }
}

} // namespace yado::cli
