// SPDX-License-Identifier: Apache-2.0
// The files of networks, in libvirt's form.
#pragma once

#include "network/network.h"

#include <string>
#include <string_view>

namespace yado::network {

/// The whole file of a definition.
std::string definition_text(const model::Network& network);
/// The file of a running network; the network must be active.
std::string status_text(const Network& network);
/// The network of such a file. Throws what reading documents throws.
model::Network read_status(std::string_view text);
std::string port_text(const model::NetworkPort& port);

} // namespace yado::network
