// SPDX-License-Identifier: Apache-2.0
// Storage pools: places that volumes are made in.
#include "base/text.h"
#include "cli/commands.h"
#include "cli/editor.h"
#include "cli/event_loop.h"
#include "cli/failure.h"
#include "cli/lookup.h"
#include "cli/pools.h"
#include "cli/show_document.h"
#include "cli/table.h"
#include "protocol/connect_calls.h"
#include "protocol/constants.h"
#include "protocol/storage_calls.h"

#include <algorithm>
#include <array>

namespace yado::cli {
namespace {

namespace p = protocol;

constexpr std::array<std::string_view, 5> state_names{"inactive", "building", "running", "degraded",
                                                      "inaccessible"};
constexpr std::array<std::string_view, 2> event_names{"lifecycle", "refresh"};
constexpr std::array<std::string_view, 6> change_names{"Defined", "Undefined", "Started",
                                                       "Stopped", "Created",   "Deleted"};

std::string_view word_of(std::span<const std::string_view> names, std::size_t number) {
    return number < names.size() ? names[number] : "unknown";
}

/// --build, --no-overwrite and --overwrite of what starts pools.
std::uint32_t start_flags(const Arguments& arguments) {
    namespace Flags = p::StoragePoolCreateFlags;
    arguments.exclusive("overwrite", "no-overwrite");
    return arguments.flags({{"build", Flags::with_build},
                            {"overwrite", Flags::with_build_overwrite},
                            {"no-overwrite", Flags::with_build_no_overwrite}});
}

void define(Session& session, const Arguments& arguments) {
    const std::string& file = arguments.required("file");
    const std::string xml = read_input_file(file);
    const std::uint32_t flags = arguments.flags({{"validate", p::StoragePoolDefineFlags::validate}});
    const auto pool = explain(fmt::format("Failed to define pool from {}", file),
                              [&] { return session.call(p::StoragePoolDefineXmlArgs{xml, flags}).pool; });
    session.done("Pool {} defined from {}", pool.name, file);
}

void create(Session& session, const Arguments& arguments) {
    const std::string& file = arguments.required("file");
    const std::uint32_t flags = start_flags(arguments);
    const std::string xml = read_input_file(file);
    const auto pool = explain(fmt::format("Failed to create pool from {}", file),
                              [&] { return session.call(p::StoragePoolCreateXmlArgs{xml, flags}).pool; });
    session.done("Pool {} created from {}", pool.name, file);
}

void start(Session& session, const Arguments& arguments) {
    const auto pool = find_pool(session, arguments);
    const std::uint32_t flags = start_flags(arguments);
    explain(fmt::format("Failed to start pool {}", pool.name),
            [&] { session.call(p::StoragePoolCreateArgs{pool, flags}); });
    session.done("Pool {} started", pool.name);
}

void build(Session& session, const Arguments& arguments) {
    const auto pool = find_pool(session, arguments);
    const std::uint32_t flags = arguments.flags({{"no-overwrite", p::StoragePoolBuildFlags::no_overwrite},
                                                 {"overwrite", p::StoragePoolBuildFlags::overwrite}});
    explain(fmt::format("Failed to build pool {}", pool.name),
            [&] { session.call(p::StoragePoolBuildArgs{pool, flags}); });
    session.done("Pool {} built", pool.name);
}

void destroy(Session& session, const Arguments& arguments) {
    const auto pool = find_pool(session, arguments);
    explain(fmt::format("Failed to destroy pool {}", pool.name),
            [&] { session.call(p::StoragePoolDestroyArgs{pool}); });
    session.done("Pool {} destroyed", pool.name);
}

void remove(Session& session, const Arguments& arguments) {
    const auto pool = find_pool(session, arguments);
    explain(fmt::format("Failed to delete pool {}", pool.name),
            [&] { session.call(p::StoragePoolDeleteArgs{pool, 0}); });
    session.done("Pool {} deleted", pool.name);
}

void undefine(Session& session, const Arguments& arguments) {
    const auto pool = find_pool(session, arguments);
    explain(fmt::format("Failed to undefine pool {}", pool.name),
            [&] { session.call(p::StoragePoolUndefineArgs{pool}); });
    session.done("Pool {} has been undefined", pool.name);
}

void refresh(Session& session, const Arguments& arguments) {
    const auto pool = find_pool(session, arguments);
    explain(fmt::format("Failed to refresh pool {}", pool.name),
            [&] { session.call(p::StoragePoolRefreshArgs{pool, 0}); });
    session.done("Pool {} refreshed", pool.name);
}

void autostart(Session& session, const Arguments& arguments) {
    const auto pool = find_pool(session, arguments);
    const std::string_view mark = arguments.has("disable") ? "unmark" : "mark";
    explain(fmt::format("failed to {} pool {} as autostarted", mark, pool.name),
            [&] { session.call(p::StoragePoolSetAutostartArgs{pool, arguments.has("disable") ? 0 : 1}); });
    session.done("Pool {} {}ed as autostarted", pool.name, mark);
}

void dumpxml(Session& session, const Arguments& arguments) {
    const auto pool = find_pool(session, arguments);
    const std::uint32_t flags = arguments.flags({{"inactive", p::StorageXMLFlags::inactive}});
    show_document(session, arguments, session.call(p::StoragePoolGetXmlDescArgs{pool, flags}).xml);
}

void edit(Session& session, const Arguments& arguments) {
    const auto pool = find_pool(session, arguments);
    EditedDocument document;
    document.read = [&] {
        return session.call(p::StoragePoolGetXmlDescArgs{pool, p::StorageXMLFlags::inactive}).xml;
    };
    document.write = [&](const std::string& text) { session.call(p::StoragePoolDefineXmlArgs{text, 0}); };
    if (edit_document(session, document)) session.done("Pool {} XML configuration edited.", pool.name);
    else session.done("Pool {} XML configuration not changed.", pool.name);
}

void name(Session& session, const Arguments& arguments) {
    const std::string& word = arguments.required("pool");
    if (!Uuid::parse(word)) refuse("failed to get pool '{}'", word); // a name is not looked for
    session.show("name", find_pool(session, word).name);
}

void uuid(Session& session, const Arguments& arguments) {
    session.show("uuid", find_pool(session, arguments).uuid.text());
}

void info(Session& session, const Arguments& arguments) {
    const auto pool = find_pool(session, arguments);
    const auto info = session.call(p::StoragePoolGetInfoArgs{pool});
    const bool persistent = session.call(p::StoragePoolIsPersistentArgs{pool}).persistent != 0;
    const bool autostarts = session.call(p::StoragePoolGetAutostartArgs{pool}).autostart != 0;
    constexpr unsigned width = 16;
    Fields fields(width);
    fields.add("name", "Name:", pool.name);
    fields.add("uuid", "UUID:", pool.uuid.text());
    fields.add("state", "State:", word_of(state_names, info.state));
    fields.add("persistent", "Persistent:", Cell(persistent ? "yes" : "no", Value(persistent)));
    fields.add("autostart", "Autostart:", Cell(autostarts ? "yes" : "no", Value(autostarts)));
    if (std::cmp_equal(info.state, p::StoragePoolState::running) ||
        std::cmp_equal(info.state, p::StoragePoolState::degraded)) {
        const auto size = [&](std::string_view key, std::string_view title, std::uint64_t bytes) {
            fields.add(
                key, title,
                Cell(arguments.has("bytes") ? fmt::format("{}", bytes) : size_text(bytes), Value(bytes)));
        };
        size("capacity", "Capacity:", info.capacity);
        size("allocation", "Allocation:", info.allocation);
        size("available", "Available:", info.available);
    }
    session.show(fields);
}

void list(Session& session, const Arguments& arguments) {
    namespace Flags = p::ConnectListAllStoragePoolsFlags;
    std::uint32_t flags = arguments.flags({{"persistent", Flags::persistent},
                                           {"transient", Flags::transient},
                                           {"autostart", Flags::autostart},
                                           {"no-autostart", Flags::no_autostart}});
    if (arguments.has("all")) flags |= Flags::active | Flags::inactive;
    else flags |= arguments.has("inactive") ? Flags::inactive : Flags::active;
    if (const auto types = arguments.text("type")) {
        static constexpr std::array<std::pair<std::string_view, std::uint32_t>, 14> words{
            {{"dir", Flags::dir},
             {"fs", Flags::fs},
             {"netfs", Flags::netfs},
             {"logical", Flags::logical},
             {"disk", Flags::disk},
             {"iscsi", Flags::iscsi},
             {"scsi", Flags::scsi},
             {"mpath", Flags::mpath},
             {"rbd", Flags::rbd},
             {"sheepdog", Flags::sheepdog},
             {"gluster", Flags::gluster},
             {"zfs", Flags::zfs},
             {"vstorage", Flags::vstorage},
             {"iscsi-direct", Flags::iscsi_direct}}};
        for (const std::string_view word : split(*types, ',')) {
            const auto found =
                std::ranges::find(words, word, &std::pair<std::string_view, std::uint32_t>::first);
            if (found == words.end()) refuse("Invalid pool type '{}'", word);
            flags |= found->second;
        }
    }
    auto pools = session.call(p::ConnectListAllStoragePoolsArgs{1, flags}).pools;
    std::ranges::sort(pools, {}, &p::StoragePoolRef::name);
    if (!session.json() && (arguments.has("uuid") || arguments.has("name"))) {
        for (const auto& pool : pools) {
            if (arguments.has("uuid"))
                session.print("{:<36}{}", pool.uuid.text(), arguments.has("name") ? " " : "\n");
            if (arguments.has("name")) session.print("{:<20}\n", pool.name);
        }
        return;
    }
    const bool details = arguments.has("details");
    std::vector<Column> columns{{"Name", "name"}, {"State", "state"}, {"Autostart", "autostart"}};
    if (details) {
        for (const Column& column : {Column{"Persistent", "persistent"}, Column{"Capacity", "capacity"},
                                     Column{"Allocation", "allocation"}, Column{"Available", "available"}}) {
            columns.push_back(column);
        }
    }
    Table table(std::move(columns));
    const auto yes_no = [](bool yes) { return Cell(yes ? "yes" : "no", Value(yes)); };
    for (const auto& pool : pools) {
        const auto info = session.call(p::StoragePoolGetInfoArgs{pool});
        const bool autostarts = session.call(p::StoragePoolGetAutostartArgs{pool}).autostart != 0;
        const bool active = !std::cmp_equal(info.state, p::StoragePoolState::inactive);
        const std::string_view state = active ? "active" : "inactive";
        std::vector<Cell> row{pool.name, details ? word_of(state_names, info.state) : state,
                              yes_no(autostarts)};
        if (details) {
            row.push_back(yes_no(session.call(p::StoragePoolIsPersistentArgs{pool}).persistent != 0));
            for (const std::uint64_t bytes : {info.capacity, info.allocation, info.available}) {
                row.push_back(active ? Cell(size_text(bytes), Value(bytes)) : Cell("-", Value()));
            }
        }
        table.add(std::move(row));
    }
    session.show(table);
}

void capabilities(Session& session, const Arguments&) {
    const std::string xml = session.call(p::ConnectGetStoragePoolCapabilitiesArgs{0}).capabilities;
    session.show("xml", xml);
}

void find_sources_of(Session& session, const std::string& type, std::optional<std::string> spec) {
    const std::string xml = explain(fmt::format("Failed to find any {} pool sources", type), [&] {
        return session.call(p::ConnectFindStoragePoolSourcesArgs{type, std::move(spec), 0}).xml;
    });
    session.show("xml", xml);
}

void find_sources(Session& session, const Arguments& arguments) {
    std::optional<std::string> spec;
    if (const auto file = arguments.text("srcSpec")) spec = read_input_file(*file);
    find_sources_of(session, arguments.required("type"), std::move(spec));
}

void find_sources_as(Session& session, const Arguments& arguments) {
    std::optional<std::string> spec;
    if (const auto host = arguments.text("host")) {
        spec = fmt::format("<source>\n  <host name='{}'", xml_escape(*host));
        if (const auto port = arguments.text("port")) *spec += fmt::format(" port='{}'", xml_escape(*port));
        *spec += "/>\n";
        if (const auto name = arguments.text("initiator")) {
            *spec += fmt::format("  <initiator>\n    <iqn name='{}'/>\n  </initiator>\n", xml_escape(*name));
        }
        *spec += "</source>\n";
    } else {
        arguments.requires_option("port", "host");
        arguments.requires_option("initiator", "host");
    }
    find_sources_of(session, arguments.required("type"), std::move(spec));
}

void event(Session& session, const Arguments& arguments) {
    if (arguments.has("list")) {
        Value names = Value::list();
        for (const std::string_view name : event_names) {
            session.print("{}\n", name);
            names.add(name);
        }
        session.show_json(names);
        return;
    }
    const auto name = arguments.text("event");
    if (!name) refuse("either --list or --event <type> is required");
    const auto found = std::ranges::find(event_names, *name);
    if (found == event_names.end()) refuse("unknown event type {}", *name);
    const auto kind = static_cast<std::int32_t>(found - event_names.begin());
    const EventWait how(arguments);
    std::optional<p::StoragePoolRef> only;
    if (const auto word = arguments.text("pool")) only = find_pool(session, *word);
    std::int32_t callback = 0;
    const auto subscribe = [&] {
        callback = session.call(p::ConnectStoragePoolEventRegisterAnyArgs{kind, only}).callbackID;
    };
    const auto show = [&](const client::Event& event) {
        std::string line;
        Value json = Value::object().set("event", *name);
        if (event.is<p::StoragePoolLifecycleEvent>()) {
            const auto change = event.as<p::StoragePoolLifecycleEvent>();
            const std::string_view what = word_of(change_names, static_cast<std::size_t>(change.event));
            line = fmt::format("event 'lifecycle' for storage pool {}: {}", change.pool.name, what);
            json.set("name", change.pool.name).set("what", what);
        } else if (event.is<p::StoragePoolRefreshEvent>()) {
            const auto change = event.as<p::StoragePoolRefreshEvent>();
            line = fmt::format("event 'refresh' for storage pool {}", change.pool.name);
            json.set("name", change.pool.name);
        } else {
            return false;
        }
        session.print("{}{}\n", arguments.has("timestamp") ? timestamp() + ": " : "", line);
        session.show_json(json);
        return true;
    };
    const auto unsubscribe = [&] { session.call(p::ConnectStoragePoolEventDeregisterAnyArgs{callback}); };
    wait_for_events(session, how, subscribe, show, unsubscribe);
}

} // namespace

std::vector<Command> pool_commands() {
    const Option pool = pool_option();
    const Option no_overwrite = flag("no-overwrite", "do not overwrite any existing data");
    const Option overwrite = flag("overwrite", "overwrite any existing data");
    const Option builds = flag("build", "build the pool as normal");
    return {
        {"find-storage-pool-sources-as",
         Group::pool,
         "find potential storage pool sources",
         "Returns XML <sources> document.",
         {positional("type", "type of storage pool sources to find"), text("host", "optional host to query"),
          text("port", "optional port to query"),
          text("initiator", "optional initiator IQN to use for query")},
         find_sources_as},
        {"find-storage-pool-sources",
         Group::pool,
         "discover potential storage pool sources",
         "Returns XML <sources> document.",
         {positional("type", "type of storage pool sources to discover"),
          text("srcSpec", "optional file of source xml to query for pools").completes(Complete::file)},
         find_sources},
        {"pool-autostart",
         Group::pool,
         "autostart a pool",
         "Configure a pool to be automatically started at boot.",
         {pool, flag("disable", "disable autostarting")},
         autostart},
        {"pool-build",
         Group::pool,
         "build a pool",
         "Build a given pool.",
         {pool, no_overwrite, overwrite},
         build},
        {"pool-capabilities",
         Group::pool,
         "storage pool capabilities",
         "Returns capabilities of storage pool support.",
         {},
         capabilities},
        {"pool-create",
         Group::pool,
         "create a pool from an XML file",
         "Create a pool.",
         {positional("file", "file containing an XML pool description").completes(Complete::file), builds,
          no_overwrite, overwrite},
         create},
        {"pool-define",
         Group::pool,
         "define an inactive persistent storage pool or modify an existing persistent one from an XML file",
         "Define or modify a persistent storage pool.",
         {positional("file", "file containing an XML pool description").completes(Complete::file),
          flag("validate", "validate the XML against the schema")},
         define},
        {"pool-delete", Group::pool, "delete a pool", "Delete a given pool.", {pool}, remove},
        {"pool-destroy",
         Group::pool,
         "destroy (stop) a pool",
         "Forcefully stop a given pool. Raw data in the pool is untouched",
         {pool},
         destroy},
        {"pool-dumpxml",
         Group::pool,
         "pool information in XML",
         "Output the pool information as an XML dump to stdout.",
         {pool, flag("inactive", "show inactive defined XML"), xpath_option(), wrap_option()},
         dumpxml},
        {"pool-edit",
         Group::pool,
         "edit XML configuration for a storage pool",
         "Edit the XML configuration for a storage pool.",
         {pool},
         edit},
        {"pool-event",
         Group::pool,
         "Storage Pool Events",
         "List event types, or wait for storage pool events to occur",
         {text("pool", "filter by storage pool name or uuid").named_only(),
          text("event", "which event type to wait for").named_only(),
          flag("loop", "loop until timeout or interrupt, rather than one-shot"),
          number("timeout", "timeout seconds").named_only(), flag("list", "list valid event types"),
          flag("timestamp", "show timestamp for each printed event")},
         event},
        {"pool-info",
         Group::pool,
         "storage pool information",
         "Returns basic information about the storage pool.",
         {pool, flag("bytes", "Return pool info in bytes")},
         info},
        {"pool-list",
         Group::pool,
         "list pools",
         "Returns list of pools.",
         {flag("inactive", "list inactive pools"), flag("all", "list inactive & active pools"),
          flag("transient", "list transient pools"), flag("persistent", "list persistent pools"),
          flag("autostart", "list pools with autostart enabled"),
          flag("no-autostart", "list pools with autostart disabled"),
          text("type", "only list pool of specified type(s) (if supported)").named_only(),
          flag("details", "display extended details for pools"),
          flag("uuid", "list UUID of active pools only"), flag("name", "list name of active pools only")},
         list},
        {"pool-name", Group::pool, "convert a pool UUID to pool name", "", {pool}, name},
        {"pool-refresh", Group::pool, "refresh a pool", "Refresh a given pool.", {pool}, refresh},
        {"pool-start",
         Group::pool,
         "start a (previously defined) inactive pool",
         "Start a pool.",
         {pool, builds, no_overwrite, overwrite},
         start},
        {"pool-undefine",
         Group::pool,
         "undefine an inactive pool",
         "Undefine the configuration for an inactive pool.",
         {pool},
         undefine},
        {"pool-uuid", Group::pool, "convert a pool name to pool UUID", "", {pool}, uuid},
    };
}

} // namespace yado::cli
