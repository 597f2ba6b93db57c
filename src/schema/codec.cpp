// SPDX-License-Identifier: Apache-2.0
#include "schema/codec.h"

#include "base/error.h"
#include "base/text.h"
#include "base/units.h"

namespace yado::schema {

Problem parse_size(std::string_view text, std::uint64_t quantum, std::uint64_t& value) {
    text = trim(text);
    const std::size_t digits = std::min(text.find_first_not_of("+0123456789"), text.size());
    std::uint64_t number = 0;
    if (const Problem problem = parse_integer(text.substr(0, digits), number); problem != no_problem) {
        return wrong_value;
    }
    // Throws libvirt's own errors for unknown units (8) and overflow (82); the reader collects them.
    // What is rounded up beyond the limit could not be read again.
    const std::uint64_t limit = std::numeric_limits<std::uint64_t>::max() / quantum * quantum;
    const Bytes bytes = scaled(number, trim(text.substr(digits)), quantum, limit);
    value = bytes.value / quantum + (bytes.value % quantum != 0 ? 1 : 0);
    return no_problem;
}

void print_readable_size(std::uint64_t bytes, std::string& out) {
    static constexpr std::string_view units[] = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    std::size_t unit = 0;
    while (bytes != 0 && bytes % 1024 == 0 && unit + 1 < std::size(units)) {
        bytes /= 1024;
        ++unit;
    }
    print_integer(bytes, out);
    out.append(" ").append(units[unit]);
}

} // namespace yado::schema
