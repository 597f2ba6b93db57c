// SPDX-License-Identifier: Apache-2.0
// One row a key: a configuration struct is filled from parsed entries by a table of names and member
// pointers. The member's type is the key's type and its initialiser the default, so every fact about a key
// stands once.
#pragma once

#include "base/error.h"
#include "daemon/config/parser.h"

#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

namespace yado::daemon {

/// A key that is accepted and whose type is checked, but which nothing here uses (yet).
enum class Unused { text, number, list };

template <class Config>
using SettingMember = std::variant<bool Config::*, int Config::*, unsigned Config::*, std::uint64_t Config::*,
                                   std::string Config::*, std::optional<std::string> Config::*,
                                   std::vector<std::string> Config::*,
                                   std::optional<std::vector<std::string>> Config::*, Unused>;

template <class Config> struct Setting {
    std::string_view key;
    SettingMember<Config> member;
    std::span<const std::string_view> words = {}; ///< the only texts allowed; empty = any
};

/// Where a value stands, for messages: "FILE:LINE: what is wrong", code conf_syntax.
struct ConfigPlace {
    std::string_view file;
    const ConfigEntry& entry;
    [[noreturn]] void wrong(std::string_view what) const;
    std::int64_t number(std::int64_t low, std::int64_t high) const;
    const std::string& text(std::span<const std::string_view> words) const;
    /// A single string is taken as a list of one where libvirt does so.
    std::vector<std::string> list() const;
};

namespace detail {

template <class Member> void assign(Member& member, const ConfigPlace& place,
                                    std::span<const std::string_view> words) {
    if constexpr (std::is_same_v<Member, bool>) {
        member = place.number(0, 1) != 0;
    } else if constexpr (std::is_same_v<Member, std::uint64_t>) {
        member = static_cast<std::uint64_t>(place.number(0, std::numeric_limits<std::int64_t>::max()));
    } else if constexpr (std::is_integral_v<Member>) {
        member = static_cast<Member>(
            place.number(std::numeric_limits<Member>::min(), std::numeric_limits<Member>::max()));
    } else if constexpr (std::is_same_v<Member, std::string> ||
                         std::is_same_v<Member, std::optional<std::string>>) {
        member = place.text(words);
    } else {
        member = place.list();
    }
}

} // namespace detail

/// Puts `entries` into `config`. Throws Error(conf_syntax) for an unknown key or a value of the wrong type; a
/// key given twice counts the last time, as in libvirt.
template <class Config>
void apply_settings(Config& config, std::span<const ConfigEntry> entries, std::string_view file,
                    std::span<const Setting<Config>> table) {
    for (const ConfigEntry& entry : entries) {
        const ConfigPlace place{file, entry};
        const Setting<Config>* row = nullptr;
        for (const Setting<Config>& candidate : table) {
            if (candidate.key == entry.key) row = &candidate;
        }
        if (row == nullptr) place.wrong("unknown key '" + entry.key + "'");
        std::visit(
            [&](auto member) {
                if constexpr (std::is_same_v<decltype(member), Unused>) {
                    if (member == Unused::number) static_cast<void>(place.number(INT64_MIN, INT64_MAX));
                    if (member == Unused::text) static_cast<void>(place.text({}));
                    if (member == Unused::list) static_cast<void>(place.list());
                } else {
                    detail::assign(config.*member, place, row->words);
                }
            },
            row->member);
    }
}

} // namespace yado::daemon
