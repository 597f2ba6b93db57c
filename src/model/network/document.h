// SPDX-License-Identifier: Apache-2.0
// The texts of networks and of the ports guests have on them.
#pragma once

#include <string>
#include <string_view>

#include "model/network/complete.h"
#include "model/network/network.h"
#include "model/network/port.h"
#include "schema/diagnostics.h"
#include "schema/read.h"

namespace yado::model {

/// Reads a <network> document. Throws Error with all problems when `diagnostics` is null, else adds the
/// semantic ones there.
Network read_network(std::string_view text, const schema::ReadOptions& options = {},
                     schema::Diagnostics* diagnostics = nullptr);
/// What any reader found in a description of a network, with the network's name where messages want it.
void add_with_name(const schema::Diagnostics& found, std::string_view name, schema::Diagnostics& out);
/// The <network> document in libvirt's format, ending in a line end; a live view tells who uses it.
std::string write_network(const Network& network, schema::View view);
/// Reads, completes and checks a client's document. Throws Error with everything that is wrong with it.
Network parse_network(std::string_view text, const NetworkContext& context,
                      const schema::ReadOptions& options = {});

NetworkPort read_network_port(std::string_view text, const schema::ReadOptions& options = {},
                              schema::Diagnostics* diagnostics = nullptr);
std::string write_network_port(const NetworkPort& port, schema::View view = {});
NetworkPort parse_network_port(std::string_view text, const schema::ReadOptions& options = {});

} // namespace yado::model
