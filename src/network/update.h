// SPDX-License-Identifier: Apache-2.0
// Changes of one part of a network, as NETWORK_UPDATE asks for them.
#pragma once

#include "model/network/network.h"

#include <cstdint>
#include <string>

namespace yado::network {

struct Update {
    std::uint32_t command = 0; ///< NetworkUpdateCommand
    std::uint32_t section = 0; ///< NetworkUpdateSection
    std::int32_t parent = -1;  ///< which <ip>, from 0; -1: the one that serves
    std::string xml;           ///< one element
};

/// Throws operation_invalid, operation_unsupported or xml_error in libvirt's words; then `network` may be
/// half changed.
void apply(model::Network& network, const Update& update);

} // namespace yado::network
