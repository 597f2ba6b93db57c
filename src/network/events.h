// SPDX-License-Identifier: Apache-2.0
// What happens to networks.
#pragma once

#include "base/error.h"
#include "base/uuid.h"

#include <cstdint>
#include <optional>
#include <string>

namespace yado::network {

/// Who speaks in errors of this folder.
inline constexpr ErrorSource source = ErrorSource::network;

struct NetworkEvent {
    enum class What { defined, undefined, started, stopped, metadata_changed };
    What what;
    std::string name;
    Uuid id;
    std::int32_t metadata_type = 0;                         ///< NetworkMetadataType
    std::optional<std::string> metadata_uri = std::nullopt; ///< of an element

    const Uuid& uuid() const { return id; }
};

} // namespace yado::network
