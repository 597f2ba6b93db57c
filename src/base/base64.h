// SPDX-License-Identifier: Apache-2.0
// Base64 as RFC 4648 §4 has it, with padding: secret values, guest agent data.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace yado {

std::string base64(std::span<const std::uint8_t> bytes);

/// Nothing for what is not base64: other characters (line ends too), wrong length or padding.
std::optional<std::vector<std::uint8_t>> from_base64(std::string_view text);

} // namespace yado
