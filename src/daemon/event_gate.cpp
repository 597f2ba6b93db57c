// SPDX-License-Identifier: Apache-2.0
#include "daemon/event_gate.h"

#include "base/error.h"
#include "base/log.h"
#include "daemon/server/server.h"
#include "daemon/server/subject.h"

namespace yado::daemon {
namespace {

/// Events of one connection that wait for access rules.
constexpr std::size_t held_max = 4096;

} // namespace

bool EventGate::open(const Client& client) const {
    return client.server().access() == nullptr && held_.empty();
}

void EventGate::hold(Client& client, Held event) {
    if (held_.size() >= held_max) {
        log_warning("daemon.events", "access rules are slower than events: one of a {} is dropped",
                    event.object);
        return;
    }
    held_.push_back(std::move(event));
    if (held_.size() == 1) spawn(ask(std::static_pointer_cast<Client>(client.shared_from_this())));
}

Task<void> EventGate::ask(std::shared_ptr<Client> client) {
    EventGate& own = client->data<EventGate>();
    while (!own.held_.empty() && !client->closed()) {
        bool allowed = true;
        try {
            if (Access* access = client->server().access()) {
                const Held& first = own.held_.front();
                std::string object = first.object;
                AccessDetails details = with_driver(client->driver(), first.details);
                allowed = co_await access->allowed(client->identity(), object, "getattr", std::move(details));
            }
        } catch (const Error& error) {
            log_warning("daemon.events", "an event is held back: {}", error.message());
            allowed = false;
        }
        const std::function<void()> send = std::move(own.held_.front().send);
        own.held_.pop_front();
        if (allowed && !client->closed()) send();
    }
}

} // namespace yado::daemon
