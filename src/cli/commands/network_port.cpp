// SPDX-License-Identifier: Apache-2.0
// What is plugged into networks, which addresses they have given out, and what happens to them.
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/event_loop.h"
#include "cli/failure.h"
#include "cli/network_lookup.h"
#include "cli/session.h"
#include "cli/show_document.h"
#include "cli/table.h"
#include "protocol/connect_calls.h"
#include "protocol/constants.h"
#include "protocol/network_calls.h"

#include <algorithm>
#include <array>
#include <ctime>

namespace yado::cli {
namespace {

using protocol::NetworkPortRef;
using protocol::NetworkRef;

NetworkPortRef find_port(Session& session, const Arguments& arguments, const NetworkRef& network) {
    const std::string& word = arguments.required("port");
    const auto uuid = Uuid::parse(word);
    const std::string failed = fmt::format("failed to get network port '{}'", word);
    if (!uuid) refuse("{}", failed);
    return explain(failed,
                   [&] { return session.call(protocol::NetworkPortLookupByUuidArgs{network, *uuid}).port; });
}

void port_list(Session& session, const Arguments& arguments) {
    arguments.exclusive("table", "uuid");
    const NetworkRef network = find_network(session, arguments);
    auto ports = session.call(protocol::NetworkListAllPortsArgs{network, 1, 0}).ports;
    std::ranges::sort(ports, {}, &NetworkPortRef::uuid);
    Table table({{"UUID", "uuid"}});
    std::string plain;
    for (const NetworkPortRef& port : ports) {
        table.add({port.uuid.text()});
        plain += port.uuid.text() + "\n";
    }
    if (arguments.has("uuid") && !session.json()) session.print("{}", plain);
    else session.show(table);
}

void port_create(Session& session, const Arguments& arguments) {
    const NetworkRef network = find_network(session, arguments);
    const std::string& file = arguments.required("file");
    const std::string xml = read_input_file(file);
    const std::uint32_t flags = arguments.flags({{"validate", protocol::NetworkPortCreateFlags::validate}});
    const NetworkPortRef port = explain(fmt::format("Failed to create network from {}", file), [&] {
        return session.call(protocol::NetworkPortCreateXmlArgs{network, xml, flags}).port;
    });
    session.done("Network port {} created from {}", port.uuid.text(), file);
}

void port_dumpxml(Session& session, const Arguments& arguments) {
    const NetworkPortRef port = find_port(session, arguments, find_network(session, arguments));
    show_document(session, arguments, session.call(protocol::NetworkPortGetXmlDescArgs{port, 0}).xml);
}

void port_delete(Session& session, const Arguments& arguments) {
    const NetworkPortRef port = find_port(session, arguments, find_network(session, arguments));
    explain(fmt::format("Failed to delete network port {}", port.uuid.text()),
            [&] { session.call(protocol::NetworkPortDeleteArgs{port, 0}); });
    session.done("Network port {} deleted", port.uuid.text());
}

std::string local_time(std::int64_t seconds) {
    const std::time_t when = seconds;
    std::tm fields{};
    ::localtime_r(&when, &fields);
    char text[32];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &fields)};
}

void dhcp_leases(Session& session, const Arguments& arguments) {
    const NetworkRef network = find_network(session, arguments);
    const auto leases = explain(fmt::format("Failed to get leases info for {}", network.name), [&] {
        return session.call(protocol::NetworkGetDhcpLeasesArgs{network, arguments.text("mac"), 1, 0}).leases;
    });
    Table table({{"Expiry Time", "expiry"},
                 {"MAC address", "mac"},
                 {"Protocol", "protocol"},
                 {"IP address", "address"},
                 {"Hostname", "hostname"},
                 {"Client ID or DUID", "client_id"}});
    const auto cell = [](const std::optional<std::string>& text) {
        return text && !text->empty() ? Cell(*text) : Cell("-", Value());
    };
    for (const protocol::NetworkDhcpLease& lease : leases) {
        const bool v6 = lease.type == protocol::IPAddrType::ipv6;
        table.add({Cell(local_time(lease.expirytime), Value(lease.expirytime)), cell(lease.mac),
                   v6 ? "ipv6" : "ipv4", fmt::format("{}/{}", lease.ipaddr, lease.prefix),
                   cell(lease.hostname), cell(lease.clientid)});
    }
    session.show(table);
}

// --- events ---

constexpr std::array<std::string_view, 2> event_names{"lifecycle", "metadata-change"};
constexpr std::array<std::string_view, 4> lifecycle_words{"Defined", "Undefined", "Started", "Stopped"};
constexpr std::array<std::string_view, 3> metadata_words{"description", "title", "element"};

template <std::size_t size>
std::string_view word_of(const std::array<std::string_view, size>& words, std::int32_t number) {
    return number >= 0 && static_cast<std::size_t>(number) < size ? words[static_cast<std::size_t>(number)]
                                                                  : "unknown";
}

void list_events(Session& session) {
    Value names = Value::list();
    for (const std::string_view each : event_names) {
        session.print("{}\n", each);
        names.add(each);
    }
    session.show_json(names);
}

/// What follows "event 'NAME' for network ", and the same as JSON; nothing for events of others.
std::optional<std::pair<std::string, Value>> described(const client::Event& event) {
    if (event.is<protocol::NetworkLifecycleEvent>()) {
        const auto change = event.as<protocol::NetworkLifecycleEvent>();
        const std::string_view what = word_of(lifecycle_words, change.event);
        return {{fmt::format("{}: {}", change.net.name, what),
                 Value::object().set("network", change.net.name).set("what", what)}};
    }
    if (event.is<protocol::NetworkCallbackMetadataChangeEvent>()) {
        const auto change = event.as<protocol::NetworkCallbackMetadataChangeEvent>();
        const std::string_view type = word_of(metadata_words, change.type);
        return {{fmt::format("{}: type {}, uri {}", change.net.name, type, change.nsuri.value_or("n/a")),
                 Value::object()
                     .set("network", change.net.name)
                     .set("type", type)
                     .set("uri", change.nsuri ? Value(*change.nsuri) : Value())}};
    }
    return std::nullopt;
}

void event(Session& session, const Arguments& arguments) {
    if (arguments.has("list")) return list_events(session);
    const auto name = arguments.text("event");
    if (!name) refuse("either --list or --event <type> is required");
    const auto found = std::ranges::find(event_names, *name);
    if (found == event_names.end()) refuse("unknown event type {}", *name);
    const auto kind = static_cast<std::int32_t>(found - event_names.begin());
    const EventWait how(arguments);
    std::optional<NetworkRef> only;
    if (const auto word = arguments.text("network")) only = find_network(session, *word);
    std::int32_t callback = 0;
    const auto subscribe = [&] {
        callback = session.call(protocol::ConnectNetworkEventRegisterAnyArgs{kind, only}).callbackID;
    };
    const auto show = [&](const client::Event& what) {
        auto text = described(what);
        if (!text) return false;
        session.print("{}event '{}' for network {}\n", arguments.has("timestamp") ? timestamp() + ": " : "",
                      *name, text->first);
        session.show_json(text->second.set("event", *name));
        return true;
    };
    const auto unsubscribe = [&] { session.call(protocol::ConnectNetworkEventDeregisterAnyArgs{callback}); };
    wait_for_events(session, how, subscribe, show, unsubscribe);
}

} // namespace

std::vector<Command> network_port_commands() {
    const Option port = positional("port", "port UUID");
    return {
        {"net-dhcp-leases",
         Group::network,
         "print lease info for a given network",
         "Print lease info for a given network",
         {network_option(), text("mac", "MAC address")},
         dhcp_leases},
        {"net-event",
         Group::network,
         "Network Events",
         "List event types, or wait for network events to occur",
         {text("network", "filter by network name or uuid").named_only().completes(Complete::network),
          text("event", "which event type to wait for").named_only(),
          flag("loop", "loop until timeout or interrupt, rather than one-shot"),
          number("timeout", "timeout seconds").named_only(), flag("list", "list valid event types"),
          flag("timestamp", "show timestamp for each printed event")},
         event},
        {"net-port-create",
         Group::network,
         "create a network port from an XML file",
         "Create a network port.",
         {network_option(),
          positional("file", "file containing an XML network port description").completes(Complete::file),
          flag("validate", "validate the XML against the schema")},
         port_create},
        {"net-port-delete",
         Group::network,
         "delete the specified network port",
         "Delete the specified network port.",
         {network_option(), port},
         port_delete},
        {"net-port-dumpxml",
         Group::network,
         "network port information in XML",
         "Output the network port information as an XML dump to stdout.",
         {network_option(), port, xpath_option(), wrap_option()},
         port_dumpxml},
        {"net-port-list",
         Group::network,
         "list network ports",
         "Returns list of network ports.",
         {network_option(), flag("uuid", "list uuid's only"), flag("table", "list table (default)")},
         port_list},
    };
}

} // namespace yado::cli
