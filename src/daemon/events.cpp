// SPDX-License-Identifier: Apache-2.0
#include "daemon/events.h"

#include "base/error.h"
#include "daemon/event_gate.h"
#include "daemon/server/client.h"
#include "daemon/server/subject.h"
#include "guest/events.h"
#include "protocol/domain_events.h"
#include "service/arguments.h"

#include <algorithm>
#include <array>
#include <optional>
#include <regex.h>
#include <utility>
#include <vector>

namespace yado::daemon {
namespace {

namespace p = protocol;

/// virDomainEventID: how many the libvirt we present has (9.0), and how many have a message of the old form.
constexpr int event_ids = 27;
constexpr int legacy_event_ids = 16;
/// Registrations of one connection; clients have one an event and domain.
constexpr std::size_t registrations_max = 4096;
constexpr std::size_t pattern_max = 1024;

/// Ids as in virDomainEventID.
enum Id : int {
    lifecycle = 0,
    reboot = 1,
    rtc_change = 2,
    watchdog = 3,
    io_error = 4,
    graphics = 5,
    io_error_reason = 6,
    control_error = 7,
    block_job = 8,
    tray_change = 10,
    pm_wakeup = 11,
    pm_suspend = 12,
    balloon_change = 13,
    pm_suspend_disk = 14,
    device_removed = 15,
    block_job_2 = 16,
    tunable = 17,
    agent_lifecycle = 18,
    device_added = 19,
    migration_iteration = 20,
    job_completed = 21,
    device_removal_failed = 22,
    metadata_change = 23,
    block_threshold = 24,
    memory_device_size_change = 26,
};

Client& client_of(const service::CallContext& call) { return static_cast<Client&>(*call.connection); }

/// Sends one event to one client, in the form it registered for.
struct Sender {
    Client& client;
    std::optional<int> callback; ///< none: the old form
    int id;                      ///< what was registered for

    template <class Legacy, class Callback> void both(int event, Legacy message) const {
        if (event != id) return;
        if (!callback) {
            client.send_event(message);
            return;
        }
        Callback wrapped;
        wrapped.callbackID = *callback;
        wrapped.msg = std::move(message);
        client.send_event(wrapped);
    }
    template <class Callback> void fresh(int event, Callback message) const {
        if (event != id || !callback) return;
        message.callbackID = *callback;
        client.send_event(message);
    }
};

struct Dispatch {
    const Sender& to;
    const p::DomainRef& dom;

    void operator()(const guest::Lifecycle& body) const {
        to.both<p::DomainLifecycleEvent, p::DomainCallbackLifecycleEvent>(lifecycle,
                                                                          {dom, body.event, body.detail});
    }
    void operator()(const guest::Rebooted&) const {
        to.both<p::DomainRebootEvent, p::DomainCallbackRebootEvent>(reboot, {dom});
    }
    void operator()(const guest::RtcChanged& body) const {
        to.both<p::DomainRtcChangeEvent, p::DomainCallbackRtcChangeEvent>(rtc_change,
                                                                          {dom, body.offset_seconds});
    }
    void operator()(const guest::WatchdogAction& body) const {
        to.both<p::DomainWatchdogEvent, p::DomainCallbackWatchdogEvent>(watchdog, {dom, body.action});
    }
    void operator()(const guest::IoError& body) const {
        to.both<p::DomainIoErrorEvent, p::DomainCallbackIoErrorEvent>(
            io_error, {dom, body.path, body.alias, body.action});
        to.both<p::DomainIoErrorReasonEvent, p::DomainCallbackIoErrorReasonEvent>(
            io_error_reason, {dom, body.path, body.alias, body.action, body.reason});
    }
    void operator()(const guest::GraphicsChanged& body) const {
        if (to.id != graphics) return;
        p::DomainGraphicsEvent message;
        message.dom = dom;
        message.phase = body.phase;
        message.local = {body.local_family, body.local_node, body.local_service};
        message.remote = {body.remote_family, body.remote_node, body.remote_service};
        message.authScheme = body.auth_scheme;
        for (const auto& [type, name] : body.subject) {
            if (message.subject.size() < p::limits::domain_event_graphics_identity) {
                message.subject.push_back({type, name});
            }
        }
        to.both<p::DomainGraphicsEvent, p::DomainCallbackGraphicsEvent>(graphics, std::move(message));
    }
    void operator()(const guest::ControlError&) const {
        to.both<p::DomainControlErrorEvent, p::DomainCallbackControlErrorEvent>(control_error, {dom});
    }
    void operator()(const guest::PmWakeup&) const {
        to.both<p::DomainPmwakeupEvent, p::DomainCallbackPmwakeupEvent>(pm_wakeup, {dom});
    }
    void operator()(const guest::PmSuspend& body) const {
        if (body.to_disk) {
            to.both<p::DomainPmsuspendDiskEvent, p::DomainCallbackPmsuspendDiskEvent>(pm_suspend_disk, {dom});
        } else {
            to.both<p::DomainPmsuspendEvent, p::DomainCallbackPmsuspendEvent>(pm_suspend, {dom});
        }
    }
    void operator()(const guest::BalloonChanged& body) const {
        to.both<p::DomainBalloonChangeEvent, p::DomainCallbackBalloonChangeEvent>(balloon_change,
                                                                                  {dom, body.actual_kib});
    }
    void operator()(const guest::DeviceRemoved& body) const {
        to.both<p::DomainDeviceRemovedEvent, p::DomainCallbackDeviceRemovedEvent>(device_removed,
                                                                                  {dom, body.alias});
    }
    void operator()(const guest::TrayMoved& body) const {
        to.both<p::DomainTrayChangeEvent, p::DomainCallbackTrayChangeEvent>(
            tray_change, {dom, body.alias, body.open ? 0 : 1});
    }
    void operator()(const guest::MemoryDeviceResized& body) const {
        to.fresh<p::DomainMemoryDeviceSizeChangeEvent>(memory_device_size_change,
                                                       {0, dom, body.alias, body.kib});
    }
    void operator()(const guest::AgentLifecycle& body) const {
        to.fresh<p::DomainCallbackAgentLifecycleEvent>(agent_lifecycle, {0, dom, body.state, body.reason});
    }
    void operator()(const guest::DeviceAdded& body) const {
        to.fresh<p::DomainCallbackDeviceAddedEvent>(device_added, {0, dom, body.alias});
    }
    void operator()(const guest::DeviceRemovalFailed& body) const {
        to.fresh<p::DomainCallbackDeviceRemovalFailedEvent>(device_removal_failed, {0, dom, body.alias});
    }
    void operator()(const guest::TransferPass& body) const {
        to.fresh<p::DomainCallbackMigrationIterationEvent>(migration_iteration, {0, dom, body.number});
    }
    void operator()(const guest::BlockJobEvent& body) const { // by the source's name, and by the target's
        to.both<p::DomainBlockJobEvent, p::DomainCallbackBlockJobEvent>(
            block_job, {dom, body.path, body.type, body.status});
        to.fresh<p::DomainBlockJob2Event>(block_job_2, {0, dom, body.target, body.type, body.status});
    }
    void operator()(const guest::JobCompleted& body) const {
        to.fresh<p::DomainCallbackJobCompletedEvent>(job_completed, {0, dom, body.params});
    }
    void operator()(const guest::Tuned& body) const {
        to.fresh<p::DomainCallbackTunableEvent>(tunable, {0, dom, body.params});
    }
    void operator()(const guest::WriteThresholdPassed& body) const {
        to.fresh<p::DomainBlockThresholdEvent>(block_threshold,
                                               {0, dom, body.target, body.path, body.threshold, body.excess});
    }
    void operator()(const guest::MetadataChanged& body) const {
        to.fresh<p::DomainCallbackMetadataChangeEvent>(metadata_change, {0, dom, body.type, body.uri});
    }
    template <class Other> void operator()(const Other&) const {}
};

/// Which of QEMU's events a client wants, by name.
class NamePattern {
  public:
    enum Flags : std::uint32_t {
        regex = 1,
        ignore_case = 2
    }; // virConnectDomainQemuMonitorEventRegisterFlags

    NamePattern(std::optional<std::string> name, std::uint32_t flags)
        : name_(std::move(name)), flags_(flags) {
        if (!name_ || (flags_ & regex) == 0) return;
        if (name_->size() > pattern_max) fail(Code::invalid_arg, "the regular expression is too long");
        auto compiled = std::make_unique<regex_t>();
        const int result =
            ::regcomp(compiled.get(), name_->c_str(),
                      REG_EXTENDED | REG_NOSUB | ((flags_ & ignore_case) != 0 ? REG_ICASE : 0));
        if (result != 0) {
            char why[256];
            ::regerror(result, compiled.get(), why, sizeof why);
            fail(Code::invalid_arg, "failed to compile regex '{}': {}", *name_, why);
        }
        compiled_ = Compiled(compiled.release());
    }
    bool matches(const std::string& event) const {
        if (!name_) return true;
        if (compiled_) return ::regexec(compiled_.get(), event.c_str(), 0, nullptr, 0) == 0;
        return (flags_ & ignore_case) != 0 ? ::strcasecmp(name_->c_str(), event.c_str()) == 0
                                           : *name_ == event;
    }

  private:
    struct Release {
        void operator()(regex_t* expression) const {
            ::regfree(expression);
            delete expression;
        }
    };
    using Compiled = std::unique_ptr<regex_t, Release>;
    std::optional<std::string> name_;
    std::uint32_t flags_;
    Compiled compiled_;
};

} // namespace

/// Of one connection.
struct EventService::Registrations {
    struct Domain {
        int id;
        std::optional<int> callback; ///< none: the old form
        std::optional<Uuid> only;
    };
    struct Monitor {
        int callback;
        std::optional<Uuid> only;
        std::shared_ptr<NamePattern> pattern;
    };
    std::vector<Domain> domain;
    std::vector<Monitor> monitor;
    guest::EventHub::Subscription subscription;
    bool subscribed = false;

    /// Sends it once the client may know of the domain.
    void meet(Client& client, const guest::DomainEvent& event) {
        const auto details = [&event] {
            return details_of(p::DomainRef{event.domain.name, event.domain.uuid, event.domain.id});
        };
        EventGate::pass(client, "domain", details, [this, &client, event] { deliver(client, event); });
    }

    void deliver(Client& client, const guest::DomainEvent& event) const {
        const p::DomainRef ref{event.domain.name, event.domain.uuid, event.domain.id};
        if (const auto* raw = std::get_if<guest::MonitorEvent>(&event.body)) {
            for (const Monitor& each : monitor) {
                if ((each.only && *each.only != event.domain.uuid) || !each.pattern->matches(raw->name))
                    continue;
                p::qemu::DomainMonitorEvent message{each.callback, ref,         raw->name,
                                                    raw->seconds,  raw->micros, {}};
                if (!raw->details.empty()) message.details = raw->details;
                client.send_event(message);
            }
            return;
        }
        for (const Domain& each : domain) {
            if (each.only && *each.only != event.domain.uuid) continue;
            const Sender sender{client, each.callback, each.id};
            std::visit(Dispatch{sender, ref}, event.body);
        }
    }

    /// Listens to the driver as long as something is registered.
    void update(Client& client) {
        const bool wanted = !domain.empty() || !monitor.empty();
        if (wanted == subscribed) return;
        subscribed = wanted;
        subscription = {};
        if (!wanted) return;
        guest::EventHub* hub = client.driver() == nullptr ? nullptr : client.driver()->events;
        if (hub == nullptr) fail(Code::no_support, "virConnectDomainEventRegisterAny");
        // this object is the client's own, so it goes before or with the client
        subscription = hub->subscribe(
            std::nullopt, [this, &client](const guest::DomainEvent& event) { meet(client, event); });
    }

    void add(Client& client, Domain entry) {
        const bool tracked = std::ranges::any_of(
            domain, [&](const Domain& each) { return each.id == entry.id && each.only == entry.only; });
        if (tracked) fail(Code::invalid_arg, "event callback already tracked");
        require_room();
        domain.push_back(std::move(entry));
        update(client);
    }
    void require_room() const {
        if (domain.size() + monitor.size() >= registrations_max) {
            fail(Code::operation_failed, "more than {} events are registered on one connection",
                 registrations_max);
        }
    }
    /// False when no registration was such.
    template <class Match> bool remove(Client& client, Match match) {
        const bool found = std::erase_if(domain, match) > 0;
        update(client);
        return found;
    }
};

namespace {

EventService::Registrations& registrations(Client& client) {
    return client.data<EventService::Registrations>();
}

void require_event_id(int id, int limit) {
    if (id < 0 || id >= limit) {
        fail(ErrorSource::rpc, Code::internal_error, "unsupported event ID {}", id);
    }
}

bool is_legacy(const EventService::Registrations::Domain& each, int id) {
    return each.id == id && !each.callback;
}

} // namespace

p::ConnectDomainEventRegisterResult
EventService::register_lifecycle(service::CallContext& call, const p::ConnectDomainEventRegisterArgs&) {
    Client& client = client_of(call);
    registrations(client).add(client, {lifecycle, std::nullopt, std::nullopt});
    return {}; // stock answers 0 as well
}

p::ConnectDomainEventDeregisterResult
EventService::deregister_lifecycle(service::CallContext& call, const p::ConnectDomainEventDeregisterArgs&) {
    Client& client = client_of(call);
    const auto match = [](const auto& each) { return is_legacy(each, lifecycle); };
    if (!registrations(client).remove(client, match)) {
        fail(ErrorSource::rpc, Code::internal_error, "domain event {} not registered",
             static_cast<int>(lifecycle));
    }
    return {};
}

void EventService::register_any(service::CallContext& call,
                                const p::ConnectDomainEventRegisterAnyArgs& args) {
    require_event_id(args.eventID, legacy_event_ids); // later ones have no message of this form
    Client& client = client_of(call);
    registrations(client).add(client, {args.eventID, std::nullopt, std::nullopt});
}

void EventService::deregister_any(service::CallContext& call,
                                  const p::ConnectDomainEventDeregisterAnyArgs& args) {
    require_event_id(args.eventID, legacy_event_ids);
    Client& client = client_of(call);
    const auto match = [&](const auto& each) { return is_legacy(each, args.eventID); };
    if (!registrations(client).remove(client, match)) {
        fail(ErrorSource::rpc, Code::internal_error, "domain event {} not registered", args.eventID);
    }
}

p::ConnectDomainEventCallbackRegisterAnyResult
EventService::register_callback(service::CallContext& call,
                                const p::ConnectDomainEventCallbackRegisterAnyArgs& args) {
    require_event_id(args.eventID, event_ids);
    Client& client = client_of(call);
    std::optional<Uuid> only;
    if (args.dom) only = args.dom->uuid;
    registrations(client).add(client, {args.eventID, next_callback_, only});
    p::ConnectDomainEventCallbackRegisterAnyResult result;
    result.callbackID = next_callback_++;
    return result;
}

void EventService::deregister_callback(service::CallContext& call,
                                       const p::ConnectDomainEventCallbackDeregisterAnyArgs& args) {
    Client& client = client_of(call);
    const auto match = [&](const auto& each) { return each.callback == args.callbackID; };
    if (!registrations(client).remove(client, match)) {
        fail(ErrorSource::rpc, Code::internal_error, "domain event callback {} not registered",
             args.callbackID);
    }
}

p::qemu::ConnectDomainMonitorEventRegisterResult
EventService::register_monitor(service::CallContext& call,
                               const p::qemu::ConnectDomainMonitorEventRegisterArgs& args) {
    constexpr std::uint32_t known = NamePattern::regex | NamePattern::ignore_case;
    service::require_flags(ErrorSource::none, args.flags, known, "virDomainQemuMonitorEventStateRegisterID");
    Client& client = client_of(call);
    Registrations& own = registrations(client);
    own.require_room();
    std::optional<Uuid> only;
    if (args.dom) only = args.dom->uuid;
    own.monitor.push_back({next_callback_, only, std::make_shared<NamePattern>(args.event, args.flags)});
    own.update(client);
    p::qemu::ConnectDomainMonitorEventRegisterResult result;
    result.callbackID = next_callback_++;
    return result;
}

void EventService::deregister_monitor(service::CallContext& call,
                                      const p::qemu::ConnectDomainMonitorEventDeregisterArgs& args) {
    Client& client = client_of(call);
    Registrations& own = registrations(client);
    const auto match = [&](const Registrations::Monitor& each) { return each.callback == args.callbackID; };
    if (std::erase_if(own.monitor, match) == 0) {
        fail(ErrorSource::rpc, Code::internal_error, "qemu monitor event callback {} not registered",
             args.callbackID);
    }
    own.update(client);
}

} // namespace yado::daemon
