// SPDX-License-Identifier: Apache-2.0
// Keys of a keyboard as people write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace yado::cli {

/// Of KeycodeSet: "linux", "xt" …; nothing for other words.
std::optional<std::uint32_t> codeset_number(std::string_view name);
/// "KEY_ENTER" (only in the codeset linux), or a number from 0 to 65535, decimal, 0x… or 0….
std::optional<std::uint32_t> key_code(std::string_view word, std::uint32_t codeset);

} // namespace yado::cli
