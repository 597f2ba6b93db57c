// SPDX-License-Identifier: Apache-2.0
// How sets of host CPUs are written.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace yado::cli {

/// The CPUs of a bit map, lowest bit of the first byte first, among the first `count`; bits past the map's
/// end are off.
std::vector<unsigned> set_bits(std::span<const std::uint8_t> map, unsigned count);
/// "0-2,7"; empty when none is set.
std::string ranges_text(std::span<const std::uint8_t> map, unsigned count);
/// "yy-y": a mark a CPU. At most 65536 of them.
std::string marks_text(std::span<const std::uint8_t> map, unsigned count);

} // namespace yado::cli
