// SPDX-License-Identifier: Apache-2.0
// Pools from words of the command line instead of a document.
#include "base/text.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/failure.h"
#include "cli/session.h"
#include "protocol/constants.h"
#include "protocol/storage_calls.h"

namespace yado::cli {
namespace {

/// ` name='value'` of the options that were given.
std::string attributes(const Arguments& arguments,
                       std::initializer_list<std::pair<std::string_view, std::string_view>> names) {
    std::string out;
    for (const auto& [option, attribute] : names) {
        if (const auto value = arguments.text(option))
            out += fmt::format(" {}='{}'", attribute, xml_escape(*value));
    }
    return out;
}

/// The document that the options describe.
std::string pool_document(const Arguments& arguments) {
    const std::string& name = arguments.required("name");
    arguments.exclusive("secret-usage", "secret-uuid");
    arguments.requires_option("auth-username", "auth-type");
    std::string xml = fmt::format("<pool type='{}'>\n  <name>{}</name>\n",
                                  xml_escape(arguments.required("type")), xml_escape(name));
    std::string source;
    const auto element = [&](std::string_view tag, const std::string& with) {
        if (!with.empty()) source += fmt::format("    <{}{}/>\n", tag, with);
    };
    element("host", attributes(arguments, {{"source-host", "name"}}));
    element("dir", attributes(arguments, {{"source-path", "path"}}));
    element("device", attributes(arguments, {{"source-dev", "path"}}));
    if (arguments.has("adapter-wwnn") || arguments.has("adapter-wwpn")) {
        element("adapter",
                " type='fc_host'" + attributes(arguments, {{"adapter-parent", "parent"},
                                                           {"adapter-parent-wwnn", "parent_wwnn"},
                                                           {"adapter-parent-wwpn", "parent_wwpn"},
                                                           {"adapter-parent-fabric-wwn", "parent_fabric_wwn"},
                                                           {"adapter-wwnn", "wwnn"},
                                                           {"adapter-wwpn", "wwpn"}}));
    } else if (arguments.has("adapter-name")) {
        element("adapter", " type='scsi_host'" + attributes(arguments, {{"adapter-name", "name"}}));
    }
    if (arguments.has("auth-type")) {
        source += fmt::format("    <auth{}>\n      <secret{}/>\n    </auth>\n",
                              attributes(arguments, {{"auth-type", "type"}, {"auth-username", "username"}}),
                              attributes(arguments, {{"secret-usage", "usage"}, {"secret-uuid", "uuid"}}));
    }
    if (const auto text = arguments.text("source-name")) {
        source += fmt::format("    <name>{}</name>\n", xml_escape(*text));
    }
    element("format", attributes(arguments, {{"source-format", "type"}}));
    element("protocol", attributes(arguments, {{"source-protocol-ver", "ver"}}));
    if (const auto text = arguments.text("source-initiator")) {
        source +=
            fmt::format("    <initiator>\n      <iqn name='{}'/>\n    </initiator>\n", xml_escape(*text));
    }
    if (!source.empty()) xml += "  <source>\n" + source + "  </source>\n";
    if (const auto target = arguments.text("target")) {
        xml += fmt::format("  <target>\n    <path>{}</path>\n  </target>\n", xml_escape(*target));
    }
    return xml + "</pool>\n";
}

void define_as(Session& session, const Arguments& arguments) {
    const std::string xml = pool_document(arguments);
    if (arguments.has("print-xml")) {
        session.show("xml", trim(xml));
        return;
    }
    const std::string& name = arguments.required("name");
    const auto pool = explain(fmt::format("Failed to define pool {}", name),
                              [&] { return session.call(protocol::StoragePoolDefineXmlArgs{xml, 0}).pool; });
    session.done("Pool {} defined", pool.name);
}

void create_as(Session& session, const Arguments& arguments) {
    namespace Flags = protocol::StoragePoolCreateFlags;
    arguments.exclusive("overwrite", "no-overwrite");
    const std::uint32_t flags = arguments.flags({{"build", Flags::with_build},
                                                 {"overwrite", Flags::with_build_overwrite},
                                                 {"no-overwrite", Flags::with_build_no_overwrite}});
    const std::string xml = pool_document(arguments);
    if (arguments.has("print-xml")) {
        session.show("xml", trim(xml));
        return;
    }
    const std::string& name = arguments.required("name");
    const auto pool = explain(fmt::format("Failed to create pool {}", name), [&] {
        return session.call(protocol::StoragePoolCreateXmlArgs{xml, flags}).pool;
    });
    session.done("Pool {} created", pool.name);
}

} // namespace

std::vector<Command> pool_as_commands() {
    std::vector<Option> options{
        positional("name", "name of the pool"),
        positional("type", "type of the pool"),
        flag("print-xml", "print XML document, but don't define/create"),
        text("source-host", "source-host for underlying storage"),
        text("source-path", "source path for underlying storage"),
        text("source-dev", "source device for underlying storage"),
        text("source-name", "source name for underlying storage"),
        text("target", "target for underlying storage"),
        text("source-format", "format for underlying storage"),
        text("auth-type", "auth type to be used for underlying storage"),
        text("auth-username", "auth username to be used for underlying storage"),
        text("secret-usage", "auth secret usage to be used for underlying storage"),
        text("secret-uuid", "auth secret UUID to be used for underlying storage"),
        text("adapter-name", "adapter name to be used for underlying storage"),
        text("adapter-wwnn", "adapter wwnn to be used for underlying storage"),
        text("adapter-wwpn", "adapter wwpn to be used for underlying storage"),
        text("adapter-parent", "adapter parent scsi_hostN to be used for underlying vHBA storage"),
        text("adapter-parent-wwnn", "adapter parent scsi_hostN wwnn to be used for underlying vHBA storage"),
        text("adapter-parent-wwpn", "adapter parent scsi_hostN wwpn to be used for underlying vHBA storage"),
        text("adapter-parent-fabric-wwn",
             "adapter parent scsi_hostN fabric_wwn to be used for underlying vHBA storage"),
        text("source-protocol-ver", "nfsvers value for NFS pool mount option"),
        text("source-initiator", "initiator iqn for underlying storage"),
    };
    std::vector<Command> commands;
    commands.push_back({"pool-define-as", Group::pool, "define a pool from a set of args", "Define a pool.",
                        options, define_as});
    options.push_back(flag("build", "build the pool as normal"));
    options.push_back(flag("no-overwrite", "do not overwrite any existing data"));
    options.push_back(flag("overwrite", "overwrite any existing data"));
    commands.push_back({"pool-create-as", Group::pool, "create a pool from a set of args", "Create a pool.",
                        options, create_as});
    return commands;
}

} // namespace yado::cli
