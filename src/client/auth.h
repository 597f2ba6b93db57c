// SPDX-License-Identifier: Apache-2.0
// Proving who we are: what the daemon asks for in AuthList, and the credentials for it.
#pragma once

#include "client/connection.h"
#include "client/credentials.h"

#include <functional>
#include <memory>
#include <string>

namespace yado::client {

/// Asks polkit through the daemon; starts a text agent and tries again when there is none and `agent` allows
/// it.
void authenticate_polkit(Connection& connection, bool agent);

/// SASL until the daemon is content. Returns a transport that encrypts, over the old one, when a security
/// layer was agreed on (TCP only), else the old one back. Throws auth_failed.
std::unique_ptr<Transport> authenticate_sasl(Connection& connection, std::unique_ptr<Transport>& transport,
                                             const Target& target, const Prompt& prompt);

} // namespace yado::client
