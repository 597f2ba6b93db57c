// SPDX-License-Identifier: Apache-2.0
// Typed parameters as output, and fetching them in libvirt's two steps.
#pragma once

#include "cli/session.h"
#include "cli/value.h"
#include "protocol/typed_value.h"

#include <cstdint>
#include <string>

namespace yado::cli {

/// As virsh prints it: yes/no for booleans, six decimals for doubles.
std::string text_of(const protocol::TypedValue& value);
Value value_of(const protocol::TypedValue& value);
/// {"field": value, …}
Value value_of(const protocol::TypedParams& params);

/// TypedParameterFlags::string_okay when the daemon knows it, else 0.
std::uint32_t strings_flag(Session& session);

/// Asks how many there are, then for that many. `args` has nparams and flags; its Result params and nparams.
template <class Args> protocol::TypedParams fetch_params(Session& session, Args args) {
    args.nparams = 0;
    args.nparams = static_cast<decltype(args.nparams)>(session.call(args).nparams);
    if (args.nparams == 0) return {};
    return session.call(args).params;
}

} // namespace yado::cli
