// SPDX-License-Identifier: Apache-2.0
// The name/value pairs libvirt calls typed parameters. Looking them up and checking them is typed_params.h.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace yado::protocol {

/// A type of its own, so that no integer becomes a boolean by accident.
struct Boolean {
    bool value = false;

    bool operator==(const Boolean&) const = default;
};

/// The tag on the wire is index() + 1.
using TypedValue =
    std::variant<std::int32_t, std::uint32_t, std::int64_t, std::uint64_t, double, Boolean, std::string>;

struct TypedParam {
    std::string field; ///< at most 79 bytes
    TypedValue value;

    bool operator==(const TypedParam&) const = default;
};

using TypedParams = std::vector<TypedParam>;

} // namespace yado::protocol
