// SPDX-License-Identifier: Apache-2.0
// The syntax shared by libvirtd.conf, qemu.conf and their like: `key = value` lines, where a value is a
// string in single or double quotes, an integer, or a list of strings in brackets; '#' begins a comment.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace yado::daemon {

/// Longest configuration file that is read, in bytes; stock's templates have 40 KiB.
inline constexpr std::size_t config_file_max = 1 << 20;

using ConfigValue = std::variant<std::int64_t, std::string, std::vector<std::string>>;

struct ConfigEntry {
    std::string key;
    ConfigValue value;
    int line = 0; ///< where the key stands, from 1
};

/// The entries in the order of the file. Throws Error(conf_syntax) "FILE:LINE: what is wrong"; `file` is only
/// named.
std::vector<ConfigEntry> parse_config(std::string_view text, std::string_view file);

} // namespace yado::daemon
