// SPDX-License-Identifier: Apache-2.0
// Looking at snapshots, going back to them, taking them away.
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/confirm.h"
#include "cli/failure.h"
#include "cli/listed_snapshot.h"
#include "cli/session.h"
#include "cli/show_document.h"
#include "cli/table.h"
#include "cli/tree.h"
#include "protocol/constants.h"
#include "protocol/domain_snapshot_calls.h"

#include <algorithm>
#include <strings.h>

namespace yado::cli {
namespace {

namespace p = protocol;
using p::DomainRef;
using p::DomainSnapshotRef;
namespace List = p::DomainSnapshotListFlags;

Value or_null(const std::string& text) { return text.empty() ? Value() : Value(text); }

std::uint32_t list_flags(const Arguments& arguments, bool of_one) {
    std::uint32_t flags = arguments.flags({{"leaves", List::leaves},
                                           {"no-leaves", List::no_leaves},
                                           {"metadata", List::metadata},
                                           {"no-metadata", List::no_metadata},
                                           {"inactive", List::inactive},
                                           {"active", List::active},
                                           {"disk-only", List::disk_only},
                                           {"internal", List::internal},
                                           {"external", List::external},
                                           {"topological", List::topological},
                                           {"roots", List::roots}});
    if (of_one && (arguments.has("descendants") || arguments.has("tree"))) flags |= List::descendants;
    return flags;
}

void show_tree(Session& session, const std::vector<DomainSnapshotRef>& listed) {
    std::vector<TreeItem> items;
    for (const DomainSnapshotRef& each : listed) {
        std::string parent;
        try {
            parent = session.call(p::DomainSnapshotGetParentArgs{each, 0}).snap.name;
        } catch (const Error& error) {
            if (error.code() != Code::no_domain_snapshot) throw;
        }
        items.push_back({each.name, std::move(parent)});
    }
    session.print("{}", tree_text(items));
    session.show_json(tree_value(items));
}

void show_names(Session& session, const std::vector<DomainSnapshotRef>& listed) {
    Value names = Value::list();
    for (const DomainSnapshotRef& each : listed) {
        session.print("{}\n", each.name);
        names.add(Value::object().set("name", each.name));
    }
    session.show_json(names);
}

void list(Session& session, const Arguments& arguments) {
    for (const auto& [one, other] : {std::pair("tree", "name"),
                                     {"parent", "roots"},
                                     {"parent", "tree"},
                                     {"roots", "tree"},
                                     {"roots", "from"},
                                     {"roots", "current"}})
        arguments.exclusive(one, other);
    const DomainRef domain = find_domain(session, arguments);
    const auto from = arguments.text("from");
    const bool of_current = arguments.has("current");
    if (from && of_current) refuse("--from and --current are mutually exclusive");
    const bool of_one = from || of_current;
    if (arguments.has("descendants") && !of_one) refuse("--descendants requires either --from or --current");

    const std::uint32_t flags = list_flags(arguments, of_one);
    std::vector<DomainSnapshotRef> listed;
    if (of_one) {
        const DomainSnapshotRef above =
            from ? find_snapshot(session, domain, *from) : current_snapshot(session, domain);
        listed = session.call(p::DomainSnapshotListAllChildrenArgs{above, 1, flags}).snapshots;
        if (arguments.has("tree")) listed.insert(listed.begin(), above);
    } else {
        listed = session.call(p::DomainListAllSnapshotsArgs{domain, 1, flags}).snapshots;
    }
    if (!arguments.has("topological")) {
        std::ranges::sort(listed, [](const DomainSnapshotRef& a, const DomainSnapshotRef& b) {
            const int order = ::strcasecmp(a.name.c_str(), b.name.c_str());
            return order != 0 ? order < 0 : a.name < b.name;
        });
    }
    if (arguments.has("tree")) return show_tree(session, listed);
    if (arguments.has("name")) return show_names(session, listed);

    std::vector<Column> columns{{"Name", "name"}, {"Creation Time", "creation_time"}, {"State", "state"}};
    const bool parents = arguments.has("parent");
    if (parents) columns.push_back({"Parent", "parent"});
    Table table(std::move(columns));
    for (const DomainSnapshotRef& each : listed) {
        const ListedSnapshot shown = listed_snapshot(snapshot_xml(session, each, 0));
        if (!shown.creation_time) continue; // not one that is listed so
        std::vector<Cell> row{each.name, Cell(shown.created(), *shown.creation_time), shown.state};
        if (parents) row.emplace_back(shown.parent, or_null(shown.parent));
        table.add(std::move(row));
    }
    session.show(table);
}

void info(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    const DomainSnapshotRef snapshot = find_snapshot(session, domain, arguments);
    const bool current = session.call(p::DomainSnapshotIsCurrentArgs{snapshot, 0}).current != 0;
    const ListedSnapshot shown = listed_snapshot(snapshot_xml(session, snapshot, 0));
    const auto children = session.call(p::DomainSnapshotNumChildrenArgs{snapshot, 0}).num;
    const auto below = session.call(p::DomainSnapshotNumChildrenArgs{snapshot, List::descendants}).num;
    const bool metadata = session.call(p::DomainSnapshotHasMetadataArgs{snapshot, 0}).metadata != 0;
    const auto yes_no = [](bool yes) { return Cell(yes ? "yes" : "no", yes); };
    Fields fields(16);
    fields.add("name", "Name:", snapshot.name);
    fields.add("domain", "Domain:", domain.name);
    fields.add("current", "Current:", yes_no(current));
    fields.add("state", "State:", shown.state);
    fields.add("location", "Location:", shown.external ? "external" : "internal");
    fields.add("parent", "Parent:", Cell(shown.parent.empty() ? "-" : shown.parent, or_null(shown.parent)));
    fields.add("children", "Children:", children);
    fields.add("descendants", "Descendants:", below);
    fields.add("metadata", "Metadata:", yes_no(metadata));
    session.show(fields);
}

void dumpxml(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    const DomainSnapshotRef snapshot = find_snapshot(session, domain, arguments.required("snapshotname"));
    const std::uint32_t flags = arguments.flags({{"security-info", p::DomainSnapshotXMLFlags::secure}});
    show_document(session, arguments, snapshot_xml(session, snapshot, flags));
}

void current(Session& session, const Arguments& arguments) {
    arguments.exclusive("name", "snapshotname");
    const DomainRef domain = find_domain(session, arguments);
    if (const auto name = arguments.text("snapshotname")) {
        namespace Create = p::DomainSnapshotCreateFlags;
        const DomainSnapshotRef snapshot = find_snapshot(session, domain, *name);
        const std::string xml = snapshot_xml(session, snapshot, p::DomainSnapshotXMLFlags::secure);
        session.call(p::DomainSnapshotCreateXmlArgs{domain, xml, Create::redefine | Create::current});
        done_without_line(session, fmt::format("Snapshot {} set as current", *name));
        return;
    }
    if (session.call(p::DomainHasCurrentSnapshotArgs{domain, 0}).result == 0)
        refuse("domain '{}' has no current snapshot", domain.name);
    const DomainSnapshotRef snapshot = current_snapshot(session, domain);
    if (arguments.has("name")) {
        session.print("{}", snapshot.name);
        session.show_json(Value::object().set("name", snapshot.name));
        return;
    }
    const std::uint32_t flags = arguments.flags({{"security-info", p::DomainSnapshotXMLFlags::secure}});
    show_document(session, arguments, snapshot_xml(session, snapshot, flags));
}

void parent(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    const DomainSnapshotRef snapshot = find_snapshot(session, domain, arguments);
    std::string name;
    try {
        name = session.call(p::DomainSnapshotGetParentArgs{snapshot, 0}).snap.name;
    } catch (const Error& error) {
        if (error.code() != Code::no_domain_snapshot) throw;
        refuse("snapshot '{}' has no parent", snapshot.name);
    }
    session.print("{}", name);
    session.show_json(Value::object().set("name", name));
}

void revert(Session& session, const Arguments& arguments) {
    namespace Flags = p::DomainSnapshotRevertFlags;
    const DomainRef domain = find_domain(session, arguments);
    const DomainSnapshotRef snapshot = find_snapshot(session, domain, arguments);
    const std::uint32_t flags = arguments.flags(
        {{"running", Flags::running}, {"paused", Flags::paused}, {"reset-nvram", Flags::reset_nvram}});
    const auto go = [&] {
        try {
            session.call(p::DomainRevertToSnapshotArgs{snapshot, flags});
        } catch (const Error& error) { // forced only where that is needed
            if (!arguments.has("force") || error.code() != Code::snapshot_revert_risky) throw;
            session.call(p::DomainRevertToSnapshotArgs{snapshot, flags | Flags::force});
        }
    };
    explain(fmt::format("Failed to revert snapshot {}", snapshot.name), go);
    session.done("Domain snapshot {} reverted", snapshot.name);
}

void remove(Session& session, const Arguments& arguments) {
    namespace Flags = p::DomainSnapshotDeleteFlags;
    const DomainRef domain = find_domain(session, arguments);
    const DomainSnapshotRef snapshot = find_snapshot(session, domain, arguments);
    const std::uint32_t flags = arguments.flags({{"children", Flags::children},
                                                 {"children-only", Flags::children_only},
                                                 {"metadata", Flags::metadata_only}});
    explain(fmt::format("Failed to delete snapshot {}", snapshot.name),
            [&] { session.call(p::DomainSnapshotDeleteArgs{snapshot, flags}); });
    session.done("Domain snapshot {} {}deleted", snapshot.name,
                 arguments.has("children-only") ? "children " : "");
}

} // namespace

std::vector<Command> snapshot_commands() {
    const Option domain = domain_option();
    const Option secure = flag("security-info", "include security sensitive information in XML dump");
    return {
        {"snapshot-current",
         Group::snapshot,
         "Get or set the current snapshot",
         "Get or set the current snapshot",
         {domain, flag("name", "list the name, rather than the full xml"), secure,
          snapshot_option("name of existing snapshot to make current")},
         current},
        {"snapshot-delete",
         Group::snapshot,
         "Delete a domain snapshot",
         "Snapshot Delete",
         {domain, snapshot_option(), flag("current", "delete current snapshot"),
          flag("children", "delete snapshot and all children"),
          flag("children-only", "delete children but not snapshot"),
          flag("metadata", "delete only libvirt metadata, leaving snapshot contents behind")},
         remove},
        {"snapshot-dumpxml",
         Group::snapshot,
         "Dump XML for a domain snapshot",
         "Snapshot Dump XML",
         {domain, positional("snapshotname", "snapshot name"), secure, xpath_option(), wrap_option()},
         dumpxml},
        {"snapshot-info",
         Group::snapshot,
         "snapshot information",
         "Returns basic information about a snapshot.",
         {domain, snapshot_option(), flag("current", "info on current snapshot")},
         info},
        {"snapshot-list",
         Group::snapshot,
         "List snapshots for a domain",
         "Snapshot List",
         {domain, flag("parent", "add a column showing parent snapshot"),
          flag("roots", "list only snapshots without parents"),
          flag("leaves", "list only snapshots without children"),
          flag("no-leaves", "list only snapshots that are not leaves (with children)"),
          flag("metadata", "list only snapshots that have metadata that would prevent undefine"),
          flag("no-metadata", "list only snapshots that have no metadata managed by libvirt"),
          flag("inactive", "filter by snapshots taken while inactive"),
          flag("active", "filter by snapshots taken while active (full system snapshots)"),
          flag("disk-only", "filter by disk-only snapshots"),
          flag("internal", "filter by internal snapshots"), flag("external", "filter by external snapshots"),
          flag("tree", "list snapshots in a tree"), text("from", "limit list to children of given snapshot"),
          flag("current", "limit list to children of current snapshot"),
          flag("descendants", "with --from, list all descendants"), flag("name", "list snapshot names only"),
          flag("topological", "sort list topologically rather than by name")},
         list},
        {"snapshot-parent",
         Group::snapshot,
         "Get the name of the parent of a snapshot",
         "Extract the snapshot's parent, if any",
         {domain, snapshot_option("find parent of snapshot name"),
          flag("current", "find parent of current snapshot")},
         parent},
        {"snapshot-revert",
         Group::snapshot,
         "Revert a domain to a snapshot",
         "Revert domain to snapshot",
         {domain, snapshot_option(), flag("current", "revert to current snapshot"),
          flag("running", "after reverting, change state to running"),
          flag("paused", "after reverting, change state to paused"),
          flag("force", "try harder on risky reverts"),
          flag("reset-nvram", "re-initialize NVRAM from its pristine template")},
         revert},
    };
}

} // namespace yado::cli
