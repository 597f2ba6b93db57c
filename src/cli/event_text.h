// SPDX-License-Identifier: Apache-2.0
// Domain events as people read them.
#pragma once

#include "cli/value.h"
#include "client/connection.h"
#include "protocol/types.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace yado::cli {

/// The kinds `event` knows, each at the place of its DomainEventID.
std::span<const std::string_view> event_names();
/// The number of a kind; nothing for other words.
std::optional<std::int32_t> event_number(std::string_view name);

struct DescribedEvent {
    std::string_view name;
    protocol::DomainRef domain;
    std::string text; ///< what follows "event 'NAME' for domain 'DOMAIN'", without the last line end
    Value details;    ///< an object

    std::string line() const;
    Value value() const;
};
/// Nothing for events that are not about a domain or of a kind not known here.
std::optional<DescribedEvent> describe_event(const client::Event& event);

} // namespace yado::cli
