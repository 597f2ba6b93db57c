// SPDX-License-Identifier: Apache-2.0
#include "support/hypervisor/qemu/qmp_schema.h"

#include "base/files.h"

#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <stdexcept>

namespace yado::test_support {

namespace json = boost::json;

namespace {

std::string_view text_of(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value == nullptr ? std::string_view() : std::string_view(value->as_string());
}

/// QEMU's JSON kinds of built-in types.
bool is_of_kind(std::string_view kind, const json::value& value) {
    if (kind == "string") return value.is_string();
    if (kind == "int") return value.is_int64() || value.is_uint64();
    if (kind == "number") return value.is_number();
    if (kind == "boolean") return value.is_bool();
    if (kind == "null") return value.is_null();
    if (kind == "value") return true;
    return false;
}

} // namespace

QmpSchema::QmpSchema(std::string_view text) : document_(json::parse(text)) {
    for (const json::value& each : document_.as_array()) {
        const json::object& object = each.as_object();
        entries_.emplace(text_of(object, "name"), &object);
    }
}

QmpSchema QmpSchema::recorded(const std::string& source) {
    return QmpSchema(read_file(source + "/tests/golden/qemu/schema-7.2.json", 1 << 20));
}

const json::object* QmpSchema::entry(std::string_view name) const {
    const auto found = entries_.find(name);
    return found == entries_.end() ? nullptr : found->second;
}

std::set<std::string> QmpSchema::named(std::string_view kind) const {
    std::set<std::string> names;
    for (const auto& [name, object] : entries_) {
        if (text_of(*object, "meta-type") == kind) names.insert(name);
    }
    return names;
}

std::string QmpSchema::problem_with_command(std::string_view name, const json::value& arguments) const {
    return problem_with_named("command", name, arguments);
}

std::string QmpSchema::problem_with_event(std::string_view name, const json::value& data) const {
    return problem_with_named("event", name, data);
}

std::string QmpSchema::problem_with_named(std::string_view kind, std::string_view name,
                                          const json::value& value) const {
    const json::object* found = entry(name);
    if (found == nullptr || text_of(*found, "meta-type") != kind) {
        return fmt::format("QEMU knows no {} '{}'", kind, name);
    }
    if (name == "device_add" &&
        value.is_object()) { // takes the properties of any device beside its own three
        json::object own;
        for (const char* key : {"driver", "bus", "id"}) {
            if (const json::value* given = value.get_object().if_contains(key)) own[key] = *given;
        }
        return problem(text_of(*found, "arg-type"), own, std::string(name));
    }
    return problem(text_of(*found, "arg-type"), value, std::string(name));
}

std::string QmpSchema::problem(std::string_view name, const json::value& value,
                               const std::string& path) const {
    const json::object* type = entry(name);
    if (type == nullptr) throw std::logic_error(fmt::format("the schema lacks type '{}' ({})", name, path));
    const std::string_view kind = text_of(*type, "meta-type");
    if (kind == "builtin") {
        if (is_of_kind(text_of(*type, "json-type"), value)) return {};
        return fmt::format("{}: wanted {}", path, text_of(*type, "json-type"));
    }
    if (kind == "enum") {
        const json::array& words = type->at("values").as_array();
        if (value.is_string() && std::ranges::find(words, value) != words.end()) return {};
        return fmt::format("{}: not one of {}", path, json::serialize(words));
    }
    if (kind == "array") {
        if (!value.is_array()) return fmt::format("{}: wanted a list", path);
        for (std::size_t i = 0; i < value.get_array().size(); ++i) {
            std::string bad =
                problem(text_of(*type, "element-type"), value.get_array()[i], fmt::format("{}[{}]", path, i));
            if (!bad.empty()) return bad;
        }
        return {};
    }
    if (kind == "alternate") {
        for (const json::value& each : type->at("members").as_array()) {
            if (problem(text_of(each.as_object(), "type"), value, path).empty()) return {};
        }
        return fmt::format("{}: none of the alternatives", path);
    }
    return problem_with_object(*type, value, path);
}

std::string QmpSchema::problem_with_object(const json::object& type, const json::value& value,
                                           const std::string& path) const {
    if (!value.is_object()) return fmt::format("{}: wanted an object", path);
    const json::object& object = value.get_object();
    std::set<std::string_view> known;
    const auto take = [&](const json::array& members) -> std::string {
        for (const json::value& each : members) {
            const json::object& member = each.as_object();
            const std::string_view name = text_of(member, "name");
            known.insert(name);
            const json::value* given = object.if_contains(name);
            if (given == nullptr) {
                if (!member.contains("default"))
                    return fmt::format("{}: parameter '{}' is missing", path, name);
                continue;
            }
            std::string bad = problem(text_of(member, "type"), *given, fmt::format("{}.{}", path, name));
            if (!bad.empty()) return bad;
        }
        return {};
    };
    if (std::string bad = take(type.at("members").as_array()); !bad.empty()) return bad;
    if (const json::value* tag = type.if_contains("tag")) { // a flat union: its case adds members
        const json::value* chosen = object.if_contains(tag->as_string());
        for (const json::value& each : type.at("variants").as_array()) {
            const json::object& variant = each.as_object();
            if (chosen == nullptr || *chosen != variant.at("case")) continue;
            const json::object* more = entry(text_of(variant, "type"));
            if (more == nullptr)
                throw std::logic_error(fmt::format("the schema lacks a variant of {}", path));
            if (std::string bad = take(more->at("members").as_array()); !bad.empty()) return bad;
        }
    }
    for (const auto& member : object) {
        if (!known.contains(member.key()))
            return fmt::format("{}: parameter '{}' is unexpected", path, std::string_view(member.key()));
    }
    return {};
}

} // namespace yado::test_support
