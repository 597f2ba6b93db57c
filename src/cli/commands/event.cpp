// SPDX-License-Identifier: Apache-2.0
// Watching what happens to domains.
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/event_loop.h"
#include "cli/event_text.h"
#include "cli/failure.h"
#include "cli/json_text.h"
#include "cli/lookup.h"
#include "cli/session.h"
#include "protocol/connect_calls.h"
#include "protocol/constants.h"
#include "protocol/domain_calls.h"
#include "protocol/qemu_calls.h"

namespace yado::cli {
namespace {

using protocol::DomainRef;

/// --domain, an option here.
std::optional<DomainRef> watched_domain(Session& session, const Arguments& arguments) {
    const auto word = arguments.text("domain");
    return word ? std::optional(find_domain(session, *word)) : std::nullopt;
}

std::string prefix(const Arguments& arguments) {
    return arguments.has("timestamp") ? timestamp() + ": " : "";
}

/// The kinds that --event or --all ask for.
std::vector<std::int32_t> wanted_events(const Arguments& arguments) {
    std::vector<std::int32_t> kinds;
    if (const auto name = arguments.text("event")) {
        const auto number = event_number(*name);
        if (!number) refuse("unknown event type {}", *name);
        kinds.push_back(*number);
    } else if (arguments.has("all")) {
        for (std::size_t i = 0; i < event_names().size(); ++i) kinds.push_back(static_cast<std::int32_t>(i));
    } else {
        refuse("one of --list, --all, or --event <type> is required");
    }
    return kinds;
}

void list_events(Session& session) {
    Value names = Value::list();
    for (const std::string_view name : event_names()) {
        session.print("{}\n", name);
        names.add(name);
    }
    session.show_json(names);
}

void event(Session& session, const Arguments& arguments) {
    arguments.exclusive("all", "event");
    arguments.exclusive("list", "all");
    arguments.exclusive("list", "event");
    if (arguments.has("list")) {
        list_events(session);
        return;
    }
    const std::vector<std::int32_t> kinds = wanted_events(arguments);
    const EventWait how(arguments);
    const auto domain = watched_domain(session, arguments);
    std::vector<std::int32_t> callbacks;
    const auto subscribe = [&] {
        for (const std::int32_t kind : kinds)
            callbacks.push_back(
                session.call(protocol::ConnectDomainEventCallbackRegisterAnyArgs{kind, domain}).callbackID);
    };
    const auto show = [&](const client::Event& event) {
        const auto described = describe_event(event);
        if (!described) return false;
        session.print("{}{}\n", prefix(arguments), described->line());
        session.show_json(described->value());
        return true;
    };
    const auto unsubscribe = [&] {
        for (const std::int32_t id : callbacks)
            session.call(protocol::ConnectDomainEventCallbackDeregisterAnyArgs{id});
    };
    wait_for_events(session, how, subscribe, show, unsubscribe);
}

void show_monitor_event(Session& session, const Arguments& arguments,
                        const protocol::qemu::DomainMonitorEvent& event) {
    std::string details = event.details.value_or("<null>");
    if (arguments.has("pretty") && event.details) details = pretty_json(details) + "\n";
    if (arguments.has("timestamp"))
        session.print("{}event {} for domain '{}': {}\n", prefix(arguments), event.event, event.dom.name,
                      details);
    else
        session.print("event {} at {}.{:06} for domain '{}': {}\n", event.event, event.seconds, event.micros,
                      event.dom.name, details);
    session.show_json(Value::object()
                          .set("event", event.event)
                          .set("domain", event.dom.name)
                          .set("uuid", event.dom.uuid.text())
                          .set("seconds", event.seconds)
                          .set("microseconds", event.micros)
                          .set("details", event.details ? Value(*event.details) : Value()));
}

void monitor_event(Session& session, const Arguments& arguments) {
    namespace Bits = protocol::ConnectDomainQemuMonitorEventRegisterFlags;
    const EventWait how(arguments);
    const auto domain = watched_domain(session, arguments);
    const std::uint32_t flags = arguments.flags({{"regex", Bits::regex}, {"no-case", Bits::nocase}});
    std::int32_t callback = 0;
    const auto subscribe = [&] {
        callback = session
                       .call(protocol::qemu::ConnectDomainMonitorEventRegisterArgs{
                           domain, arguments.text("event"), flags})
                       .callbackID;
    };
    const auto show = [&](const client::Event& event) {
        if (!event.is<protocol::qemu::DomainMonitorEvent>()) return false;
        show_monitor_event(session, arguments, event.as<protocol::qemu::DomainMonitorEvent>());
        return true;
    };
    const auto unsubscribe = [&] {
        session.call(protocol::qemu::ConnectDomainMonitorEventDeregisterArgs{callback});
    };
    wait_for_events(session, how, subscribe, show, unsubscribe);
}

} // namespace

std::vector<Command> event_commands() {
    const Option domain = text("domain", "filter by domain name, id or uuid").completes(Complete::domain);
    const Option loop = flag("loop", "loop until timeout or interrupt, rather than one-shot");
    const Option timeout = number("timeout", "timeout seconds");
    const Option stamp = flag("timestamp", "show timestamp for each printed event");
    return {
        {"event",
         Group::events,
         "Domain Events",
         "List event types, or wait for domain events to occur",
         {domain, text("event", "which event type to wait for"),
          flag("all", "wait for all events instead of just one type"), loop, timeout,
          flag("list", "list valid event types"), stamp},
         event},
        {"qemu-monitor-event",
         Group::domain,
         "QEMU Monitor Events",
         "Listen for QEMU Monitor Events",
         {domain, text("event", "filter by event name"), flag("pretty", "pretty-print any JSON output"), loop,
          timeout, flag("regex", "treat event as a regex rather than literal filter"),
          flag("no-case", "treat event case-insensitively"), stamp},
         monitor_event},
    };
}

} // namespace yado::cli
