// SPDX-License-Identifier: Apache-2.0
// Domain events for clients: who registered for what, in the old form (one registration an event, no id) and
// the new (callback ids, optionally one domain), and QEMU's own events.
#pragma once

#include "daemon/drivers.h"
#include "protocol/connect_calls.h"
#include "protocol/qemu_calls.h"
#include "service/call.h"

#include <cstdint>
#include <memory>
#include <string>

namespace yado::daemon {

class Client;

class EventService {
  public:
    // Old form
    protocol::ConnectDomainEventRegisterResult
    register_lifecycle(service::CallContext&, const protocol::ConnectDomainEventRegisterArgs&);
    protocol::ConnectDomainEventDeregisterResult
    deregister_lifecycle(service::CallContext&, const protocol::ConnectDomainEventDeregisterArgs&);
    void register_any(service::CallContext&, const protocol::ConnectDomainEventRegisterAnyArgs&);
    void deregister_any(service::CallContext&, const protocol::ConnectDomainEventDeregisterAnyArgs&);

    // New form
    protocol::ConnectDomainEventCallbackRegisterAnyResult
    register_callback(service::CallContext&, const protocol::ConnectDomainEventCallbackRegisterAnyArgs&);
    void deregister_callback(service::CallContext&,
                             const protocol::ConnectDomainEventCallbackDeregisterAnyArgs&);

    // The program qemu
    protocol::qemu::ConnectDomainMonitorEventRegisterResult
    register_monitor(service::CallContext&, const protocol::qemu::ConnectDomainMonitorEventRegisterArgs&);
    void deregister_monitor(service::CallContext&,
                            const protocol::qemu::ConnectDomainMonitorEventDeregisterArgs&);

    struct Registrations;

  private:
    int next_callback_ = 0; ///< unique in the daemon, as libvirt's are
};

} // namespace yado::daemon
