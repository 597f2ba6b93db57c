// SPDX-License-Identifier: Apache-2.0
// Listing domains and looking at one.
#include "base/text.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/failure.h"
#include "cli/lookup.h"
#include "cli/session.h"
#include "cli/table.h"
#include "protocol/connect_calls.h"
#include "protocol/constants.h"
#include "protocol/domain_calls.h"
#include "protocol/node_calls.h"

#include <algorithm>
#include <strings.h>

namespace yado::cli {
namespace {

using protocol::DomainRef;
namespace Listed = protocol::ConnectListAllDomainsFlags;

/// An attempt whose failure only means that there is nothing to show.
template <class Args> std::optional<typename Args::Result> attempt(Session& session, const Args& args) {
    try {
        return session.call(args);
    } catch (const Error&) {
        if (!session.connected()) throw;
        return std::nullopt;
    }
}

std::uint32_t list_flags(const Arguments& arguments) {
    std::uint32_t flags = arguments.has("inactive") ? Listed::inactive : Listed::active;
    if (arguments.has("all")) flags = Listed::active | Listed::inactive;
    return flags | arguments.flags({{"persistent", Listed::persistent},
                                    {"transient", Listed::transient},
                                    {"with-managed-save", Listed::managedsave},
                                    {"without-managed-save", Listed::no_managedsave},
                                    {"autostart", Listed::autostart},
                                    {"no-autostart", Listed::no_autostart},
                                    {"with-snapshot", Listed::has_snapshot},
                                    {"without-snapshot", Listed::no_snapshot},
                                    {"with-checkpoint", Listed::has_checkpoint},
                                    {"without-checkpoint", Listed::no_checkpoint},
                                    {"state-running", Listed::running},
                                    {"state-paused", Listed::paused},
                                    {"state-shutoff", Listed::shutoff},
                                    {"state-other", Listed::other}});
}

/// Running ones by id, then the others by name.
bool listed_before(const DomainRef& a, const DomainRef& b) {
    if (a.id >= 0 && b.id >= 0) return a.id < b.id;
    if ((a.id >= 0) != (b.id >= 0)) return a.id >= 0;
    return ::strcasecmp(a.name.c_str(), b.name.c_str()) < 0;
}

struct Row {
    DomainRef domain;
    std::string state;
    std::string title;
};

/// What the listing shows beside names; all questions are sent before the first answer is read.
std::vector<Row> gather(Session& session, const std::vector<DomainRef>& domains, bool titles, bool saved) {
    client::Connection& connection = session.connection();
    std::vector<client::PendingCall<protocol::DomainGetStateArgs>> states;
    std::vector<client::PendingCall<protocol::DomainGetMetadataArgs>> metadata;
    std::vector<client::PendingCall<protocol::DomainHasManagedSaveImageArgs>> images;
    for (const DomainRef& domain : domains) {
        states.push_back(connection.call_async(protocol::DomainGetStateArgs{domain}));
        if (titles)
            metadata.push_back(connection.call_async(protocol::DomainGetMetadataArgs{
                domain, protocol::DomainMetadataType::title, std::nullopt, 0}));
        if (saved) images.push_back(connection.call_async(protocol::DomainHasManagedSaveImageArgs{domain}));
    }
    const auto answer = [&connection](auto pending) -> std::optional<decltype(connection.finish(pending))> {
        try {
            return connection.finish(pending);
        } catch (const Error&) {
            if (!connection.alive()) throw;
            return std::nullopt; // gone meanwhile, or it has none
        }
    };
    std::vector<Row> rows;
    for (std::size_t i = 0; i < domains.size(); ++i) {
        Row row{domains[i], "no state", {}};
        if (const auto state = answer(states[i])) row.state = state_text(state->state);
        if (titles)
            if (const auto title = answer(metadata[i])) row.title = title->metadata;
        if (saved)
            if (const auto image = answer(images[i]); image && image->result > 0 && domains[i].id < 0)
                row.state = "saved";
        rows.push_back(std::move(row));
    }
    return rows;
}

void list_table(Session& session, const std::vector<DomainRef>& domains, const Arguments& arguments) {
    const bool titles = arguments.has("title");
    std::vector<Column> columns{{"Id", "id"}, {"Name", "name"}, {"State", "state"}};
    if (titles) columns.push_back({"Title", "title"});
    Table table(columns);
    Value json = Value::list();
    for (const Row& row : gather(session, domains, titles, arguments.has("managed-save"))) {
        const bool runs = row.domain.id >= 0;
        std::vector<Cell> cells{runs ? std::to_string(row.domain.id) : "-", row.domain.name, row.state};
        if (titles) cells.emplace_back(row.title);
        table.add(std::move(cells));
        Value object = Value::object();
        object.set("id", runs ? Value(row.domain.id) : Value());
        object.set("name", row.domain.name).set("uuid", row.domain.uuid.text()).set("state", row.state);
        if (titles) object.set("title", row.title);
        json.add(std::move(object));
    }
    if (session.json()) session.show_json(json);
    else session.show(table);
}

void list(Session& session, const Arguments& arguments) {
    arguments.exclusive("table", "name");
    arguments.exclusive("table", "id");
    arguments.exclusive("table", "uuid");
    const auto answer = session.call(protocol::ConnectListAllDomainsArgs{1, list_flags(arguments)});
    std::vector<DomainRef> domains = answer.domains;
    std::ranges::sort(domains, listed_before);
    const bool ids = arguments.has("id");
    const bool uuids = arguments.has("uuid");
    const bool names = arguments.has("name");
    if (session.json() || (!ids && !uuids && !names)) {
        list_table(session, domains, arguments);
        return;
    }
    for (const DomainRef& domain : domains) {
        std::vector<std::string> words;
        if (uuids) words.push_back(domain.uuid.text());
        if (ids && (domain.id >= 0 || uuids || names))
            words.push_back(domain.id >= 0 ? std::to_string(domain.id) : "-");
        if (names) words.push_back(printable(domain.name));
        if (!words.empty()) session.print("{}\n", join(words, " "));
    }
}

void add_state(Session& session, const DomainRef& domain, Fields& fields) {
    const auto info = session.call(protocol::DomainGetInfoArgs{domain});
    fields.add("state", "State:", std::string(state_text(static_cast<std::int32_t>(info.state))));
    fields.add("cpus", "CPU(s):", info.nrVirtCpu);
    if (info.cpuTime != 0)
        fields.add("cpu_time_ns", "CPU time:",
                   {fmt::format("{:.1f}s", static_cast<double>(info.cpuTime) / 1e9), Value(info.cpuTime)});
    // libvirt's way of saying "no limit": the largest unsigned int, or nothing
    if (info.maxMem != UINT32_MAX && info.maxMem != 0)
        fields.add("max_memory_kib", "Max memory:", {fmt::format("{} KiB", info.maxMem), Value(info.maxMem)});
    else fields.add("max_memory_kib", "Max memory:", {"no limit", Value()});
    fields.add("used_memory_kib", "Used memory:", {fmt::format("{} KiB", info.memory), Value(info.memory)});
}

void add_security(Session& session, const DomainRef& domain, Fields& fields) {
    const auto model = attempt(session, protocol::NodeGetSecurityModelArgs{});
    if (!model || model->model.empty()) return;
    fields.add("security_model", "Security model:", model->model);
    fields.add("security_doi", "Security DOI:", model->doi);
    const auto label = attempt(session, protocol::DomainGetSecurityLabelArgs{domain});
    if (label && !label->label.empty())
        fields.add("security_label", "Security label:",
                   {fmt::format("{} ({})", label->label, label->enforcing != 0 ? "enforcing" : "permissive"),
                    Value(label->label)});
}

void dominfo(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    Fields fields(16);
    fields.add("id", "Id:", domain.id >= 0 ? Cell(domain.id) : Cell("-", Value()));
    fields.add("name", "Name:", domain.name);
    fields.add("uuid", "UUID:", domain.uuid.text());
    if (const auto type = attempt(session, protocol::DomainGetOsTypeArgs{domain}))
        fields.add("os_type", "OS Type:", type->type);
    add_state(session, domain, fields);
    const auto yes_no = [&fields](std::string_view key, std::string_view title,
                                  std::optional<std::int32_t> flag) {
        if (!flag) fields.add(key, title, {"unknown", Value()});
        else fields.add(key, title, {*flag != 0 ? "yes" : "no", Value(*flag != 0)});
    };
    const auto persistent = attempt(session, protocol::DomainIsPersistentArgs{domain});
    yes_no("persistent", "Persistent:", persistent ? std::optional(persistent->persistent) : std::nullopt);
    if (const auto autostart = attempt(session, protocol::DomainGetAutostartArgs{domain}))
        fields.add("autostart", "Autostart:",
                   {autostart->autostart != 0 ? "enable" : "disable", Value(autostart->autostart != 0)});
    const auto saved = attempt(session, protocol::DomainHasManagedSaveImageArgs{domain});
    yes_no("managed_save", "Managed save:", saved ? std::optional(saved->result) : std::nullopt);
    add_security(session, domain, fields);
    if (const auto messages = attempt(session, protocol::DomainGetMessagesArgs{domain})) {
        Value all = Value::list();
        for (std::size_t i = 0; i < messages->msgs.size(); ++i) {
            all.add(messages->msgs[i]);
            if (!session.json()) fields.add("", i == 0 ? "Messages:" : " ", messages->msgs[i]);
        }
        fields.add_hidden("messages", std::move(all));
    }
    session.show(fields);
}

void domstate(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    const auto [state, reason] = domain_state(session, domain);
    if (session.json())
        session.show_json(
            Value::object().set("state", state_text(state)).set("reason", reason_text(state, reason)));
    else if (arguments.has("reason"))
        session.print("{} ({})\n", state_text(state), reason_text(state, reason));
    else session.print("{}\n", state_text(state));
}

void domid(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments, by_name | by_uuid);
    if (session.json())
        session.show_json(Value::object().set("id", domain.id >= 0 ? Value(domain.id) : Value()));
    else session.print("{}\n", domain.id >= 0 ? std::to_string(domain.id) : "-");
}

void domuuid(Session& session, const Arguments& arguments) {
    session.show("uuid", find_domain(session, arguments, by_name | by_id).uuid.text());
}

void domname(Session& session, const Arguments& arguments) {
    session.show("name", find_domain(session, arguments, by_id | by_uuid).name);
}

void domcontrol(Session& session, const Arguments& arguments) {
    static constexpr std::array<std::string_view, 4> states{"ok", "background job", "occupied", "error"};
    static constexpr std::array<std::string_view, 4> causes{"", "unknown", "monitor failure",
                                                            "internal (locking) error"};
    const DomainRef domain = find_domain(session, arguments);
    const auto info = session.call(protocol::DomainGetControlInfoArgs{domain});
    const auto state = info.state < states.size() ? states[info.state] : std::string_view("unknown");
    const auto cause = info.details < causes.size() ? causes[info.details] : causes[1];
    const double seconds = static_cast<double>(info.stateTime) / 1000.0;
    if (session.json())
        session.show_json(
            Value::object().set("state", state).set("details", cause).set("state_time_ms", info.stateTime));
    else if (info.state == protocol::DomainControlState::ok) session.print("{}\n", state);
    else if (info.state == protocol::DomainControlState::error)
        session.print("{}: {} ({:.3f}s)\n", state, cause, seconds);
    else session.print("{} ({:.3f}s)\n", state, seconds);
}

} // namespace

std::vector<Command> monitor_commands() {
    return {
        {"list",
         Group::monitor,
         "list domains",
         "Returns list of domains.",
         {flag("inactive", "list inactive domains"),
          flag("all", "list inactive & active domains"),
          flag("transient", "list transient domains"),
          flag("persistent", "list persistent domains"),
          flag("with-snapshot", "list domains with existing snapshot"),
          flag("without-snapshot", "list domains without a snapshot"),
          flag("with-checkpoint", "list domains with existing checkpoint"),
          flag("without-checkpoint", "list domains without a checkpoint"),
          flag("state-running", "list domains in running state"),
          flag("state-paused", "list domains in paused state"),
          flag("state-shutoff", "list domains in shutoff state"),
          flag("state-other", "list domains in other states"),
          flag("autostart", "list domains with autostart enabled"),
          flag("no-autostart", "list domains with autostart disabled"),
          flag("with-managed-save", "list domains with managed save state"),
          flag("without-managed-save", "list domains without managed save"),
          flag("uuid", "list uuid's only"),
          flag("name", "list domain names only"),
          flag("id", "list domain IDs only"),
          flag("table", "list table (default)"),
          flag("managed-save", "mark inactive domains with managed save state"),
          flag("title", "show domain title")},
         list},
        {"dominfo",
         Group::monitor,
         "domain information",
         "Returns basic information about the domain.",
         {domain_option()},
         dominfo},
        {"domstate",
         Group::monitor,
         "domain state",
         "Returns state about a domain.",
         {domain_option(), flag("reason", "also print reason for the state")},
         domstate},
        {"domcontrol",
         Group::monitor,
         "domain control interface state",
         "Returns state of a control interface to the domain.",
         {domain_option()},
         domcontrol},
        {"domid",
         Group::domain,
         "convert a domain name or UUID to domain id",
         "",
         {positional("domain", "domain name or uuid").completes(Complete::running_domain)},
         domid},
        {"domname",
         Group::domain,
         "convert a domain id or UUID to domain name",
         "",
         {positional("domain", "domain id or uuid")},
         domname},
        {"domuuid",
         Group::domain,
         "convert a domain name or id to domain UUID",
         "",
         {positional("domain", "domain id or name").completes(Complete::domain)},
         domuuid},
    };
}

} // namespace yado::cli
