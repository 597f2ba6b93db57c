// SPDX-License-Identifier: Apache-2.0
// Networks that run nowhere: for drivers whose domains live in memory.
#pragma once

#include "network/backend.h"

namespace yado::network {

class MemoryBackend final : public Backend {
  public:
    Task<std::vector<std::string>> interface_names() override { co_return std::vector<std::string>(); }
    Task<std::optional<std::string>> conflict(model::Network) override { co_return std::nullopt; }
    Task<void> start(model::Network) override { co_return; }
    Task<void> stop(model::Network) override { co_return; }
    Task<void> forget(model::Network) override { co_return; }
    Task<bool> recover(model::Network) override { co_return true; }
    Task<void> restore_rules(std::vector<model::Network>) override { co_return; }
    Task<void> update(model::Network, model::Network) override { co_return; }
    Task<void> set_plugged(model::Network, std::vector<PluggedCard>) override { co_return; }
    Task<std::vector<Lease>> leases(model::Network) override { co_return std::vector<Lease>(); }
};

} // namespace yado::network
