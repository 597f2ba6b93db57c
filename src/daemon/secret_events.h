// SPDX-License-Identifier: Apache-2.0
// Secret events on the wire (virSecretEventID).
#pragma once

#include "daemon/drivers.h"
#include "daemon/server/client.h"
#include "protocol/connect_calls.h"
#include "protocol/constants.h"
#include "protocol/secret_calls.h"
#include "secret/secret_service.h"

namespace yado::daemon {

struct SecretEventKind {
    using Event = secret::SecretEvent;
    using Register = protocol::ConnectSecretEventRegisterAnyArgs;
    using Deregister = protocol::ConnectSecretEventDeregisterAnyArgs;
    static constexpr std::string_view word = "secret";
    static constexpr std::string_view object = "secret";
    static constexpr int event_ids = 2;

    static service::EventHub<Event>* hub(Driver& driver) {
        auto* service = driver.services.find<secret::SecretService>();
        return service == nullptr ? nullptr : &service->secrets().events();
    }
    static std::optional<Uuid> only(const Register& args) {
        return args.secret ? std::optional(args.secret->uuid) : std::nullopt;
    }
    static protocol::SecretRef ref(const Event& event) { return secret::ref_to(event.definition); }
    static void send(Client& client, int callback, int event_id, const Event& event) {
        using What = secret::SecretEvent::What;
        if (event.what == What::value_changed) {
            if (event_id == protocol::SecretEventID::value_changed)
                client.send_event(protocol::SecretValueChangedEvent{callback, ref(event)});
            return;
        }
        if (event_id != protocol::SecretEventID::lifecycle) return;
        namespace Types = protocol::SecretEventLifecycleType;
        client.send_event(protocol::SecretLifecycleEvent{
            callback, ref(event), event.what == What::defined ? Types::defined : Types::undefined, 0});
    }
};

} // namespace yado::daemon
