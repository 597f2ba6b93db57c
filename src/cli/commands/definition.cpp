// SPDX-License-Identifier: Apache-2.0
// Domain definitions: making, showing and changing them. Removing is in undefine.cpp.
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/editor.h"
#include "cli/failure.h"
#include "cli/lookup.h"
#include "cli/session.h"
#include "cli/show_document.h"
#include "protocol/constants.h"
#include "protocol/domain_calls.h"

namespace yado::cli {
namespace {

using protocol::DomainRef;

DomainRef define_xml(Session& session, const std::string& xml, bool validate) {
    if (validate)
        return session.call(protocol::DomainDefineXmlFlagsArgs{xml, protocol::DomainDefineFlags::validate})
            .dom;
    return session.call(protocol::DomainDefineXmlArgs{xml}).dom;
}

void define(Session& session, const Arguments& arguments) {
    const std::string& file = arguments.required("file");
    const std::string xml = read_input_file(file);
    const DomainRef domain = explain(fmt::format("Failed to define domain from {}", file),
                                     [&] { return define_xml(session, xml, arguments.has("validate")); });
    session.done("Domain '{}' defined from {}", domain.name, file);
}

void dumpxml(Session& session, const Arguments& arguments) {
    namespace Bits = protocol::DomainXMLFlags;
    const std::uint32_t flags = arguments.flags({{"inactive", Bits::inactive},
                                                 {"security-info", Bits::secure},
                                                 {"update-cpu", Bits::update_cpu},
                                                 {"migratable", Bits::migratable}});
    const std::string xml = domain_xml(session, find_domain(session, arguments), flags);
    show_document(session, arguments, xml);
}

void edit(Session& session, const Arguments& arguments) {
    namespace Bits = protocol::DomainXMLFlags;
    const DomainRef domain = find_domain(session, arguments);
    bool validate = !arguments.has("skip-validate");
    std::string name = domain.name;
    EditedDocument document;
    document.read = [&] { return domain_xml(session, domain, Bits::inactive | Bits::secure); };
    document.write = [&](const std::string& xml) { name = define_xml(session, xml, validate).name; };
    document.relax = [&] { validate = false; };
    if (edit_document(session, document)) session.done("Domain '{}' XML configuration edited.", name);
    else session.done("Domain '{}' XML configuration not changed.", domain.name);
}

void autostart(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    const bool off = arguments.has("disable");
    explain(fmt::format("Failed to {}mark domain '{}' as autostarted", off ? "un" : "", domain.name),
            [&] { session.call(protocol::DomainSetAutostartArgs{domain, off ? 0 : 1}); });
    session.done("Domain '{}' {}marked as autostarted", domain.name, off ? "un" : "");
}

void domrename(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    session.call(protocol::DomainRenameArgs{domain, arguments.required("new-name"), 0});
    session.done("Domain successfully renamed");
}

} // namespace

std::vector<Command> definition_commands() {
    return {
        {"autostart",
         Group::domain,
         "autostart a domain",
         "Configure a domain to be automatically started at boot.",
         {domain_option(), flag("disable", "disable autostarting")},
         autostart},
        {"define",
         Group::domain,
         "define (but don't start) a domain from an XML file",
         "Define a domain.",
         {positional("file", "file containing an XML domain description").completes(Complete::file),
          flag("validate", "validate the XML against the schema")},
         define},
        {"domrename",
         Group::domain,
         "rename a domain",
         "Rename an inactive domain.",
         {positional("domain", "domain name or uuid").completes(Complete::stopped_domain),
          positional("new-name", "new domain name")},
         domrename},
        {"dumpxml",
         Group::domain,
         "domain information in XML",
         "Output the domain information as an XML dump to stdout.",
         {domain_option(), flag("inactive", "show inactive defined XML"),
          flag("security-info", "include security sensitive information in XML dump"),
          flag("update-cpu", "update guest CPU according to host CPU"),
          flag("migratable", "provide XML suitable for migrations"), xpath_option(), wrap_option()},
         dumpxml},
        {"edit",
         Group::domain,
         "edit XML configuration for a domain",
         "Edit the XML configuration for a domain.",
         {domain_option(), flag("skip-validate", "skip validation of the XML against the schema")},
         edit},
    };
}

} // namespace yado::cli
