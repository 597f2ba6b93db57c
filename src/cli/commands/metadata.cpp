// SPDX-License-Identifier: Apache-2.0
// What a definition carries for people and other programs: title, description, elements of foreign
// namespaces.
#include "base/text.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/confirm.h"
#include "cli/editor.h"
#include "cli/failure.h"
#include "cli/lookup.h"
#include "cli/session.h"
#include "protocol/constants.h"
#include "protocol/domain_calls.h"

namespace yado::cli {
namespace {

using protocol::DomainRef;
namespace Kind = protocol::DomainMetadataType;

/// Nothing when there is none.
std::optional<std::string> read_metadata(Session& session, const DomainRef& domain, std::int32_t kind,
                                         const std::optional<std::string>& uri, std::uint32_t affect) {
    try {
        return session.call(protocol::DomainGetMetadataArgs{domain, kind, uri, affect}).metadata;
    } catch (const Error& error) {
        if (error.code() != Code::no_domain_metadata) throw;
        return std::nullopt;
    }
}

void set_description(Session& session, const Arguments& arguments, const DomainRef& domain,
                     std::string text) {
    const bool title = arguments.has("title");
    const std::string_view what = title ? "title" : "description";
    const std::int32_t kind = title ? Kind::title : Kind::description;
    const std::uint32_t affect = arguments.affect();
    const std::string before = read_metadata(session, domain, kind, std::nullopt, affect).value_or("");
    if (!arguments.has("new-desc")) text = before;
    if (arguments.has("edit")) {
        text = edit_text(text, ".txt");
        if (text.ends_with('\n')) text.pop_back(); // many editors add it
        if (text == before) {
            session.done("Domain {} not changed", what);
            return;
        }
    }
    explain(fmt::format("Failed to set new domain {}", what), [&] {
        session.call(protocol::DomainSetMetadataArgs{domain, kind, text, std::nullopt, std::nullopt, affect});
    });
    done_without_line(session, fmt::format("Domain {} updated successfully", what));
}

void desc(Session& session, const Arguments& arguments) {
    const std::uint32_t affect = arguments.affect();
    const DomainRef domain = find_domain(session, arguments);
    if (arguments.has("new-desc") || arguments.has("edit")) {
        set_description(session, arguments, domain, join(arguments.rest("new-desc"), " "));
        return;
    }
    const bool title = arguments.has("title");
    const std::string_view what = title ? "title" : "description";
    const auto text =
        read_metadata(session, domain, title ? Kind::title : Kind::description, std::nullopt, affect)
            .value_or("");
    if (text.empty()) session.say("No {} for domain: {}", what, domain.name);
    else session.print("{}", text);
    session.show_json(Value::object().set(std::string(what), text.empty() ? Value() : Value(text)));
}

void write_element(Session& session, const Arguments& arguments, const DomainRef& domain,
                   const std::optional<std::string>& xml) {
    session.call(protocol::DomainSetMetadataArgs{domain, Kind::element, xml, arguments.text("key"),
                                                 arguments.required("uri"), arguments.affect()});
}

void edit_element(Session& session, const Arguments& arguments, const DomainRef& domain) {
    EditedDocument document;
    document.read = [&] {
        return read_metadata(session, domain, Kind::element, arguments.required("uri"), arguments.affect())
            .value_or("\n");
    };
    document.write = [&](const std::string& xml) { write_element(session, arguments, domain, xml); };
    if (edit_document(session, document)) session.done("Metadata modified");
    else session.done("Metadata not changed");
}

void metadata(Session& session, const Arguments& arguments) {
    const std::uint32_t affect = arguments.affect();
    arguments.exclusive("edit", "set");
    arguments.exclusive("remove", "set");
    arguments.exclusive("remove", "edit");
    const DomainRef domain = find_domain(session, arguments);
    if ((arguments.has("set") || arguments.has("edit")) && !arguments.has("key"))
        refuse("namespace key is required when modifying metadata");
    if (arguments.has("set") || arguments.has("remove")) {
        write_element(session, arguments, domain, arguments.text("set"));
        session.done("Metadata {}", arguments.has("set") ? "modified" : "removed");
    } else if (arguments.has("edit")) {
        edit_element(session, arguments, domain);
    } else {
        session.show("metadata", session
                                     .call(protocol::DomainGetMetadataArgs{domain, Kind::element,
                                                                           arguments.required("uri"), affect})
                                     .metadata);
    }
}

} // namespace

std::vector<Command> metadata_commands() {
    return {
        {"desc",
         Group::domain,
         "show or set domain's description or title",
         "Allows setting or modifying the description or title of a domain.",
         {domain_option(), flag("live", "modify/get running state"),
          flag("config", "modify/get persistent configuration"),
          flag("current", "modify/get current state configuration"),
          flag("title", "modify/get the title instead of description"),
          flag("edit", "open an editor to modify the description"), rest("new-desc", "message")},
         desc},
        {"metadata",
         Group::domain,
         "show or set domain's custom XML metadata",
         "Shows or modifies the XML metadata of a domain.",
         {domain_option(), positional("uri", "URI of the namespace"),
          flag("live", "modify/get running state"), flag("config", "modify/get persistent configuration"),
          flag("current", "modify/get current state configuration"),
          flag("edit", "use an editor to change the metadata"),
          text("key", "key to be used as a namespace identifier"), text("set", "new metadata to set"),
          flag("remove", "remove the metadata corresponding to an uri")},
         metadata},
    };
}

} // namespace yado::cli
