// SPDX-License-Identifier: Apache-2.0
// Errors as structures of the protocol, both ways.
#pragma once

#include "base/error.h"
#include "protocol/types.h"

namespace yado::protocol {

/// As stock fills it: level 2, str1 the message with "%s" for the detail, str2 the detail, int1 errno or -1.
/// Long texts are cut, at most 2048 bytes each: this is where every error on its way to a client passes.
WireError to_wire(const Error& error);

/// The error a peer sent; its message stays word for word, whatever wording this program has for the code.
Error from_wire(const WireError& wire);

} // namespace yado::protocol
