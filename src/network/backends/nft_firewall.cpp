// SPDX-License-Identifier: Apache-2.0
#include "network/backends/nft_firewall.h"

#include "base/error.h"
#include "base/log.h"
#include "network/backends/nft_rules.h"

namespace yado::network {

Task<void> NftFirewall::run(std::string commands) {
    auto work = [this, &commands] { nftables_.apply(commands); };
    co_await blocking(loop_, std::move(work));
}

std::string NftFirewall::rebuild() const {
    std::vector<model::Network> networks;
    for (const auto& [bridge, network] : present_) networks.push_back(network);
    return nft_rebuild(networks);
}

Task<void> NftFirewall::add(model::Network network) {
    const AsyncMutex::Lock lock = co_await changing_.lock();
    const auto before = present_.find(network.bridge.name);
    std::string commands;
    if (before == present_.end()) {
        commands = nft_add(network);
    } else { // other addresses may be translated now: the old elements go with everything else
        auto networks = present_;
        networks.erase(network.bridge.name);
        std::vector<model::Network> all;
        for (const auto& [bridge, other] : networks) all.push_back(other);
        all.push_back(network);
        commands = nft_rebuild(all);
    }
    co_await run(std::move(commands));
    present_.insert_or_assign(network.bridge.name, std::move(network));
}

Task<void> NftFirewall::remove(std::string bridge) {
    const AsyncMutex::Lock lock = co_await changing_.lock();
    const auto found = present_.find(bridge);
    if (found == present_.end()) co_return;
    const model::Network network = std::move(found->second);
    present_.erase(found);
    if (!present_.empty()) {
        std::string commands = nft_remove(network);
        bool done = false;
        try {
            co_await run(std::move(commands));
            done = true;
        } catch (const Error& error) { // somebody emptied our table: what is left of it is made anew
            log_warning("network.firewall", "the rules of '{}' were not as they had been made: {}", bridge,
                        error.message());
        }
        if (done) co_return;
    }
    std::string commands = rebuild();
    co_await run(std::move(commands));
}

Task<void> NftFirewall::restore(std::vector<model::Network> networks) {
    const AsyncMutex::Lock lock = co_await changing_.lock();
    present_.clear();
    for (model::Network& network : networks) {
        std::string bridge = network.bridge.name;
        present_.insert_or_assign(std::move(bridge), std::move(network));
    }
    std::string commands = rebuild();
    co_await run(std::move(commands));
}

} // namespace yado::network
