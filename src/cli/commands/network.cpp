// SPDX-License-Identifier: Apache-2.0
// Virtual networks: making, starting and showing them. Changes of parts are in network_change.cpp, what is
// plugged in in network_port.cpp.
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/confirm.h"
#include "cli/editor.h"
#include "cli/failure.h"
#include "cli/lookup.h"
#include "cli/network_lookup.h"
#include "cli/session.h"
#include "cli/show_document.h"
#include "cli/table.h"
#include "protocol/connect_calls.h"
#include "protocol/constants.h"
#include "protocol/network_calls.h"

#include <algorithm>

namespace yado::cli {
namespace {

using protocol::NetworkRef;

void autostart(Session& session, const Arguments& arguments) {
    const NetworkRef network = find_network(session, arguments);
    const bool off = arguments.has("disable");
    explain(fmt::format("failed to {}mark network {} as autostarted", off ? "un" : "", network.name),
            [&] { session.call(protocol::NetworkSetAutostartArgs{network, off ? 0 : 1}); });
    session.done("Network {} {}marked as autostarted", network.name, off ? "un" : "");
}

NetworkRef define_xml(Session& session, const std::string& xml, bool validate) {
    if (validate)
        return session.call(protocol::NetworkDefineXmlFlagsArgs{xml, protocol::NetworkDefineFlags::validate})
            .net;
    return session.call(protocol::NetworkDefineXmlArgs{xml}).net;
}

void create(Session& session, const Arguments& arguments) {
    const std::string& file = arguments.required("file");
    const std::string xml = read_input_file(file);
    const NetworkRef network = explain(fmt::format("Failed to create network from {}", file), [&] {
        if (arguments.has("validate")) {
            return session
                .call(protocol::NetworkCreateXmlFlagsArgs{xml, protocol::NetworkCreateFlags::validate})
                .net;
        }
        return session.call(protocol::NetworkCreateXmlArgs{xml}).net;
    });
    session.done("Network {} created from {}", network.name, file);
}

void define(Session& session, const Arguments& arguments) {
    const std::string& file = arguments.required("file");
    const std::string xml = read_input_file(file);
    const NetworkRef network = explain(fmt::format("Failed to define network from {}", file),
                                       [&] { return define_xml(session, xml, arguments.has("validate")); });
    session.done("Network {} defined from {}", network.name, file);
}

void destroy(Session& session, const Arguments& arguments) {
    const NetworkRef network = find_network(session, arguments);
    explain(fmt::format("Failed to destroy network {}", network.name),
            [&] { session.call(protocol::NetworkDestroyArgs{network}); });
    session.done("Network {} destroyed", network.name);
}

void start(Session& session, const Arguments& arguments) {
    const NetworkRef network = find_network(session, arguments);
    explain(fmt::format("Failed to start network {}", network.name),
            [&] { session.call(protocol::NetworkCreateArgs{network}); });
    session.done("Network {} started", network.name);
}

void undefine(Session& session, const Arguments& arguments) {
    const NetworkRef network = find_network(session, arguments);
    explain(fmt::format("Failed to undefine network {}", network.name),
            [&] { session.call(protocol::NetworkUndefineArgs{network}); });
    session.done("Network {} has been undefined", network.name);
}

void dumpxml(Session& session, const Arguments& arguments) {
    const NetworkRef network = find_network(session, arguments);
    const std::uint32_t flags = arguments.flags({{"inactive", protocol::NetworkXMLFlags::inactive}});
    show_document(session, arguments, session.call(protocol::NetworkGetXmlDescArgs{network, flags}).xml);
}

void edit(Session& session, const Arguments& arguments) {
    const NetworkRef network = find_network(session, arguments);
    std::string name = network.name;
    EditedDocument document;
    document.read = [&] {
        return session.call(protocol::NetworkGetXmlDescArgs{network, protocol::NetworkXMLFlags::inactive})
            .xml;
    };
    document.write = [&](const std::string& xml) { name = define_xml(session, xml, false).name; };
    if (edit_document(session, document)) session.done("Network {} XML configuration edited.", name);
    else session.done("Network {} XML configuration not changed.", network.name);
}

const char* yes_or_no(bool value) { return value ? "yes" : "no"; }

void info(Session& session, const Arguments& arguments) {
    const NetworkRef network = find_network(session, arguments);
    const bool active = session.call(protocol::NetworkIsActiveArgs{network}).active != 0;
    const bool persistent = session.call(protocol::NetworkIsPersistentArgs{network}).persistent != 0;
    const bool starts = session.call(protocol::NetworkGetAutostartArgs{network}).autostart != 0;
    Fields fields(16);
    fields.add("name", "Name:", network.name);
    fields.add("uuid", "UUID:", network.uuid.text());
    fields.add("active", "Active:", Cell(yes_or_no(active), Value(active)));
    fields.add("persistent", "Persistent:", Cell(yes_or_no(persistent), Value(persistent)));
    fields.add("autostart", "Autostart:", Cell(yes_or_no(starts), Value(starts)));
    try {
        fields.add("bridge", "Bridge:", session.call(protocol::NetworkGetBridgeNameArgs{network}).name);
    } catch (const Error&) { fields.add_hidden("bridge", Value()); } // not all have one
    session.show(fields);
}

void list(Session& session, const Arguments& arguments) {
    namespace Bits = protocol::ConnectListAllNetworksFlags;
    arguments.exclusive("table", "uuid");
    arguments.exclusive("table", "name");
    std::uint32_t flags = arguments.flags({{"inactive", Bits::inactive},
                                           {"persistent", Bits::persistent},
                                           {"transient", Bits::transient},
                                           {"autostart", Bits::autostart},
                                           {"no-autostart", Bits::no_autostart}});
    if (arguments.has("all")) flags |= Bits::active | Bits::inactive;
    else if (!arguments.has("inactive")) flags |= Bits::active;
    auto networks = session.call(protocol::ConnectListAllNetworksArgs{1, flags}).nets;
    std::ranges::sort(networks, {}, &NetworkRef::name);
    const bool title = arguments.has("title");
    std::vector<Column> columns{
        {"Name", "name"}, {"State", "state"}, {"Autostart", "autostart"}, {"Persistent", "persistent"}};
    if (title) columns.push_back({"Title", "title"});
    Table table(columns);
    Value json = Value::list();
    std::string plain;
    for (const NetworkRef& network : networks) {
        if (arguments.has("uuid")) plain += network.uuid.text() + (arguments.has("name") ? " " : "\n");
        if (arguments.has("name")) plain += network.name + "\n";
        const bool starts = session.call(protocol::NetworkGetAutostartArgs{network}).autostart != 0;
        const bool persistent = session.call(protocol::NetworkIsPersistentArgs{network}).persistent != 0;
        const bool active = session.call(protocol::NetworkIsActiveArgs{network}).active != 0;
        std::vector<Cell> row{network.name, active ? "active" : "inactive", yes_or_no(starts),
                              yes_or_no(persistent)};
        Value entry = Value::object()
                          .set("name", network.name)
                          .set("uuid", network.uuid.text())
                          .set("active", active)
                          .set("autostart", starts)
                          .set("persistent", persistent);
        if (title) {
            const auto text = network_metadata(session, network, protocol::NetworkMetadataType::title, {}, 0);
            row.emplace_back(text.value_or(""));
            entry.set("title", text ? Value(*text) : Value());
        }
        table.add(std::move(row));
        json.add(std::move(entry));
    }
    if (session.json()) session.show_json(json);
    else if (arguments.has("uuid") || arguments.has("name")) session.print("{}", plain);
    else session.show(table);
}

void uuid(Session& session, const Arguments& arguments) {
    session.show("uuid", find_network(session, arguments.required("network"), by_name).uuid.text());
}

void name(Session& session, const Arguments& arguments) {
    session.show("name", find_network(session, arguments.required("network"), by_uuid).name);
}

} // namespace

std::vector<Command> network_commands() {
    const Option file =
        positional("file", "file containing an XML network description").completes(Complete::file);
    const Option validate = flag("validate", "validate the XML against the schema");
    return {
        {"net-autostart",
         Group::network,
         "autostart a network",
         "Configure a network to be automatically started at boot.",
         {network_option(), flag("disable", "disable autostarting")},
         autostart},
        {"net-create",
         Group::network,
         "create a network from an XML file",
         "Create a network.",
         {file, validate},
         create},
        {"net-define",
         Group::network,
         "define an inactive persistent virtual network or modify an existing persistent one from an XML "
         "file",
         "Define or modify a persistent virtual network.",
         {file, validate},
         define},
        {"net-destroy",
         Group::network,
         "destroy (stop) a network",
         "Forcefully stop a given network.",
         {network_option()},
         destroy},
        {"net-dumpxml",
         Group::network,
         "network information in XML",
         "Output the network information as an XML dump to stdout.",
         {network_option(), flag("inactive", "show inactive defined XML"), xpath_option(), wrap_option()},
         dumpxml},
        {"net-edit",
         Group::network,
         "edit XML configuration for a network",
         "Edit the XML configuration for a network.",
         {network_option()},
         edit},
        {"net-info",
         Group::network,
         "network information",
         "Returns basic information about the network",
         {network_option()},
         info},
        {"net-list",
         Group::network,
         "list networks",
         "Returns list of networks.",
         {flag("inactive", "list inactive networks"), flag("all", "list inactive & active networks"),
          flag("persistent", "list persistent networks"), flag("transient", "list transient networks"),
          flag("autostart", "list networks with autostart enabled"),
          flag("no-autostart", "list networks with autostart disabled"), flag("uuid", "list uuid's only"),
          flag("name", "list network names only"), flag("table", "list table (default)"),
          flag("title", "show network title")},
         list},
        {"net-name",
         Group::network,
         "convert a network UUID to network name",
         "",
         {positional("network", "network uuid")},
         name},
        {"net-start",
         Group::network,
         "start a (previously defined) inactive network",
         "Start a network.",
         {network_option()},
         start},
        {"net-undefine",
         Group::network,
         "undefine a persistent network",
         "Undefine the configuration for a persistent network.",
         {network_option()},
         undefine},
        {"net-uuid",
         Group::network,
         "convert a network name to network UUID",
         "",
         {positional("network", "network name").completes(Complete::network)},
         uuid},
    };
}

} // namespace yado::cli
