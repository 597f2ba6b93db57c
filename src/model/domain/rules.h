// SPDX-License-Identifier: Apache-2.0
// Rules that several parts of the domain description share: libvirt's wording for what it does not
// understand.
#pragma once

#include "schema/io.h"

namespace yado::model {

/// Refused as unsupported configuration (67) with libvirt's words; "{}" stands for the text.
constexpr schema::Rule unsupported(std::string_view invalid) {
    return {.code = Code::config_unsupported, .invalid = invalid};
}
/// Refused as an internal error (1), where libvirt has no better number.
constexpr schema::Rule internal(std::string_view invalid) {
    return {.code = Code::internal_error, .invalid = invalid};
}

inline constexpr schema::Rule required{.required = true};
inline constexpr schema::Rule live_only{.show = schema::Show::live};
inline constexpr schema::Rule running_only{.show = schema::Show::running};
inline constexpr schema::Rule abi{.guest_abi = true};
/// Can be changed, or an element plugged and unplugged, while the guest runs.
inline constexpr schema::Rule live{.change = schema::Change::live};

} // namespace yado::model
