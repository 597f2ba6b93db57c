// SPDX-License-Identifier: Apache-2.0
// What happens to domains, told to whoever subscribed. One variant per libvirt event id; the daemon turns
// them into wire events of the old and the new kind. Numbers are libvirt's public ones.
#pragma once

#include "base/uuid.h"
#include "guest/hypervisor.h"
#include "protocol/typed_value.h"
#include "service/event_hub.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace yado::guest {

/// How a domain stood when the event happened; id -1 when it was not running.
struct DomainName {
    std::string name;
    Uuid uuid;
    int id = -1;
};

/// virDomainEventType and its detail, one constant per pair that occurs.
struct Lifecycle {
    int event = 0;
    int detail = 0;
};
namespace lifecycle {
inline constexpr Lifecycle defined_added{0, 0}, defined_updated{0, 1}, defined_renamed{0, 2},
    undefined_removed{1, 0}, undefined_renamed{1, 1}, started_booted{2, 0}, started_wakeup{2, 4},
    suspended_paused{3, 0}, suspended_io_error{3, 2}, suspended_watchdog{3, 3}, resumed_unpaused{4, 0},
    started_restored{2, 2}, suspended_restored{3, 3}, resumed_restored{4, 2}, stopped_saved{5, 4},
    stopped_shutdown{5, 0}, stopped_destroyed{5, 1}, stopped_crashed{5, 2}, stopped_failed{5, 5},
    shutdown_finished{6, 0}, shutdown_by_guest{6, 1}, shutdown_by_host{6, 2}, pm_suspended_memory{7, 0},
    pm_suspended_disk{7, 1}, crashed_panicked{8, 0}, defined_from_snapshot{0, 3}, started_from_snapshot{2, 3},
    suspended_from_snapshot{3, 5}, resumed_from_snapshot{4, 2}, stopped_from_snapshot{5, 6};
}

struct Rebooted {};
struct WatchdogAction {
    int action = 0;
}; ///< virDomainEventWatchdogAction
struct IoError {
    std::string path, alias, reason;
    int action = 0;
}; ///< ids 4 and 6; virDomainEventIOErrorAction
struct ControlError {};
struct PmWakeup {};
struct PmSuspend {
    bool to_disk = false;
}; ///< ids 12 and 14
struct AgentLifecycle {
    int state = 0;
    int reason = 0;
}; ///< 1 connected, 2 not; 1 domain started, 2 channel event
struct DeviceAdded {
    std::string alias;
};
struct DeviceRemovalFailed {
    std::string alias;
};
struct MetadataChanged {
    int type = 0;
    std::optional<std::string> uri;
};

/// A job on a disk's images; ids 8 and 16.
struct BlockJobEvent {
    std::string path, target;
    int type = 0, status = 0; ///< virDomainBlockJobType, virConnectDomainEventBlockJobStatus
};

/// Typed parameters, as the job's statistics have them.
struct JobCompleted {
    protocol::TypedParams params;
};

/// Limits of a running guest were changed: the new values.
struct Tuned {
    protocol::TypedParams params;
};

// TransferPass, RtcChanged, GraphicsChanged, BalloonChanged and DeviceRemoved are the machine's own
// (guest/hypervisor.h).
using EventBody =
    std::variant<Lifecycle, Rebooted, RtcChanged, WatchdogAction, IoError, GraphicsChanged, ControlError,
                 PmWakeup, PmSuspend, BalloonChanged, DeviceRemoved, AgentLifecycle, DeviceAdded,
                 DeviceRemovalFailed, TrayMoved, MemoryDeviceResized, MetadataChanged, TransferPass,
                 JobCompleted, Tuned, WriteThresholdPassed, BlockJobEvent, MonitorEvent>;

struct DomainEvent {
    DomainName domain;
    EventBody body;

    const Uuid& uuid() const { return domain.uuid; }
};

using EventHub = service::EventHub<DomainEvent>;

} // namespace yado::guest
