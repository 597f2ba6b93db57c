// SPDX-License-Identifier: Apache-2.0
#include "cli/event_text.h"

#include "base/text.h"
#include "cli/event_words.h"
#include "cli/params.h"
#include "protocol/constants.h"
#include "protocol/domain_events.h"

#include <algorithm>

namespace yado::cli {
namespace {

using namespace event_words;

constexpr std::array<std::string_view, 27> names{"lifecycle",
                                                 "reboot",
                                                 "rtc-change",
                                                 "watchdog",
                                                 "io-error",
                                                 "graphics",
                                                 "io-error-reason",
                                                 "control-error",
                                                 "block-job",
                                                 "disk-change",
                                                 "tray-change",
                                                 "pm-wakeup",
                                                 "pm-suspend",
                                                 "balloon-change",
                                                 "pm-suspend-disk",
                                                 "device-removed",
                                                 "block-job-2",
                                                 "tunable",
                                                 "agent-lifecycle",
                                                 "device-added",
                                                 "migration-iteration",
                                                 "job-completed",
                                                 "device-removal-failed",
                                                 "metadata-change",
                                                 "block-threshold",
                                                 "memory-failure",
                                                 "memory-device-size-change"};

struct Told {
    std::string text;
    Value details = Value::object();
};

/// What is not there, as virsh shows it.
std::string or_null(const std::optional<std::string>& text) { return text.value_or("<null>"); }
Value or_none(const std::optional<std::string>& text) { return text ? Value(*text) : Value(); }

/// ": WORD", and KEY in the details.
Told one(std::string_view key, std::string_view text) {
    return {fmt::format(": {}", text), Value::object().set(std::string(key), text)};
}

Told tell(const protocol::DomainLifecycleEvent& e) {
    const auto event = word(lifecycle, e.event);
    const auto detail = e.event < 0 || static_cast<std::size_t>(e.event) >= lifecycle_details.size()
                            ? std::string_view("unknown")
                            : word(lifecycle_details[static_cast<std::size_t>(e.event)], e.detail);
    return {fmt::format(": {} {}", event, detail), Value::object().set("event", event).set("detail", detail)};
}
Told tell(const protocol::DomainRebootEvent&) { return {}; }
Told tell(const protocol::DomainControlErrorEvent&) { return {}; }
Told tell(const protocol::DomainPmwakeupEvent&) { return {}; }
Told tell(const protocol::DomainPmsuspendEvent&) { return {}; }
Told tell(const protocol::DomainPmsuspendDiskEvent&) { return {}; }
Told tell(const protocol::DomainRtcChangeEvent& e) {
    return {fmt::format(": {}", e.offset), Value::object().set("offset_s", e.offset)};
}
Told tell(const protocol::DomainWatchdogEvent& e) { return one("action", word(watchdog, e.action)); }
Told tell(const protocol::DomainIoErrorEvent& e) {
    const auto action = word(io_error, e.action);
    return {fmt::format(": {} ({}) {}", e.srcPath, e.devAlias, action),
            Value::object().set("source", e.srcPath).set("alias", e.devAlias).set("action", action)};
}
Told tell(const protocol::DomainIoErrorReasonEvent& e) {
    const auto action = word(io_error, e.action);
    return {fmt::format(": {} ({}) {} due to {}", e.srcPath, e.devAlias, action, e.reason),
            Value::object()
                .set("source", e.srcPath)
                .set("alias", e.devAlias)
                .set("action", action)
                .set("reason", e.reason)};
}
Value address(const protocol::DomainEventGraphicsAddress& a) {
    return Value::object()
        .set("family", word(graphics_family, a.family))
        .set("node", a.node)
        .set("service", a.service);
}
Told tell(const protocol::DomainGraphicsEvent& e) {
    const auto phase = word(graphics_phase, e.phase);
    Told told{fmt::format(": {} local[{} {} {}] remote[{} {} {}] {}", phase,
                          word(graphics_family, e.local.family), e.local.node, e.local.service,
                          word(graphics_family, e.remote.family), e.remote.node, e.remote.service,
                          e.authScheme),
              Value::object()
                  .set("phase", phase)
                  .set("local", address(e.local))
                  .set("remote", address(e.remote))
                  .set("auth", e.authScheme)};
    Value subject = Value::object();
    for (const auto& identity : e.subject) {
        told.text += fmt::format("\n\t{}={}", identity.type, printable(identity.name));
        subject.set(identity.type, identity.name);
    }
    told.details.set("subject", std::move(subject));
    return told;
}
Told block_job_text(std::string_view disk, std::int32_t type, std::int32_t status) {
    const auto job = word(block_job, type);
    const auto how = word(block_job_status, status);
    return {fmt::format(": {} for {} {}", job, disk, how),
            Value::object().set("job", job).set("disk", disk).set("status", how)};
}
Told tell(const protocol::DomainBlockJobEvent& e) { return block_job_text(e.path, e.type, e.status); }
Told tell(const protocol::DomainBlockJob2Event& e) { return block_job_text(e.dst, e.type, e.status); }
Told tell(const protocol::DomainDiskChangeEvent& e) {
    const auto reason = word(disk_change, e.reason);
    return {fmt::format(" disk {}: {} -> {}: {}", e.devAlias, or_null(e.oldSrcPath), or_null(e.newSrcPath),
                        reason),
            Value::object()
                .set("alias", e.devAlias)
                .set("old", or_none(e.oldSrcPath))
                .set("new", or_none(e.newSrcPath))
                .set("reason", reason)};
}
Told tell(const protocol::DomainTrayChangeEvent& e) {
    const auto reason = word(tray, e.reason);
    return {fmt::format(" disk {}: {}", e.devAlias, reason),
            Value::object().set("alias", e.devAlias).set("reason", reason)};
}
Told tell(const protocol::DomainBalloonChangeEvent& e) {
    return {fmt::format(": {}KiB", e.actual), Value::object().set("actual_kib", e.actual)};
}
Told tell(const protocol::DomainDeviceRemovedEvent& e) { return one("alias", e.devAlias); }
Told tell(const protocol::DomainCallbackDeviceAddedEvent& e) { return one("alias", e.devAlias); }
Told tell(const protocol::DomainCallbackDeviceRemovalFailedEvent& e) { return one("alias", e.devAlias); }
Told params_text(const protocol::TypedParams& params) {
    Told told{":", value_of(params)};
    for (const auto& param : params)
        told.text += fmt::format("\n\t{}: {}", param.field, text_of(param.value));
    return told;
}
Told tell(const protocol::DomainCallbackTunableEvent& e) { return params_text(e.params); }
Told tell(const protocol::DomainCallbackJobCompletedEvent& e) { return params_text(e.params); }
Told tell(const protocol::DomainCallbackAgentLifecycleEvent& e) {
    const auto state = word(agent_state, e.state);
    const auto reason = word(agent_reason, e.reason);
    return {fmt::format(": state: '{}' reason: '{}'", state, reason),
            Value::object().set("state", state).set("reason", reason)};
}
Told tell(const protocol::DomainCallbackMigrationIterationEvent& e) {
    return {fmt::format(": iteration: '{}'", e.iteration), Value::object().set("iteration", e.iteration)};
}
Told tell(const protocol::DomainCallbackMetadataChangeEvent& e) {
    const auto type = word(metadata, e.type);
    return {fmt::format(": type {}, uri {}", type, or_null(e.nsuri)),
            Value::object().set("type", type).set("uri", or_none(e.nsuri))};
}
Told tell(const protocol::DomainBlockThresholdEvent& e) {
    return {fmt::format(": dev: {}({}) {} {}", e.dev, or_null(e.path), e.threshold, e.excess),
            Value::object()
                .set("device", e.dev)
                .set("path", or_none(e.path))
                .set("threshold", e.threshold)
                .set("excess", e.excess)};
}
Told tell(const protocol::DomainMemoryFailureEvent& e) {
    namespace Flags = protocol::DomainMemoryFailureFlags;
    const auto recipient = word(memory_failure_recipient, e.recipient);
    const auto action = word(memory_failure_action, e.action);
    const bool required = (e.flags & Flags::action_required) != 0;
    const bool recursive = (e.flags & Flags::recursive) != 0;
    return {fmt::format(":\nrecipient: {}\naction: {}\nflags:\n\taction required: {:d}\n\trecursive: {:d}",
                        recipient, action, required, recursive),
            Value::object()
                .set("recipient", recipient)
                .set("action", action)
                .set("action_required", required)
                .set("recursive", recursive)};
}
Told tell(const protocol::DomainMemoryDeviceSizeChangeEvent& e) {
    return {fmt::format(":\nalias: {}\nsize: {}", e.alias, e.size),
            Value::object().set("alias", e.alias).set("size_kib", e.size)};
}

/// Those of Args that the event is; the older kinds stand within a message of their own.
template <class... Events> bool describe_one(const client::Event& event, DescribedEvent& described) {
    const auto attempt = [&]<class T>(std::type_identity<T>) {
        if (!event.is<T>()) return false;
        const auto said = event.as<T>();
        Told told;
        if constexpr (requires { said.msg; }) {
            told = tell(said.msg);
            described.domain = said.msg.dom;
        } else {
            told = tell(said);
            described.domain = said.dom;
        }
        described.text = std::move(told.text);
        described.details = std::move(told.details);
        return true;
    };
    std::size_t at = 0;
    const bool found = ((attempt(std::type_identity<Events>{}) || (++at, false)) || ...);
    if (found) described.name = names[at];
    return found;
}

} // namespace

std::span<const std::string_view> event_names() { return names; }

std::optional<std::int32_t> event_number(std::string_view name) {
    const auto found = std::ranges::find(names, name);
    return found == names.end() ? std::nullopt
                                : std::optional(static_cast<std::int32_t>(found - names.begin()));
}

std::string DescribedEvent::line() const {
    return fmt::format("event '{}' for domain '{}'{}", name, printable(domain.name), text);
}

Value DescribedEvent::value() const {
    return Value::object()
        .set("event", name)
        .set("domain", domain.name)
        .set("uuid", domain.uuid.text())
        .set("details", details);
}

std::optional<DescribedEvent> describe_event(const client::Event& event) {
    using namespace protocol;
    DescribedEvent described;
    // in the order of DomainEventID
    const bool known =
        describe_one<DomainCallbackLifecycleEvent, DomainCallbackRebootEvent, DomainCallbackRtcChangeEvent,
                     DomainCallbackWatchdogEvent, DomainCallbackIoErrorEvent, DomainCallbackGraphicsEvent,
                     DomainCallbackIoErrorReasonEvent, DomainCallbackControlErrorEvent,
                     DomainCallbackBlockJobEvent, DomainCallbackDiskChangeEvent,
                     DomainCallbackTrayChangeEvent, DomainCallbackPmwakeupEvent, DomainCallbackPmsuspendEvent,
                     DomainCallbackBalloonChangeEvent, DomainCallbackPmsuspendDiskEvent,
                     DomainCallbackDeviceRemovedEvent, DomainBlockJob2Event, DomainCallbackTunableEvent,
                     DomainCallbackAgentLifecycleEvent, DomainCallbackDeviceAddedEvent,
                     DomainCallbackMigrationIterationEvent, DomainCallbackJobCompletedEvent,
                     DomainCallbackDeviceRemovalFailedEvent, DomainCallbackMetadataChangeEvent,
                     DomainBlockThresholdEvent, DomainMemoryFailureEvent, DomainMemoryDeviceSizeChangeEvent>(
            event, described);
    return known ? std::optional(std::move(described)) : std::nullopt;
}

} // namespace yado::cli
