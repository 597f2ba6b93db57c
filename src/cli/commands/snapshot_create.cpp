// SPDX-License-Identifier: Apache-2.0
// Taking snapshots, and changing their documents.
#include "base/text.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/confirm.h"
#include "cli/editor.h"
#include "cli/failure.h"
#include "cli/listed_snapshot.h"
#include "cli/session.h"
#include "protocol/constants.h"
#include "protocol/domain_snapshot_calls.h"

#include <span>

namespace yado::cli {
namespace {

namespace p = protocol;
using p::DomainRef;
using p::DomainSnapshotRef;
namespace Flags = p::DomainSnapshotCreateFlags;

/// Of the options both commands have.
std::uint32_t common_flags(const Arguments& arguments) {
    return arguments.flags({{"no-metadata", Flags::no_metadata},
                            {"halt", Flags::halt},
                            {"disk-only", Flags::disk_only},
                            {"reuse-external", Flags::reuse_ext},
                            {"quiesce", Flags::quiesce},
                            {"atomic", Flags::atomic},
                            {"live", Flags::live},
                            {"validate", Flags::validate}});
}

void take(Session& session, const DomainRef& domain, const std::string& xml, std::uint32_t flags,
          std::string_view from) {
    const DomainSnapshotRef made = session.call(p::DomainSnapshotCreateXmlArgs{domain, xml, flags}).snap;
    const std::string text = from.empty()
                                 ? fmt::format("Domain snapshot {} created", made.name)
                                 : fmt::format("Domain snapshot {} created from '{}'", made.name, from);
    session.say("{}", text);
    session.show_json(Value::object().set("message", text).set("name", made.name));
}

void create(Session& session, const Arguments& arguments) {
    const std::uint32_t flags = common_flags(arguments) |
                                arguments.flags({{"redefine", Flags::redefine}, {"current", Flags::current}});
    const DomainRef domain = find_domain(session, arguments);
    const auto file = arguments.text("xmlfile");
    const std::string xml = file ? read_input_file(*file) : "<domainsnapshot/>";
    take(session, domain, xml, flags, file.value_or(""));
}

/// "a,b,,c" is "a" and "b,c".
std::vector<std::string> comma_words(std::string_view text) {
    std::vector<std::string> words(1);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != ',') {
            words.back() += text[i];
        } else if (i + 1 < text.size() && text[i + 1] == ',') {
            words.back() += text[i++];
        } else {
            words.emplace_back();
        }
    }
    return words;
}

/// Takes the value of the first word that begins with `key`, which none has taken before.
bool takes(std::optional<std::string>& value, std::string_view word, std::string_view key) {
    if (value || !word.starts_with(key)) return false;
    value = std::string(word.substr(key.size()));
    return true;
}

std::string attribute(std::string_view name, const std::optional<std::string>& value) {
    return value ? fmt::format(" {}='{}'", name, xml_escape(*value)) : std::string();
}

std::string memory_element(const std::string& spec) {
    std::optional<std::string> snapshot;
    std::optional<std::string> file;
    for (const std::string& word : comma_words(spec)) {
        const bool known = takes(snapshot, word, "snapshot=") || takes(file, word, "file=") ||
                           (word.starts_with('/') && takes(file, word, ""));
        if (!known) refuse("unable to parse memspec: {}", spec);
    }
    return fmt::format("  <memory{}{}/>\n", attribute("snapshot", snapshot), attribute("file", file));
}

std::string disk_element(const std::string& spec) {
    const std::vector<std::string> words = comma_words(spec);
    std::optional<std::string> snapshot;
    std::optional<std::string> driver;
    std::optional<std::string> type;
    std::optional<std::string> file;
    const std::string problem = fmt::format("unable to parse diskspec: {}", spec);
    if (words.front().empty()) throw Failure({problem});
    for (const std::string& word : std::span(words).subspan(1)) {
        const bool known = takes(snapshot, word, "snapshot=") || takes(driver, word, "driver=") ||
                           takes(type, word, "stype=") || takes(file, word, "file=");
        if (!known) throw Failure({problem});
    }
    if (type && *type != "file" && *type != "block")
        throw Failure({fmt::format("Unknown storage type: '{}'", *type), problem});
    std::string xml = fmt::format("    <disk name='{}'{}{}", xml_escape(words.front()),
                                  attribute("snapshot", snapshot), attribute("type", type));
    if (!driver && !file) return xml + "/>\n";
    xml += ">\n";
    if (driver) xml += fmt::format("      <driver{}/>\n", attribute("type", driver));
    if (file) xml += fmt::format("      <source{}/>\n", attribute(type == "block" ? "dev" : "file", file));
    return xml + "    </disk>\n";
}

std::string document(const Arguments& arguments) {
    std::string xml = "<domainsnapshot>\n";
    for (const char* name : {"name", "description"}) {
        if (const auto value = arguments.text(name))
            xml += fmt::format("  <{0}>{1}</{0}>\n", name, xml_escape(*value));
    }
    if (const auto memory = arguments.text("memspec")) xml += memory_element(*memory);
    if (arguments.has("diskspec")) {
        xml += "  <disks>\n";
        for (const std::string& disk : arguments.rest("diskspec")) xml += disk_element(disk);
        xml += "  </disks>\n";
    }
    return xml + "</domainsnapshot>\n";
}

void create_as(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    const std::string xml = document(arguments);
    if (arguments.has("print-xml")) session.show("xml", xml);
    else take(session, domain, xml, common_flags(arguments), {});
}

/// Of a document, from its own text: nothing where there is none.
std::string name_in(const std::string& xml) {
    try {
        return listed_snapshot(xml).name;
    } catch (const Error&) { return {}; } // the daemon says what is wrong with it
}

void edit_it(Session& session, const Arguments& arguments, const DomainRef& domain,
             const DomainSnapshotRef& snapshot) {
    std::uint32_t flags = Flags::redefine | Flags::validate;
    const bool makes_current = arguments.has("current") && arguments.has("snapshotname");
    if (makes_current) flags |= Flags::current;
    std::string written = snapshot.name;
    EditedDocument edited;
    edited.read = [&] { return snapshot_xml(session, snapshot, p::DomainSnapshotXMLFlags::secure); };
    edited.relax = [&] { flags &= ~Flags::validate; };
    edited.write = [&](const std::string& xml) {
        const std::string name = name_in(xml);
        const bool may = arguments.has("rename") || arguments.has("clone");
        if (!name.empty() && name != snapshot.name && !may)
            refuse("Must use --rename or --clone to change {} to {}", snapshot.name, name);
        written = session.call(p::DomainSnapshotCreateXmlArgs{domain, xml, flags}).snap.name;
    };
    if (!edit_document(session, edited)) {
        if (!makes_current) {
            session.done("Snapshot {} XML configuration not changed.", snapshot.name);
            return;
        }
        session.call(p::DomainSnapshotCreateXmlArgs{domain, edited.read(), flags});
    }
    if (written == snapshot.name) {
        session.done("Snapshot {} edited.", snapshot.name);
    } else if (arguments.has("clone")) {
        session.done("Snapshot {} cloned to {}.", snapshot.name, written);
    } else {
        const p::DomainSnapshotDeleteArgs old{snapshot, p::DomainSnapshotDeleteFlags::metadata_only};
        explain(fmt::format("Failed to clean up {}", snapshot.name), [&] { session.call(old); });
        session.show_json(Value::object().set(
            "message", fmt::format("Snapshot {} renamed to {}.", snapshot.name, written)));
    }
}

void edit(Session& session, const Arguments& arguments) {
    arguments.exclusive("rename", "clone");
    const DomainRef domain = find_domain(session, arguments);
    const auto name = arguments.text("snapshotname");
    if (!name && !arguments.has("current")) refuse("--snapshotname or --current is required");
    const DomainSnapshotRef snapshot =
        name ? find_snapshot(session, domain, *name) : current_snapshot(session, domain);
    const std::string failed = fmt::format("Failed to update {}", snapshot.name);
    try {
        edit_it(session, arguments, domain, snapshot);
    } catch (const Error& error) {
        throw Failure({error.message(), failed});
    } catch (const Failure& failure) {
        std::vector<std::string> lines = failure.lines();
        lines.push_back(failed);
        throw Failure(std::move(lines));
    }
}

} // namespace

std::vector<Command> snapshot_create_commands() {
    const Option domain = domain_option();
    const Option no_metadata = flag("no-metadata", "take snapshot but create no metadata");
    const Option halt = flag("halt", "halt domain after snapshot is created");
    const Option disk_only = flag("disk-only", "capture disk state but not vm state");
    const Option reuse = flag("reuse-external", "reuse any existing external files");
    const Option quiesce = flag("quiesce", "quiesce guest's file systems");
    const Option atomic = flag("atomic", "require atomic operation");
    const Option live = flag("live", "take a live snapshot");
    const Option validate = flag("validate", "validate the XML against the schema");
    return {
        {"snapshot-create",
         Group::snapshot,
         "Create a snapshot from XML",
         "Create a snapshot (disk and RAM) from XML",
         {domain, text("xmlfile", "domain snapshot XML").completes(Complete::file),
          flag("redefine", "redefine metadata for existing snapshot"),
          flag("current", "with redefine, set current snapshot"), no_metadata, halt, disk_only, reuse,
          quiesce, atomic, live, validate},
         create},
        {"snapshot-create-as",
         Group::snapshot,
         "Create a snapshot from a set of args",
         "Create a snapshot (disk and RAM) from arguments",
         {domain, text("name", "name of snapshot"), text("description", "description of snapshot"),
          flag("print-xml", "print XML document rather than create"), no_metadata, halt, disk_only, reuse,
          quiesce, atomic, live, validate,
          text("memspec", "memory attributes: [file=]name[,snapshot=type]").named_only(),
          rest("diskspec", "disk attributes: disk[,snapshot=type][,driver=type][,stype=type][,file=name]")},
         create_as},
        {"snapshot-edit",
         Group::snapshot,
         "edit XML for a snapshot",
         "Edit the domain snapshot XML for a named snapshot",
         {domain, snapshot_option(), flag("current", "also set edited snapshot as current"),
          flag("rename", "allow renaming an existing snapshot"), flag("clone", "allow cloning to new name")},
         edit},
    };
}

} // namespace yado::cli
