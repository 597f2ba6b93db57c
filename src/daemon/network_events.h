// SPDX-License-Identifier: Apache-2.0
// Network events on the wire (virNetworkEventID).
#pragma once

#include "daemon/drivers.h"
#include "daemon/server/client.h"
#include "network/network_service.h"
#include "protocol/connect_calls.h"
#include "protocol/constants.h"
#include "protocol/network_calls.h"

namespace yado::daemon {

struct NetworkEventKind {
    using Event = network::NetworkEvent;
    using Register = protocol::ConnectNetworkEventRegisterAnyArgs;
    using Deregister = protocol::ConnectNetworkEventDeregisterAnyArgs;
    static constexpr std::string_view word = "network";
    static constexpr std::string_view object = "network";
    static constexpr int event_ids = 2;

    static service::EventHub<Event>* hub(Driver& driver) {
        auto* service = driver.services.find<network::NetworkService>();
        return service == nullptr ? nullptr : &service->networks().events();
    }
    static std::optional<Uuid> only(const Register& args) {
        return args.net ? std::optional(args.net->uuid) : std::nullopt;
    }
    static protocol::NetworkRef ref(const Event& event) { return {.name = event.name, .uuid = event.id}; }
    static void send(Client& client, int callback, int event_id, const Event& event) {
        using What = network::NetworkEvent::What;
        if (event.what == What::metadata_changed) {
            if (event_id == protocol::NetworkEventID::metadata_change) {
                client.send_event(protocol::NetworkCallbackMetadataChangeEvent{
                    callback, ref(event), event.metadata_type, event.metadata_uri});
            }
            return;
        }
        if (event_id != protocol::NetworkEventID::lifecycle) return;
        client.send_event(protocol::NetworkLifecycleEvent{callback, ref(event), number_of(event.what), 0});
    }

  private:
    static std::int32_t number_of(network::NetworkEvent::What what) {
        namespace Types = protocol::NetworkEventLifecycleType;
        using What = network::NetworkEvent::What;
        switch (what) {
        case What::defined: return Types::defined;
        case What::undefined: return Types::undefined;
        case What::started: return Types::started;
        default: return Types::stopped;
        }
    }
};

} // namespace yado::daemon
