// SPDX-License-Identifier: Apache-2.0
// What a network carries for people and programs: title, description, elements of foreign namespaces.
#pragma once

#include "model/network/network.h"

#include <cstdint>
#include <optional>
#include <string>

namespace yado::network {

/// `type` is a NetworkMetadataType; an element is told by `uri`. Throws no_network_metadata.
std::string metadata_of(const model::Network& network, std::int32_t type,
                        const std::optional<std::string>& uri);
/// Nothing given: it is removed. Throws invalid_arg, or xml_error for an element that is not well-formed.
void set_metadata_of(model::Network& network, std::int32_t type, const std::optional<std::string>& metadata,
                     const std::optional<std::string>& key, const std::optional<std::string>& uri);

} // namespace yado::network
