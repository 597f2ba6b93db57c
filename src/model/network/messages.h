// SPDX-License-Identifier: Apache-2.0
// libvirt's messages about networks end in the network's name, which a description does not know while it is
// walked: the messages hold a mark, and read_network() puts the name there.
#pragma once

#include <string_view>

#include "schema/io.h"

namespace yado::model {

/// A character no document can hold.
#define YADO_NETWORK "\x01"
inline constexpr char network_mark = '\x01';

constexpr schema::Rule invalid_in_network(std::string_view message) { return {.invalid = message}; }
constexpr schema::Rule missing_in_network(std::string_view message) {
    return {.required = true, .missing = message};
}
constexpr schema::Rule needed_in_network(std::string_view missing, std::string_view invalid) {
    return {.required = true, .missing = missing, .invalid = invalid};
}
/// Needed with a name of its own: "missing name information" (21).
inline constexpr schema::Rule named{.required = true, .key = true, .missing_code = Code::no_name};

} // namespace yado::model
