// SPDX-License-Identifier: Apache-2.0
// The part of networks.h about what runs: start, end, and finding it again.
#include "network/networks.h"

#include "base/error.h"
#include "base/files.h"
#include "base/log.h"
#include "model/network/document.h"
#include "network/free_subnet.h"
#include "network/status.h"

#include <algorithm>

namespace yado::network {
namespace {

constexpr std::string_view default_name = "default";

/// NAT as it is done: with the ports that are used when none are said.
model::Network running_form(model::Network network) {
    network.connections.reset();
    if (network.mode() == model::ForwardMode::nat) {
        if (!network.forward->nat) network.forward->nat.emplace();
        if (!network.forward->nat->ports) network.forward->nat->ports = model::NatPorts{1024, 65535};
    }
    return network;
}

} // namespace

// --- files ---

Task<void> Networks::save_status(NetworkPointer network) {
    if (!statuses_) co_return;
    std::string text = status_text(*network);
    co_await statuses_->save(network->name, std::move(text));
}

// --- start and end ---

Task<void> Networks::call_hooks(NetworkPointer network, std::string operation,
                                const model::NetworkPort* port) {
    if (hooks_ == nullptr || hooks_->empty()) co_return;
    const bool after = operation == "stopped";
    model::Network shown = network->current();
    shown.connections = static_cast<std::uint32_t>(network->ports.size());
    std::string document = "<hookData>\n" + model::write_network(shown, {.live = true});
    if (port != nullptr) document += model::write_network_port(*port);
    host::HookCall call{network->name, std::move(operation), after ? "end" : "begin"};
    call.input = document + "</hookData>\n";
    co_await hooks_->run(std::move(call));
}

Task<model::Network> Networks::with_free_subnet(NetworkPointer network, model::Network definition) {
    const auto taken_by = co_await backend_.conflict(definition);
    if (!taken_by) co_return definition;
    if (definition.name == default_name && is_movable(definition)) {
        for (const model::Network& candidate : other_subnets(definition)) {
            const auto in_way = co_await backend_.conflict(candidate);
            if (in_way) continue;
            log_warning("network", "network '{}' moves to {}: its addresses are in use by interface {}",
                        definition.name, candidate.ips.front().address.text(), *taken_by);
            if (network->definition && definitions_) {
                co_await definitions_->save(candidate.name, definition_text(candidate));
                network->definition = candidate;
            }
            co_return candidate;
        }
    }
    fail(ErrorSource::network, Code::internal_error, "Network is already in use by interface {}", *taken_by);
}

Task<void> Networks::start_locked(NetworkPointer network, model::Network definition) {
    definition = co_await with_free_subnet(network, std::move(definition));
    network->live = running_form(std::move(definition));
    std::exception_ptr failure;
    bool started = false;
    try {
        co_await call_hooks(network, "start", nullptr);
        co_await save_status(network); // first: whatever a crash leaves is found again
        co_await backend_.start(*network->live);
        started = true;
        co_await call_hooks(network, "started", nullptr);
    } catch (...) { failure = std::current_exception(); }
    if (!failure) {
        publish(NetworkEvent::What::started, *network);
        co_return;
    }
    try {
        if (started) co_await backend_.stop(*network->live);
        if (statuses_) co_await statuses_->remove(network->name);
    } catch (const Error& error) { // what went wrong first is what the client is told
        log_error("network", "cannot undo the start of '{}': {}", network->name, error.message());
    }
    network->live.reset();
    std::rethrow_exception(failure);
}

Task<void> Networks::start(NetworkPointer network) {
    const AsyncMutex::Lock lock = co_await network->changing.lock();
    require_known(network);
    if (network->active()) fail(ErrorSource::network, Code::operation_invalid, "network is already active");
    model::Network definition = *network->definition;
    co_await start_locked(network, std::move(definition));
}

Task<void> Networks::start_if_needed(NetworkPointer network) {
    const AsyncMutex::Lock lock = co_await network->changing.lock();
    require_known(network);
    if (network->active()) co_return;
    model::Network definition = *network->definition;
    co_await start_locked(network, std::move(definition));
}

Task<NetworkPointer> Networks::create(std::string xml, bool validate) {
    NetworkPointer network;
    AsyncMutex::Lock lock;
    model::Network definition;
    {
        const AsyncMutex::Lock naming = co_await naming_.lock();
        definition = co_await read(std::move(xml), validate);
        require_free(definition, true);
        require_bridge_free(definition);
        network = networks_.find(definition.uuid);
        if (network == nullptr) {
            network = std::make_shared<Network>(loop_, definition);
            network->live = definition; // it is seen from now on; its lock keeps others from using it
            networks_.add(network);
        }
        lock = co_await network->changing.lock();
        if (network->persistent() && network->active()) require_free(definition, true);
    }
    std::exception_ptr failure;
    try {
        co_await start_locked(network, std::move(definition));
    } catch (...) { failure = std::current_exception(); }
    if (!failure) co_return network;
    if (!network->persistent() && !network->removed) co_await drop(network);
    std::rethrow_exception(failure);
}

Task<void> Networks::destroy(NetworkPointer network) {
    const AsyncMutex::Lock lock = co_await network->changing.lock();
    require_known(network);
    if (!network->active()) {
        fail(ErrorSource::network, Code::operation_invalid, "network '{}' is not active", network->name);
    }
    co_await backend_.stop(*network->live);
    if (statuses_) {
        co_await statuses_->remove(network->name);
        auto clean = [directory = runtime_ + "/" + network->name] { remove_tree(directory); };
        co_await blocking(loop_, std::move(clean));
    }
    try {
        co_await call_hooks(network, "stopped", nullptr);
    } catch (const Error& error) { // it has ended, whatever they think of it
        log_debug("network", "{}", error.message());
    }
    network->ports.clear();
    network->classes.clear();
    // nothing is waited for between here and its going: a network has one form or the other
    if (!network->persistent()) co_await backend_.forget(*network->live);
    network->live.reset();
    if (!network->persistent()) co_await drop(network);
    publish(NetworkEvent::What::stopped, *network);
}

// --- beginning ---

void Networks::load_definitions() {
    if (!definitions_) return;
    for (const service::StoredDocument& stored : definitions_->load()) {
        try {
            model::Network definition = model::read_network(stored.text);
            model::complete(definition, context({}));
            if (definition.name != stored.name || find(definition.name) || find(definition.uuid)) {
                log_error("network.store", "skipped '{}': it holds the network '{}' ({})",
                          definitions_->path(stored.name), definition.name, definition.uuid.text());
                continue;
            }
            auto network = std::make_shared<Network>(loop_, definition);
            network->definition = std::move(definition);
            network->autostart = stored.autostart;
            networks_.add(std::move(network));
        } catch (const Error& error) { // one bad file must not keep the others away
            log_error("network.store", "skipped '{}': {}", definitions_->path(stored.name), error.message());
        }
    }
}

Task<void> Networks::recover() {
    if (!statuses_) co_return;
    auto load = [this] { return statuses_->load(); };
    const std::vector<service::StoredDocument> stored = co_await blocking(loop_, std::move(load));
    if (stored.empty()) co_return;
    std::vector<model::Network> running;
    for (const service::StoredDocument& each : stored) {
        try {
            model::Network live = read_status(each.text);
            NetworkPointer network = find(live.uuid);
            if (network == nullptr && find(live.name) == nullptr) {
                network = std::make_shared<Network>(loop_, live);
                networks_.add(network);
            }
            if (network == nullptr) continue;
            network->live = live;
            load_ports(*network);
            const bool there = co_await backend_.recover(live);
            if (there) {
                running.push_back(std::move(live));
                continue;
            }
            log_warning("network", "network '{}' has ended while no daemon ran", network->name);
            co_await destroy(std::move(network));
        } catch (const Error& error) {
            log_error("network", "cannot go on with the network of '{}': {}", statuses_->path(each.name),
                      error.message());
        }
    }
    co_await backend_.restore_rules(std::move(running));
}

Task<void> Networks::restore_rules() {
    std::vector<model::Network> running;
    for (const NetworkPointer& network : all()) {
        if (network->live) running.push_back(*network->live);
    }
    if (running.empty()) co_return;
    co_await backend_.restore_rules(std::move(running));
}

Task<void> Networks::define_first(std::string xml) {
    if (!first_time_ || xml.empty()) co_return;
    std::vector<std::string> taken = co_await backend_.interface_names();
    model::Network network = model::parse_network(xml, context(std::move(taken)));
    const auto in_way = co_await backend_.conflict(network);
    if (in_way && is_movable(network)) {
        for (const model::Network& candidate : other_subnets(network)) {
            const auto again = co_await backend_.conflict(candidate);
            if (again) continue;
            network = candidate;
            break;
        }
    }
    std::string text = model::write_network(network, schema::definition_view);
    co_await define(std::move(text), false);
}

Task<void> Networks::autostart() {
    const std::string marker = runtime_ + "/autostarted";
    auto claim = [&marker] {
        const bool first = !read_file_if_exists(marker, 1);
        if (first) write_file_replacing(marker, "", 0600);
        return first;
    };
    const bool due = co_await blocking(loop_, std::move(claim));
    if (!due) co_return;
    for (const NetworkPointer& network : all()) {
        if (!network->autostart || network->active()) continue;
        try {
            co_await start(network);
        } catch (const Error& error) { // the others are started all the same
            log_error("network", "cannot start network '{}': {}", network->name, error.message());
        }
    }
}

Task<void> Networks::begin(std::string first_network) {
    load_definitions();
    try {
        co_await recover();
        co_await define_first(std::move(first_network));
        if (statuses_) co_await autostart();
    } catch (const Error& error) { // the daemon has more to do than networks
        log_error("network", "networks: {}", error.message());
    }
}

} // namespace yado::network
