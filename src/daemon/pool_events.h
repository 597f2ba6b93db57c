// SPDX-License-Identifier: Apache-2.0
// Storage pool events on the wire (virStoragePoolEventID).
#pragma once

#include "daemon/drivers.h"
#include "daemon/server/client.h"
#include "protocol/connect_calls.h"
#include "protocol/constants.h"
#include "protocol/storage_calls.h"
#include "storage/storage_service.h"

namespace yado::daemon {

struct PoolEventKind {
    using Event = storage::PoolEvent;
    using Register = protocol::ConnectStoragePoolEventRegisterAnyArgs;
    using Deregister = protocol::ConnectStoragePoolEventDeregisterAnyArgs;
    static constexpr std::string_view word = "storage pool";
    static constexpr std::string_view object = "storage_pool";
    static constexpr int event_ids = 2;

    static service::EventHub<Event>* hub(Driver& driver) {
        auto* service = driver.services.find<storage::StorageService>();
        return service == nullptr ? nullptr : &service->pools().events();
    }
    static std::optional<Uuid> only(const Register& args) {
        return args.pool ? std::optional(args.pool->uuid) : std::nullopt;
    }
    static protocol::StoragePoolRef ref(const Event& event) { return {event.name, event.id}; }
    static void send(Client& client, int callback, int event_id, const Event& event) {
        using What = storage::PoolEvent::What;
        if (event.what == What::refreshed) {
            if (event_id == protocol::StoragePoolEventID::refresh)
                client.send_event(protocol::StoragePoolRefreshEvent{callback, ref(event)});
            return;
        }
        if (event_id != protocol::StoragePoolEventID::lifecycle) return;
        // the first ones stand in the order of StoragePoolEventLifecycleType
        client.send_event(protocol::StoragePoolLifecycleEvent{callback, ref(event),
                                                              static_cast<std::int32_t>(event.what), 0});
    }
};

} // namespace yado::daemon
