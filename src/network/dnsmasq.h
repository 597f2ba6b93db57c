// SPDX-License-Identifier: Apache-2.0
// What dnsmasq, the name and DHCP server of a network, is told: the text of its files, as libvirt writes them
// for the same network.
#pragma once

#include "model/network/network.h"

#include <cstdint>
#include <string>

namespace yado::network {

/// Where the files of one network lie.
struct DnsmasqPaths {
    std::string config;   ///< DIRECTORY/NAME.conf
    std::string hosts;    ///< DIRECTORY/NAME.hostsfile: fixed addresses
    std::string names;    ///< DIRECTORY/NAME.addnhosts: names
    std::string leases;   ///< DIRECTORY/BRIDGE.status, which the lease program keeps
    std::string macs;     ///< DIRECTORY/BRIDGE.macs: which guest has which card
    std::string pid_file; ///< RUNTIME/NAME.pid
};
DnsmasqPaths dnsmasq_paths(const model::Network& network, const std::string& directory,
                           const std::string& runtime);

struct DnsmasqFiles {
    std::string config, hosts, names;
};

/// Whether the network has such a server at all: it has an address, and names or addresses to serve.
bool needs_dnsmasq(const model::Network& network);
/// Throws config_unsupported for what dnsmasq cannot serve, in libvirt's words.
DnsmasqFiles dnsmasq_files(const model::Network& network, const DnsmasqPaths& paths);

} // namespace yado::network
