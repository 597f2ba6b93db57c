// SPDX-License-Identifier: Apache-2.0
// The rules of networks in Yado's own nftables table.
#pragma once

#include "base/async/loop.h"
#include "base/async/mutex.h"
#include "host/nftables.h"
#include "network/firewall.h"

#include <map>

namespace yado::network {

class NftFirewall final : public Firewall {
  public:
    NftFirewall(Loop& loop, host::Nftables& nftables) : loop_(loop), nftables_(nftables), changing_(loop) {}

    Task<void> add(model::Network network) override;
    Task<void> remove(std::string bridge) override;
    Task<void> restore(std::vector<model::Network> networks) override;

  private:
    Task<void> run(std::string commands);
    std::string rebuild() const;

    Loop& loop_;
    host::Nftables& nftables_;
    AsyncMutex changing_;                           ///< one transaction at a time, so that present_ is true
    std::map<std::string, model::Network> present_; ///< whose rules are in effect, by bridge
};

} // namespace yado::network
