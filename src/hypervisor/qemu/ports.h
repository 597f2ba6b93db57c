// SPDX-License-Identifier: Apache-2.0
// Numbers given to guests' screens: no two guests get the same, and what another program listens on is passed
// over.
#pragma once

#include <set>
#include <string>

namespace yado::qemu {

class PortPool {
  public:
    PortPool(unsigned first, unsigned last) : first_(first), last_(last) {}

    /// The lowest free port at `address`. Throws internal_error when there is none.
    unsigned take(const std::string& address);
    /// A port that a guest has by its definition or from before a restart.
    void note(unsigned port) { taken_.insert(port); }
    void give_back(unsigned port) { taken_.erase(port); }

  private:
    unsigned first_, last_;
    std::set<unsigned> taken_;
};

} // namespace yado::qemu
