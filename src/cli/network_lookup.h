// SPDX-License-Identifier: Apache-2.0
// Finding the network a command's words name.
#pragma once

#include "cli/lookup.h"
#include "protocol/types.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace yado::cli {

/// The <network> every network command begins with.
Option network_option();
/// The network of --network: by UUID when it looks like one, else by name. Throws Failure in virsh's words
/// when there is none.
protocol::NetworkRef find_network(Session& session, const Arguments& arguments);
protocol::NetworkRef find_network(Session& session, const std::string& word, unsigned how = by_any);

/// Title, description or an element of its metadata (NetworkMetadataType); nothing when there is none.
std::optional<std::string> network_metadata(Session& session, const protocol::NetworkRef& network,
                                            std::int32_t type, const std::optional<std::string>& uri,
                                            std::uint32_t affect);

} // namespace yado::cli
