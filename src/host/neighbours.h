// SPDX-License-Identifier: Apache-2.0
// Who the host's network has heard of: addresses of guests that neither lease nor agent tells.
#pragma once

#include <string>
#include <vector>

namespace yado::host {

struct Neighbour {
    std::string address; ///< IPv4
    std::string mac;     ///< "52:54:00:12:34:56"
    std::string interface;
};

/// The host's ARP table, entries that are complete; empty when it cannot be read. Blocking.
std::vector<Neighbour> neighbours();

} // namespace yado::host
