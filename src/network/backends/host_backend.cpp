// SPDX-License-Identifier: Apache-2.0
#include "network/backends/host_backend.h"

#include "base/error.h"
#include "base/log.h"
#include "network/bridge.h"

#include <algorithm>

namespace yado::network {

Task<std::vector<std::string>> HostBackend::interface_names() {
    auto look = [this] {
        std::vector<std::string> names;
        for (const host::Link& link : host_.links()) names.push_back(link.name);
        return names;
    };
    co_return co_await blocking(loop_, std::move(look));
}

Task<std::optional<std::string>> HostBackend::conflict(model::Network network) {
    auto look = [this, &network] { return interface_in_conflict(host_, network); };
    co_return co_await blocking(loop_, std::move(look));
}

Task<void> HostBackend::start_steps(model::Network network) {
    if (is_filtered(network.mode())) {
        co_await firewall_.add(network); // before anything can pass
        if (foreign_ != nullptr) co_await foreign_->open(network);
    }
    co_await servers_.start(network);
}

Task<void> HostBackend::start(model::Network network) {
    if (!model::has_own_bridge(
            network.mode())) { // the host's own bridge or cards: all that is needed is that they are there
        auto look = [this, &network] {
            if (!network.bridge.name.empty() && !host_.link(network.bridge.name)) {
                fail(ErrorSource::network, Code::operation_failed,
                     "network '{}' uses bridge '{}', which this host does not have", network.name,
                     network.bridge.name);
            }
        };
        co_await blocking(loop_, std::move(look));
        co_return;
    }
    auto make = [this, &network] { start_bridge(host_, network); };
    co_await blocking(loop_, std::move(make));
    std::exception_ptr failure;
    try {
        co_await start_steps(network);
    } catch (...) { failure = std::current_exception(); }
    if (!failure) co_return;
    try {
        co_await stop(network);
    } catch (const Error& error) { // what went wrong first is what the client is told
        log_error("network", "cannot undo the start of '{}': {}", network.name, error.message());
    }
    std::rethrow_exception(failure);
}

Task<void> HostBackend::stop(model::Network network) {
    if (!model::has_own_bridge(network.mode())) co_return;
    std::exception_ptr failure; // each step is tried, whatever becomes of the others
    try {
        co_await servers_.stop(network);
    } catch (...) { failure = std::current_exception(); }
    try {
        auto remove = [this, &network] { stop_bridge(host_, network); };
        co_await blocking(loop_, std::move(remove));
    } catch (...) { failure = std::current_exception(); }
    try {
        if (is_filtered(network.mode())) {
            if (foreign_ != nullptr) co_await foreign_->close(network);
            co_await firewall_.remove(network.bridge.name);
        }
    } catch (...) { failure = std::current_exception(); }
    if (failure) std::rethrow_exception(failure);
}

Task<void> HostBackend::forget(model::Network network) {
    if (model::has_own_bridge(network.mode())) co_await servers_.forget(std::move(network));
}

Task<bool> HostBackend::recover(model::Network network) {
    if (!model::has_own_bridge(network.mode())) co_return true;
    auto repair = [this, &network] { return repair_bridge(host_, network); };
    const bool there = co_await blocking(loop_, std::move(repair));
    if (there) co_await servers_.recover(std::move(network));
    co_return there;
}

Task<void> HostBackend::restore_rules(std::vector<model::Network> networks) {
    std::erase_if(networks, [](const model::Network& network) { return !is_filtered(network.mode()); });
    co_await firewall_.restore(networks);
    if (foreign_ == nullptr) co_return;
    for (const model::Network& network : networks) co_await foreign_->open(network);
}

Task<void> HostBackend::update(model::Network before, model::Network now) {
    if (!model::has_own_bridge(now.mode())) co_return;
    // libvirt's calls change no address of a running network; the rules depend on where it leads to
    if (is_filtered(now.mode()) && before.forward && now.forward &&
        before.forward->device != now.forward->device)
        co_await firewall_.add(now);
    co_await servers_.update(std::move(before), std::move(now));
}

Task<void> HostBackend::set_plugged(model::Network network, std::vector<PluggedCard> cards) {
    if (model::has_own_bridge(network.mode()))
        co_await servers_.set_plugged(std::move(network), std::move(cards));
}

Task<std::vector<Lease>> HostBackend::leases(model::Network network) {
    if (!model::has_own_bridge(network.mode())) co_return std::vector<Lease>();
    co_return co_await servers_.leases(std::move(network));
}

} // namespace yado::network
