// SPDX-License-Identifier: Apache-2.0
// Events of networks, pools, node devices and secrets for clients: each kind has the same three calls, whose
// structures a Kind names:
//
//   struct Kind {
//       using Event = …;                                  // as published, with uuid()
//       using Register = p::Connect…EventRegisterAnyArgs; // and Deregister
//       static constexpr std::string_view word;           // of messages: "storage pool"
//       static constexpr std::string_view object;         // of access rules: "storage_pool"
//       static constexpr int event_ids;                   // how many there are
//       static service::EventHub<Event>* hub(Driver&);
//       static std::optional<Uuid> only(const Register&);
//       static p::…Ref ref(const Event&);
//       static void send(Client&, int callback, int event_id, const Event&); // nothing when it is another
//       one
//   };
#pragma once

#include "base/error.h"
#include "daemon/drivers.h"
#include "daemon/event_gate.h"
#include "daemon/server/client.h"
#include "daemon/server/subject.h"
#include "service/call.h"
#include "service/event_hub.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace yado::daemon {

template <class Kind> class ObjectEvents {
  public:
    using Event = Kind::Event;
    using Register = Kind::Register;
    using Deregister = Kind::Deregister;

    typename Register::Result register_any(service::CallContext& call, const Register& args) {
        if (args.eventID < 0 || args.eventID >= Kind::event_ids) {
            fail(ErrorSource::rpc, Code::internal_error, "unsupported {} event ID {}", Kind::word,
                 args.eventID);
        }
        auto& client = static_cast<Client&>(*call.connection);
        auto* hub = client.driver() == nullptr ? nullptr : Kind::hub(*client.driver());
        if (hub == nullptr) fail(Code::no_support, "{} events", Kind::word);
        std::vector<Registration>& own = client.data<Registrations>().rows;
        if (own.size() >= registrations_max) {
            fail(Code::operation_failed, "more than {} {} events are registered on one connection",
                 registrations_max, Kind::word);
        }
        const int callback = next_callback_++;
        // the registrations are the client's own, so they go before or with it
        const auto meet = [&client, callback, id = args.eventID](const Event& event) {
            EventGate::pass(
                client, Kind::object, [&event] { return details_of(Kind::ref(event)); },
                [&client, callback, id, event] {
                    if (registered(client, callback)) Kind::send(client, callback, id, event);
                });
        };
        own.push_back({callback, hub->subscribe(Kind::only(args), meet)});
        typename Register::Result result;
        result.callbackID = callback;
        return result;
    }

    void deregister_any(service::CallContext& call, const Deregister& args) {
        std::vector<Registration>& own =
            static_cast<Client&>(*call.connection).template data<Registrations>().rows;
        const auto match = [&](const Registration& each) { return each.callback == args.callbackID; };
        if (std::erase_if(own, match) == 0) {
            fail(ErrorSource::rpc, Code::internal_error, "{} event callback {} not registered", Kind::word,
                 args.callbackID);
        }
    }

  private:
    static constexpr std::size_t registrations_max = 1024; ///< of one connection

    struct Registration {
        int callback;
        service::Subscription subscription;
    };
    struct Registrations {
        std::vector<Registration> rows;
    };
    /// No longer when it was taken back while access rules were asked.
    static bool registered(Client& client, int callback) {
        const std::vector<Registration>& own = client.data<Registrations>().rows;
        return std::ranges::find(own, callback, &Registration::callback) != own.end();
    }
    int next_callback_ = 0;
};

} // namespace yado::daemon
