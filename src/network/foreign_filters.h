// SPDX-License-Identifier: Apache-2.0
// Lets networks pass the host's other packet filters where that can be done, and names those where it cannot.
#pragma once

#include "base/async/loop.h"
#include "base/async/mutex.h"
#include "host/foreign_filter.h"
#include "host/nftables.h"
#include "host/processes.h"
#include "model/network/network.h"

#include <string>

namespace yado::network {

class ForeignFilters {
  public:
    ForeignFilters(Loop& loop, host::Nftables& nftables, host::Processes& processes)
        : loop_(loop), nftables_(nftables), processes_(processes), changing_(loop) {}

    /// Whatever goes wrong is in the log: the network itself is as it should be.
    Task<void> open(model::Network network);
    Task<void> close(model::Network network);

  private:
    Task<host::ForeignChains> look();
    Task<void> set(model::Network network, host::ForeignChains chains, bool v6, bool opens);
    Task<std::string> run(std::string program, std::string argument, std::string input);

    Loop& loop_;
    host::Nftables& nftables_;
    host::Processes& processes_;
    AsyncMutex changing_;
};

} // namespace yado::network
