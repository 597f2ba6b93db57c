// SPDX-License-Identifier: Apache-2.0
// The terminal becomes the guest's console until the escape key is pressed.
#pragma once

#include "cli/session.h"
#include "protocol/types.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace yado::cli {

/// Connects stdin and stdout with `device` (nothing: the guest's first console); `flags` of
/// DomainConsoleFlags. With `resume` the domain, still paused, runs on once the console is connected. Returns
/// at the escape key, at the end of stdin and when the daemon ends the stream. The terminal is as before
/// then, whatever happened. Throws Failure when the domain is not running or stdin is no terminal.
void run_console(Session& session, const protocol::DomainRef& domain,
                 const std::optional<std::string>& device, std::uint32_t flags, bool resume);

/// How a key is shown: "^]", or the character itself.
std::string key_text(int key);
/// The bytes before `escape`, all when it is not among them.
std::string_view before_escape(std::string_view typed, int escape);

} // namespace yado::cli
