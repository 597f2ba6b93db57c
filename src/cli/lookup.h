// SPDX-License-Identifier: Apache-2.0
// Finding what a command's words name.
#pragma once

#include "cli/arguments.h"
#include "cli/session.h"
#include "protocol/types.h"

#include <string>
#include <string_view>

namespace yado::cli {

enum LookUp : unsigned { by_id = 1, by_uuid = 2, by_name = 4, by_any = 7 };

/// The domain of --domain: by id when it is a number, by UUID when it looks like one, else by name.
/// Throws Failure "failed to get domain 'x'" when there is none.
protocol::DomainRef find_domain(Session& session, const Arguments& arguments, unsigned how = by_any);
protocol::DomainRef find_domain(Session& session, std::string_view word, unsigned how = by_any);

/// The domain's state and its reason, numbers of DomainState.
struct StateAndReason {
    std::int32_t state = 0;
    std::int32_t reason = 0;
};
StateAndReason domain_state(Session& session, const protocol::DomainRef& domain);
/// "running", "shut off" …
std::string_view state_text(std::int32_t state);
/// "booted", "user" …; "unknown" for numbers without a word.
std::string_view reason_text(std::int32_t state, std::int32_t reason);

/// The domain's document, `flags` of DomainXMLFlags.
std::string domain_xml(Session& session, const protocol::DomainRef& domain, std::uint32_t flags);

/// A file's content, for commands that take XML: at most 10 MiB. Throws Failure as virsh says it.
std::string read_input_file(const std::string& path);

} // namespace yado::cli
