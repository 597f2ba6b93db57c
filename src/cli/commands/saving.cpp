// SPDX-License-Identifier: Apache-2.0
// Saving guests to files, bringing them back, dumping their memory.
#include "base/files.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/editor.h"
#include "cli/failure.h"
#include "cli/lookup.h"
#include "cli/progress.h"
#include "cli/session.h"
#include "cli/show_document.h"
#include "protocol/constants.h"
#include "protocol/domain_calls.h"

#include <algorithm>
#include <array>
#include <filesystem>

namespace yado::cli {
namespace {

using protocol::DomainRef;
namespace Flags = protocol::DomainSaveRestoreFlags;

/// The daemon has another working directory.
std::string whole_path(const std::string& path) {
    return path.empty() || path.starts_with('/') ? path : (std::filesystem::current_path() / path).string();
}

std::uint32_t save_flags(const Arguments& arguments) {
    return arguments.flags({{"bypass-cache", Flags::bypass_cache},
                            {"running", Flags::running},
                            {"paused", Flags::paused},
                            {"reset-nvram", Flags::reset_nvram}});
}

std::optional<std::string> given_xml(const Arguments& arguments) {
    const auto file = arguments.text("xml");
    return file ? std::optional(read_input_file(*file)) : std::nullopt;
}

void save(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    const std::string& file = arguments.required("file");
    const protocol::DomainSaveFlagsArgs call{domain, whole_path(file), given_xml(arguments),
                                             save_flags(arguments)};
    explain(fmt::format("Failed to save domain '{}' to {}", domain.name, file),
            [&] { call_with_progress(session, domain, call, "Save", arguments.has("verbose")); });
    session.say("\n");
    session.done("Domain '{}' saved to {}", domain.name, file);
}

void restore(Session& session, const Arguments& arguments) {
    const std::string& file = arguments.required("file");
    const protocol::DomainRestoreFlagsArgs call{whole_path(file), given_xml(arguments),
                                                save_flags(arguments)};
    explain(fmt::format("Failed to restore domain from {}", file), [&] { session.call(call); });
    session.done("Domain restored from {}", file);
}

void managed_save(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    const protocol::DomainManagedSaveArgs call{domain, save_flags(arguments)};
    explain(fmt::format("Failed to save domain '{}' state", domain.name),
            [&] { call_with_progress(session, domain, call, "Managedsave", arguments.has("verbose")); });
    session.say("\n");
    session.done("Domain '{}' state saved by libvirt", domain.name);
}

void managed_save_remove(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    if (session.call(protocol::DomainHasManagedSaveImageArgs{domain, 0}).result == 0) {
        session.say("Domain '{}' has no manage save image; removal skipped", domain.name);
        session.show_json(Value::object());
        return;
    }
    explain(fmt::format("Failed to remove managed save image for domain '{}'", domain.name),
            [&] { session.call(protocol::DomainManagedSaveRemoveArgs{domain, 0}); });
    session.say("Removed managedsave image for domain '{}'", domain.name);
    session.show_json(Value::object());
}

void managed_save_dumpxml(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    const std::uint32_t flags =
        arguments.flags({{"security-info", protocol::DomainSaveImageXMLFlags::secure}});
    show_document(session, arguments,
                  session.call(protocol::DomainManagedSaveGetXmlDescArgs{domain, flags}).xml);
}

void managed_save_define(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    const std::string& file = arguments.required("xml");
    const std::string xml = read_input_file(file);
    explain(fmt::format("Failed to update {} XML configuration", domain.name), [&] {
        session.call(protocol::DomainManagedSaveDefineXmlArgs{domain, xml, save_flags(arguments)});
    });
    session.done("Managed save state file of domain '{}' updated.", domain.name);
}

void managed_save_edit(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    EditedDocument document;
    document.read = [&] {
        const auto secure = protocol::DomainSaveImageXMLFlags::secure;
        return session.call(protocol::DomainManagedSaveGetXmlDescArgs{domain, secure}).xml;
    };
    document.write = [&](const std::string& xml) {
        session.call(protocol::DomainManagedSaveDefineXmlArgs{domain, xml, save_flags(arguments)});
    };
    if (edit_document(session, document))
        session.done("Managed save image of domain '{}' XML configuration edited.", domain.name);
    else session.done("Managed save image of domain '{}' XML configuration not changed.", domain.name);
}

void image_dumpxml(Session& session, const Arguments& arguments) {
    const std::uint32_t flags =
        arguments.flags({{"security-info", protocol::DomainSaveImageXMLFlags::secure}});
    const std::string file = whole_path(arguments.required("file"));
    show_document(session, arguments, session.call(protocol::DomainSaveImageGetXmlDescArgs{file, flags}).xml);
}

void image_define(Session& session, const Arguments& arguments) {
    const std::string& file = arguments.required("file");
    const std::string xml = read_input_file(arguments.required("xml"));
    explain(fmt::format("Failed to update {}", file), [&] {
        session.call(protocol::DomainSaveImageDefineXmlArgs{whole_path(file), xml, save_flags(arguments)});
    });
    session.done("State file {} updated.", file);
}

void image_edit(Session& session, const Arguments& arguments) {
    const std::string& file = arguments.required("file");
    EditedDocument document;
    document.read = [&] {
        const auto secure = protocol::DomainSaveImageXMLFlags::secure;
        return session.call(protocol::DomainSaveImageGetXmlDescArgs{whole_path(file), secure}).xml;
    };
    document.write = [&](const std::string& xml) {
        session.call(protocol::DomainSaveImageDefineXmlArgs{whole_path(file), xml, save_flags(arguments)});
    };
    if (edit_document(session, document)) session.done("State file {} edited.", file);
    else session.done("Saved image {} XML configuration not changed.", file);
}

void dump(Session& session, const Arguments& arguments) {
    namespace Bits = protocol::DomainCoreDumpFlags;
    constexpr std::array<std::string_view, 5> formats{"elf", "kdump-zlib", "kdump-lzo", "kdump-snappy",
                                                      "win-dmp"};
    const std::uint32_t flags = arguments.flags({{"live", Bits::live},
                                                 {"crash", Bits::crash},
                                                 {"bypass-cache", Bits::bypass_cache},
                                                 {"reset", Bits::reset},
                                                 {"memory-only", Bits::memory_only}});
    std::uint32_t format = 0;
    if (const auto word = arguments.text("format")) {
        if (!arguments.has("memory-only")) refuse("--format only works with --memory-only");
        const auto found = std::ranges::find(formats, *word);
        if (found == formats.end())
            refuse("format '{}' is not supported, expecting 'kdump-zlib', 'kdump-lzo', 'kdump-snappy', "
                   "'win-dmp' or 'elf'",
                   *word);
        format = static_cast<std::uint32_t>(found - formats.begin());
    }
    const DomainRef domain = find_domain(session, arguments);
    const std::string& file = arguments.required("file");
    const protocol::DomainCoreDumpWithFormatArgs call{domain, whole_path(file), format, flags};
    explain(fmt::format("Failed to core dump domain '{}' to {}", domain.name, file),
            [&] { call_with_progress(session, domain, call, "Dump", arguments.has("verbose")); });
    session.say("\n");
    session.done("Domain '{}' dumped to {}", domain.name, file);
}

} // namespace

std::vector<Command> saving_commands() {
    const Option running = domain_option(Complete::running_domain);
    const Option any = domain_option();
    const Option document =
        text("xml", "filename containing updated XML for the target").completes(Complete::file);
    const Option secure = flag("security-info", "include security sensitive information in XML dump");
    const Option state = positional("file", "saved state file to read").completes(Complete::file);
    const Option verbose = flag("verbose", "display the progress of save");
    return {
        {"save",
         Group::domain,
         "save a domain state to a file",
         "Save the RAM state of a running domain.",
         {running, positional("file", "where to save the data").completes(Complete::file),
          flag("bypass-cache", "avoid file system cache when saving"), document,
          flag("running", "set domain to be running on restore"),
          flag("paused", "set domain to be paused on restore"), verbose},
         save},
        {"restore",
         Group::domain,
         "restore a domain from a saved state in a file",
         "Restore a domain.",
         {positional("file", "the state to restore").completes(Complete::file),
          flag("bypass-cache", "avoid file system cache when restoring"), document,
          flag("running", "restore domain into running state"),
          flag("paused", "restore domain into paused state"),
          flag("reset-nvram", "re-initialize NVRAM from its pristine template")},
         restore},
        {"managedsave",
         Group::domain,
         "managed save of a domain state",
         "Save and destroy a running domain, so it can be restarted from\n    the same state at a later "
         "time.  When "
         "the virsh 'start'\n    command is next run for the domain, it will automatically\n    be started "
         "from this "
         "saved state.",
         {running, flag("bypass-cache", "avoid file system cache when saving"),
          flag("running", "set domain to be running on next start"),
          flag("paused", "set domain to be paused on next start"), verbose},
         managed_save},
        {"managedsave-remove",
         Group::domain,
         "Remove managed save of a domain",
         "Remove an existing managed save state file from a domain",
         {any},
         managed_save_remove},
        {"managedsave-edit",
         Group::domain,
         "edit XML for a domain's managed save state file",
         "Edit the domain XML associated with the managed save state file",
         {any, flag("running", "set domain to be running on start"),
          flag("paused", "set domain to be paused on start")},
         managed_save_edit},
        {"managedsave-dumpxml",
         Group::domain,
         "Domain information of managed save state file in XML",
         "Dump XML of domain information for a managed save state file to stdout.",
         {any, secure, xpath_option(), wrap_option()},
         managed_save_dumpxml},
        {"managedsave-define",
         Group::domain,
         "redefine the XML for a domain's managed save state file",
         "Replace the domain XML associated with a managed save state file",
         {any, document.mandatory(), flag("running", "set domain to be running on start"),
          flag("paused", "set domain to be paused on start")},
         managed_save_define},
        {"save-image-dumpxml",
         Group::domain,
         "saved state domain information in XML",
         "Dump XML of domain information for a saved state file to stdout.",
         {state, secure, xpath_option(), wrap_option()},
         image_dumpxml},
        {"save-image-define",
         Group::domain,
         "redefine the XML for a domain's saved state file",
         "Replace the domain XML associated with a saved state file",
         {positional("file", "saved state file to modify").completes(Complete::file), document.mandatory(),
          flag("running", "set domain to be running on restore"),
          flag("paused", "set domain to be paused on restore")},
         image_define},
        {"save-image-edit",
         Group::domain,
         "edit XML for a domain's saved state file",
         "Edit the domain XML associated with a saved state file",
         {positional("file", "saved state file to edit").completes(Complete::file),
          flag("running", "set domain to be running on restore"),
          flag("paused", "set domain to be paused on restore")},
         image_edit},
        {"dump",
         Group::domain,
         "dump the core of a domain to a file for analysis",
         "Core dump a domain.",
         {running, positional("file", "where to dump the core").completes(Complete::file),
          flag("live", "perform a live core dump if supported"),
          flag("crash", "crash the domain after core dump"),
          flag("bypass-cache", "avoid file system cache when dumping"),
          flag("reset", "reset the domain after core dump"), flag("verbose", "display the progress of dump"),
          flag("memory-only", "dump domain's memory only"),
          text("format", "specify the format of memory-only dump")},
         dump},
    };
}

} // namespace yado::cli
