// SPDX-License-Identifier: Apache-2.0
// The part of networks.h about the ports that guests' cards have on running networks.
#include "network/networks.h"

#include "base/error.h"
#include "base/files.h"
#include "base/log.h"
#include "model/network/document.h"
#include "network/plugging.h"
#include "network/status.h"

#include <algorithm>

namespace yado::network {
namespace {

constexpr std::uint32_t first_class = 3; ///< 1 and 2 are the bridge's own
constexpr std::size_t port_limit = 16'384;
constexpr std::size_t file_limit = 1U << 20U;

bool has_floor(const model::NetworkPort& port) {
    return port.bandwidth && port.bandwidth->inbound && port.bandwidth->inbound->floor > 0;
}

void give_class(Network& network, model::NetworkPort& port) {
    if (!has_floor(port) || port.bandwidth->class_id) return;
    std::uint32_t free = first_class;
    while (network.classes.contains(free)) ++free;
    network.classes.insert(free);
    port.bandwidth->class_id = free;
}

void take_class(Network& network, const model::NetworkPort& port) {
    if (port.bandwidth && port.bandwidth->class_id) network.classes.erase(*port.bandwidth->class_id);
}

} // namespace

const model::NetworkPort& Networks::require_port(const Network& network, const Uuid& port) const {
    const auto found = network.ports.find(port);
    if (found == network.ports.end()) {
        fail(ErrorSource::network, Code::no_network_port, "Network port with UUID {} does not exist",
             port.text());
    }
    return found->second;
}

Task<void> Networks::save_port(NetworkPointer network, model::NetworkPort port) {
    if (!statuses_) co_return;
    auto write = [directory = port_directory(*network), text = port_text(port), name = port.uuid.text()] {
        make_directories(directory, 0700);
        write_file_replacing(directory + "/" + name + ".xml", text, 0600);
    };
    co_await blocking(loop_, std::move(write));
}

Task<void> Networks::forget_port(NetworkPointer network, Uuid port) {
    if (!statuses_) co_return;
    auto remove = [path = port_directory(*network) + "/" + port.text() + ".xml"] {
        remove_file_durably(path);
    };
    co_await blocking(loop_, std::move(remove));
}

void Networks::load_ports(Network& network) {
    const std::string directory = port_directory(network);
    for (const DirectoryEntry& entry : list_directory(directory, port_limit)) {
        if (!entry.name.ends_with(".xml")) continue;
        try {
            model::NetworkPort port =
                model::read_network_port(read_file(directory + "/" + entry.name, file_limit));
            if (port.bandwidth && port.bandwidth->class_id) network.classes.insert(*port.bandwidth->class_id);
            const Uuid uuid = port.uuid;
            network.ports.emplace(uuid, std::move(port));
        } catch (const Error& error) {
            log_error("network.store", "skipped '{}/{}': {}", directory, entry.name, error.message());
        }
    }
}

Task<void> Networks::tell_plugged(NetworkPointer network) {
    std::vector<PluggedCard> cards;
    for (const auto& [uuid, port] : network->ports) cards.push_back({port.owner.name, port.mac.text()});
    co_await backend_.set_plugged(*network->live, std::move(cards));
}

Task<model::NetworkPort> Networks::add_port(NetworkPointer network, model::NetworkPort port, bool reclaim) {
    const AsyncMutex::Lock lock = co_await network->changing.lock();
    require_known(network);
    if (!network->active()) {
        fail(ErrorSource::network, Code::operation_invalid, "network '{}' is not active", network->name);
    }
    if (port.uuid.is_null()) port.uuid = Uuid::random();
    if (network->ports.contains(port.uuid)) {
        fail(ErrorSource::network, Code::network_port_exist, "Network port with UUID {} already exists",
             port.uuid.text());
    }
    if (network->ports.size() >= port_limit) {
        fail(ErrorSource::network, Code::operation_failed, "network '{}' has {} ports already", network->name,
             port_limit);
    }
    plug_in(*network, port, reclaim);
    give_class(*network, port);
    const Uuid uuid = port.uuid;
    network->ports.emplace(uuid, port);
    std::exception_ptr failure;
    try {
        co_await call_hooks(network, "port-created", &port);
        co_await save_port(network, port);
        if (has_floor(port)) co_await save_status(network);
        co_await tell_plugged(network);
    } catch (...) { failure = std::current_exception(); }
    if (!failure) co_return port;
    take_class(*network, port);
    network->ports.erase(uuid);
    try {
        co_await forget_port(network, uuid);
    } catch (const Error& error) {
        log_error("network", "cannot undo a port of '{}': {}", network->name, error.message());
    }
    std::rethrow_exception(failure);
}

Task<void> Networks::remove_port(NetworkPointer network, Uuid uuid) {
    const AsyncMutex::Lock lock = co_await network->changing.lock();
    const model::NetworkPort port = require_port(*network, uuid);
    co_await forget_port(network, uuid);
    take_class(*network, port);
    network->ports.erase(uuid);
    if (has_floor(port)) co_await save_status(network);
    co_await tell_plugged(network);
    try {
        co_await call_hooks(network, "port-deleted", &port);
    } catch (const Error& error) { // it is gone, whatever they think of it
        log_debug("network", "{}", error.message());
    }
}

Task<void> Networks::set_port_bandwidth(NetworkPointer network, Uuid uuid,
                                        std::optional<model::Bandwidth> bandwidth) {
    const AsyncMutex::Lock lock = co_await network->changing.lock();
    model::NetworkPort port = require_port(*network, uuid);
    const model::NetworkPort before = port;
    port.bandwidth.reset();
    if (bandwidth) port.bandwidth.emplace() = *bandwidth;
    if (has_floor(port)) {
        take_class(*network, before);
        give_class(*network, port);
    }
    co_await save_port(network, port);
    network->ports.insert_or_assign(uuid, port);
    if (has_floor(before) || has_floor(port)) co_await save_status(network);
}

} // namespace yado::network
