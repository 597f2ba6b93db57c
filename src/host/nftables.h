// SPDX-License-Identifier: Apache-2.0
// The kernel's packet filter, spoken to in nft's own language through libnftables. The only place that knows
// that library.
#pragma once

#include <memory>
#include <string>

namespace yado::host {

class Nftables {
  public:
    Nftables() = default;
    Nftables(const Nftables&) = delete;
    Nftables& operator=(const Nftables&) = delete;
    virtual ~Nftables() = default;

    /// Runs the commands as one transaction: all of them or none. Throws operation_failed with what the
    /// library says. Blocking; may be called on any thread.
    virtual void apply(const std::string& commands) = 0;
    /// What a "list" command prints, as JSON.
    virtual std::string list(const std::string& command) = 0;
};

/// The kernel's, of the network namespace that the calling thread is in.
std::unique_ptr<Nftables> make_nftables();

} // namespace yado::host
