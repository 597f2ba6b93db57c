// SPDX-License-Identifier: Apache-2.0
// One network: what is defined, what runs, and who is plugged in.
#pragma once

#include "base/async/mutex.h"
#include "model/network/network.h"
#include "model/network/port.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace yado::network {

struct Network {
    Network(Executor& executor, const model::Network& from)
        : name(from.name), uuid(from.uuid), changing(executor) {}

    std::string name;
    Uuid uuid;
    std::optional<model::Network> definition; ///< of a persistent one
    std::optional<model::Network> live;       ///< while it is active
    bool autostart = false;
    bool removed = false; ///< no longer in the registry, though somebody may still hold it
    std::map<Uuid, model::NetworkPort> ports;
    std::set<std::uint32_t> classes; ///< traffic classes in use on the bridge, from 3 on
    AsyncMutex changing;             ///< one change of its state at a time

    bool active() const { return live.has_value(); }
    bool persistent() const { return definition.has_value(); }
    /// What clients are shown: the running form where there is one. Not of one that failed to start.
    const model::Network& current() const { return live ? *live : *definition; }
};
using NetworkPointer = std::shared_ptr<Network>;

} // namespace yado::network
