// SPDX-License-Identifier: Apache-2.0
// Amounts of memory and storage with their unit in the type, and libvirt's suffix rules ("b", "KB" = 1000,
// "K"/"KiB" = 1024 … "E"), which its documents and command lines share.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace yado {

struct Bytes {
    std::uint64_t value = 0;
    friend auto operator<=>(const Bytes&, const Bytes&) = default;
};

/// 1024 bytes, the unit of memory in libvirt's calls and documents.
struct KiB {
    std::uint64_t value = 0;
    friend auto operator<=>(const KiB&, const KiB&) = default;
};

/// Throws overflow past 2^64.
Bytes to_bytes(KiB amount);
/// Rounded up, as libvirt stores memory sizes.
KiB to_kib(Bytes amount);

/// Bytes in one `suffix`, in any case; an empty suffix means `default_scale`. Throws invalid_arg
/// "unknown suffix 'x'".
std::uint64_t scale_of(std::string_view suffix, std::uint64_t default_scale = 1);

/// `value` × scale. Throws overflow "value too large: 20000000e" when the result passes `limit` bytes.
Bytes scaled(std::uint64_t value, std::string_view suffix, std::uint64_t default_scale = 1,
             std::uint64_t limit = std::numeric_limits<std::uint64_t>::max());

/// "10", "10KiB", "1 G": digits, optional blanks, optional suffix. Throws invalid_arg or overflow.
Bytes parse_bytes(std::string_view text, std::uint64_t default_scale = 1,
                  std::uint64_t limit = std::numeric_limits<std::uint64_t>::max());

/// For people: the largest binary unit that leaves at least one, three digits, e.g. "1.50 GiB".
std::string readable(Bytes amount);

} // namespace yado
