// SPDX-License-Identifier: Apache-2.0
#include "schema/json_names.h"

#include <algorithm>

#include <fmt/format.h>

namespace yado::schema {

std::string JsonNames::pick(std::string_view name, Origin origin, std::string_view xml_name) {
    for (const Taken& taken : taken_) {
        if (taken.name == name && taken.origin != origin) {
            std::string own = fmt::format("{}{}", name, origin == Origin::text ? "Text" : "Element");
            return taken_.emplace_back(std::move(own), origin, xml_name).name;
        }
    }
    return taken_.emplace_back(std::string(name), origin, xml_name).name;
}

std::string JsonNames::leaf(Place place, std::string_view name, const Codec& codec) {
    std::string own(place == Place::text ? "value" : name);
    if (codec.kind == Kind::size) { own += "Bytes"; }
    switch (place) {
    case Place::attribute: return pick(own, Origin::attribute, name);
    case Place::text: return pick(own, Origin::text, name);
    case Place::element:
    case Place::flag: break;
    }
    return pick(own, Origin::element, name);
}

bool JsonNames::has(Place place, std::string_view xml_name) const {
    const Origin origin = place == Place::attribute ? Origin::attribute : Origin::element;
    return std::ranges::any_of(
        taken_, [&](const Taken& taken) { return taken.origin == origin && taken.xml_name == xml_name; });
}

std::optional<bool> switch_value(std::span<const std::string_view> words, std::string_view word) {
    std::size_t switches = 0;
    for (const std::string_view known : words) {
        const bool is_word = known == "yes" || known == "no" || known == "on" || known == "off";
        if (!is_word && !known.empty()) { return std::nullopt; }
        switches += is_word ? 1 : 0;
    }
    if (switches != 2) { return std::nullopt; }
    return word == "yes" || word == "on";
}

bool is_switch(const Codec& codec) {
    return codec.kind == Kind::boolean || switch_value(codec.words, {}).has_value();
}

std::string_view switch_word(const Codec& codec, bool value) {
    for (const std::string_view word : codec.words) {
        if (!word.empty() && switch_value(codec.words, word) == value) { return word; }
    }
    return value ? "yes" : "no";
}

void append_json_step(std::string& path, std::string_view name) {
    const bool plain = !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    });
    if (plain && (name.front() < '0' || name.front() > '9')) {
        path.append(".").append(name);
        return;
    }
    path += "['";
    for (const char c : name) {
        if (c == '\'' || c == '\\') { path += '\\'; }
        path += c;
    }
    path += "']";
}

} // namespace yado::schema
