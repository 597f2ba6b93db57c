// SPDX-License-Identifier: Apache-2.0
#include "daemon/host_networks.h"

#include "base/error.h"
#include "base/log.h"
#include "network/backends/host_backend.h"
#include "network/backends/memory_backend.h"
#include "network/backends/nft_firewall.h"
#include "network/free_subnet.h"

#include <climits>
#include <unistd.h>

namespace yado::daemon {
namespace {

/// This program, which is dnsmasq's lease program too.
std::string own_program() {
    char path[PATH_MAX];
    const ssize_t size = ::readlink("/proc/self/exe", path, sizeof path);
    if (size < 0) fail_errno("cannot read /proc/self/exe");
    return {path, static_cast<std::size_t>(size)};
}

} // namespace

HostNetworks::HostNetworks(Loop& loop, Driver& driver, const std::optional<NetworkHost>& host) {
    if (host) {
        const Paths& paths = host->paths;
        kernel_ = host::make_network();
        nftables_ = host::make_nftables();
        firewall_ = std::make_unique<network::NftFirewall>(loop, *nftables_);
        servers_ = std::make_unique<network::NameServers>(
            loop, host->processes,
            network::NameServers::Places{paths.dnsmasq_dir, paths.network_run, {}, own_program()});
        foreign_.emplace(loop, *nftables_, host->processes);
        backend_ = std::make_unique<network::HostBackend>(loop, *kernel_, *firewall_, *servers_, &*foreign_);
        hooks_.emplace(host->processes, paths.hooks_dir, "network", host->hook_limit);
        networks_ = std::make_unique<network::Networks>(loop, *backend_, paths.network_config,
                                                        paths.network_run, &*hooks_);
        if (paths.system) first_network_ = network::default_network_xml();
    } else {
        backend_ = std::make_unique<network::MemoryBackend>();
        networks_ = std::make_unique<network::Networks>(loop, *backend_, "", "");
        in_memory_ = true;
    }
    service_ = std::make_unique<network::NetworkService>(*networks_);
    driver.services.add(*service_);
}

HostNetworks::~HostNetworks() = default;

Task<void> HostNetworks::begin() {
    co_await networks_->begin(first_network_);
    if (!in_memory_) co_return;
    try { // the example that every connection to the test driver finds
        const network::NetworkPointer example =
            co_await networks_->define(network::default_network_xml(), false);
        co_await networks_->start(example);
    } catch (const Error& error) {
        log_error("daemon", "the example network is missing: {}", error.message());
    }
}

} // namespace yado::daemon
