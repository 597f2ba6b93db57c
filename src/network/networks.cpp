// SPDX-License-Identifier: Apache-2.0
#include "network/networks.h"

#include "base/error.h"
#include "base/files.h"
#include "base/log.h"
#include "model/network/check.h"
#include "model/network/document.h"
#include "network/status.h"

#include <algorithm>
#include <random>
#include <unistd.h>

namespace yado::network {
namespace {

model::Mac random_mac() {
    std::random_device chance;
    const std::uint32_t number = chance();
    return {{0x52, 0x54, 0x00, static_cast<std::uint8_t>(number), static_cast<std::uint8_t>(number >> 8U),
             static_cast<std::uint8_t>(number >> 16U)}};
}

} // namespace

Networks::Networks(Loop& loop, Backend& backend, std::string config, std::string runtime,
                   const host::Hooks* hooks)
    : loop_(loop), backend_(backend), hooks_(hooks), runtime_(std::move(runtime)), naming_(loop) {
    if (config.empty()) return;
    first_time_ = ::access(config.c_str(), F_OK) != 0;
    definitions_.emplace(loop, std::move(config), service::Keep::autostarted, "network.store");
    statuses_.emplace(loop, runtime_, service::Keep::state, "network.store");
}

NetworkPointer Networks::require(const Uuid& uuid) const {
    if (NetworkPointer network = networks_.find(uuid)) return network;
    fail(ErrorSource::network, Code::no_network, "no network with matching uuid '{}'", uuid.text());
}

NetworkPointer Networks::require(std::string_view name) const {
    if (NetworkPointer network = networks_.find(name)) return network;
    fail(ErrorSource::network, Code::no_network, "no network with matching name '{}'", name);
}

bool Networks::any_active() const {
    return std::ranges::any_of(networks_.all(), [](const NetworkPointer& each) { return each->active(); });
}

void Networks::require_known(const NetworkPointer& network) const {
    if (network->removed) require(network->uuid);
}

// --- names ---

model::NetworkContext Networks::context(std::vector<std::string> taken) const {
    for (const NetworkPointer& network : networks_.all()) {
        if (network->definition) taken.push_back(network->definition->bridge.name);
        if (network->live) taken.push_back(network->live->bridge.name);
    }
    model::NetworkContext context;
    context.new_mac = random_mac;
    context.new_bridge = [taken = std::move(taken)](std::string_view pattern) {
        constexpr unsigned tries = 100'000;
        const std::size_t place = pattern.find("%d");
        for (unsigned number = 0; number < tries; ++number) {
            std::string name(pattern);
            name.replace(place, 2, std::to_string(number));
            if (std::ranges::find(taken, name) == taken.end()) return name;
        }
        fail(ErrorSource::network, Code::internal_error, "Bridge generation exceeded max id {}", tries);
    };
    return context;
}

Task<model::Network> Networks::read(std::string xml, bool validate) {
    std::vector<std::string> taken = co_await backend_.interface_names();
    const schema::ReadOptions options{.unknown =
                                          validate ? schema::Unknown::reject : schema::Unknown::ignore};
    model::Network network = model::parse_network(xml, context(std::move(taken)), options);
    co_return network;
}

void Networks::require_free(const model::Network& network, bool must_be_inactive) const {
    if (const NetworkPointer same = networks_.find(network.uuid)) {
        if (same->name != network.name) {
            fail(ErrorSource::network, Code::operation_failed, "network '{}' is already defined with uuid {}",
                 same->name, same->uuid.text());
        }
        if (must_be_inactive && same->active()) {
            fail(ErrorSource::network, Code::operation_invalid, "network is already active as '{}'",
                 same->name);
        }
        return;
    }
    if (const NetworkPointer same = networks_.find(network.name)) {
        fail(ErrorSource::network, Code::operation_failed, "network '{}' already exists with uuid {}",
             network.name, same->uuid.text());
    }
}

void Networks::require_bridge_free(const model::Network& network) const {
    if (!model::has_own_bridge(network.mode())) return;
    for (const NetworkPointer& other : networks_.all()) {
        if (other->uuid == network.uuid) continue;
        const auto uses = [&](const std::optional<model::Network>& form) {
            return form && form->bridge.name == network.bridge.name;
        };
        if (uses(other->definition) || uses(other->live)) {
            fail(ErrorSource::network, Code::internal_error, "bridge name '{}' already in use.",
                 network.bridge.name);
        }
    }
}

// --- definitions ---

Task<NetworkPointer> Networks::define(std::string xml, bool validate) {
    const AsyncMutex::Lock naming = co_await naming_.lock();
    model::Network definition = co_await read(std::move(xml), validate);
    require_free(definition, false);
    require_bridge_free(definition);
    NetworkPointer network = networks_.find(definition.uuid);
    AsyncMutex::Lock lock;
    if (network != nullptr) lock = co_await network->changing.lock();
    if (definitions_) co_await definitions_->save(definition.name, definition_text(definition));
    if (network == nullptr || network->removed) { // a transient one may have ended while we waited
        network = std::make_shared<Network>(loop_, definition);
        networks_.add(network);
    }
    network->definition = std::move(definition);
    publish(NetworkEvent::What::defined, *network);
    co_return network;
}

Task<void> Networks::drop(NetworkPointer network) {
    network->removed = true;
    networks_.remove(*network);
    co_return;
}

Task<void> Networks::undefine(NetworkPointer network) {
    const AsyncMutex::Lock lock = co_await network->changing.lock();
    require_known(network);
    if (!network->persistent()) {
        fail(ErrorSource::network, Code::operation_invalid, "can't undefine transient network");
    }
    if (definitions_) co_await definitions_->remove(network->name);
    if (!network->active()) co_await backend_.forget(*network->definition);
    network->autostart = false;
    network->definition.reset();
    if (!network->active()) co_await drop(network);
    publish(NetworkEvent::What::undefined, *network);
}

Task<void> Networks::set_autostart(NetworkPointer network, bool on) {
    const AsyncMutex::Lock lock = co_await network->changing.lock();
    require_known(network);
    if (!network->persistent()) {
        fail(ErrorSource::network, Code::operation_invalid, "cannot set autostart for transient network");
    }
    if (network->autostart == on) co_return;
    if (definitions_) co_await definitions_->set_autostart(network->name, on);
    network->autostart = on;
}

Task<void> Networks::change(NetworkPointer network, Affect affect,
                            std::function<void(model::Network&)> change) {
    const AsyncMutex::Lock lock = co_await network->changing.lock();
    require_known(network);
    std::optional<model::Network> definition, live;
    if (affect.config) definition = network->definition;
    if (affect.live) live = network->live;
    for (std::optional<model::Network>* form : {&live, &definition}) {
        if (!*form) continue;
        change(**form);
        schema::Diagnostics problems;
        model::check(**form, problems);
        problems.throw_if_any();
    }
    if (definition && definitions_) co_await definitions_->save(network->name, definition_text(*definition));
    if (definition) network->definition = std::move(definition);
    if (live) {
        const model::Network before = *network->live;
        network->live = *live;
        std::exception_ptr failure;
        try {
            co_await save_status(network);
            co_await backend_.update(before, *live);
        } catch (...) { failure = std::current_exception(); }
        if (failure) { // what runs is what it was
            network->live = before;
            co_await save_status(network);
            std::rethrow_exception(failure);
        }
    }
}

Task<std::vector<Lease>> Networks::leases(NetworkPointer network) {
    if (!network->active()) co_return std::vector<Lease>();
    co_return co_await backend_.leases(*network->live);
}

} // namespace yado::network
