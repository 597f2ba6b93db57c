// SPDX-License-Identifier: Apache-2.0
// Changes of parts of a network, and what it carries for people and programs.
#include "base/text.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/confirm.h"
#include "cli/editor.h"
#include "cli/failure.h"
#include "cli/network_lookup.h"
#include "cli/session.h"
#include "protocol/constants.h"
#include "protocol/network_calls.h"

#include <algorithm>
#include <array>

namespace yado::cli {
namespace {

using protocol::NetworkRef;
namespace Kind = protocol::NetworkMetadataType;

struct Word {
    std::string_view word;
    std::uint32_t number;
};

std::uint32_t command_number(const std::string& word) {
    static constexpr std::array<Word, 5> words{
        {{"add", 3}, {"add-last", 3}, {"add-first", 4}, {"delete", 2}, {"modify", 1}}};
    const auto found = std::ranges::find(words, word, &Word::word);
    if (found == words.end()) refuse("unrecognized command name '{}'", word);
    return found->number;
}

std::uint32_t section_number(const std::string& word) {
    namespace S = protocol::NetworkUpdateSection;
    static constexpr std::array<Word, 12> words{{{"bridge", S::bridge},
                                                 {"domain", S::domain},
                                                 {"ip", S::ip},
                                                 {"ip-dhcp-host", S::ip_dhcp_host},
                                                 {"ip-dhcp-range", S::ip_dhcp_range},
                                                 {"forward", S::forward},
                                                 {"forward-interface", S::forward_interface},
                                                 {"forward-pf", S::forward_pf},
                                                 {"portgroup", S::portgroup},
                                                 {"dns-host", S::dns_host},
                                                 {"dns-txt", S::dns_txt},
                                                 {"dns-srv", S::dns_srv}}};
    const auto found = std::ranges::find(words, word, &Word::word);
    if (found == words.end()) refuse("unrecognized section name '{}'", word);
    return found->number;
}

void update(Session& session, const Arguments& arguments) {
    const std::uint32_t affect = arguments.affect();
    const NetworkRef network = find_network(session, arguments);
    protocol::NetworkUpdateArgs args;
    args.net = network;
    args.command = command_number(arguments.required("command"));
    args.section = section_number(arguments.required("section"));
    args.parentIndex = arguments.number<int>("parent-index").value_or(-1);
    args.xml = arguments.required("xml");
    if (!args.xml.starts_with('<')) args.xml = read_input_file(args.xml);
    args.flags = affect;
    explain(fmt::format("Failed to update network {}", network.name), [&] { session.call(args); });
    std::string_view what = "live state";
    const bool config = arguments.has("config");
    if (config && arguments.has("live")) what = "persistent config and live state";
    else if (config) what = "persistent config";
    else if (!arguments.has("live") && session.call(protocol::NetworkIsActiveArgs{network}).active == 0)
        what = "persistent config";
    done_without_line(session, fmt::format("Updated network {} {}", network.name, what));
}

void set_description(Session& session, const Arguments& arguments, const NetworkRef& network,
                     std::string text) {
    const bool title = arguments.has("title");
    const std::string_view what = title ? "title" : "description";
    const std::int32_t kind = title ? Kind::title : Kind::description;
    const std::uint32_t affect = arguments.affect();
    const std::string before = network_metadata(session, network, kind, std::nullopt, affect).value_or("");
    if (!arguments.has("new-desc")) text = before;
    if (arguments.has("edit")) {
        text = edit_text(text, ".txt");
        if (text.ends_with('\n')) text.pop_back(); // many editors add it
        if (text == before) {
            session.done("Network {} not changed", what);
            return;
        }
    }
    explain(fmt::format("Failed to set new network {}", what), [&] {
        session.call(
            protocol::NetworkSetMetadataArgs{network, kind, text, std::nullopt, std::nullopt, affect});
    });
    done_without_line(session, fmt::format("Network {} updated successfully", what));
}

void desc(Session& session, const Arguments& arguments) {
    const std::uint32_t affect = arguments.affect();
    const NetworkRef network = find_network(session, arguments);
    if (arguments.has("new-desc") || arguments.has("edit")) {
        set_description(session, arguments, network, join(arguments.rest("new-desc"), " "));
        return;
    }
    const bool title = arguments.has("title");
    const std::string_view what = title ? "title" : "description";
    const std::int32_t kind = title ? Kind::title : Kind::description;
    const std::string text = network_metadata(session, network, kind, std::nullopt, affect).value_or("");
    if (text.empty()) session.say("No {} for network: {}", what, network.name);
    else session.print("{}", text);
    session.show_json(Value::object().set(std::string(what), text.empty() ? Value() : Value(text)));
}

void write_element(Session& session, const Arguments& arguments, const NetworkRef& network,
                   const std::optional<std::string>& xml) {
    session.call(protocol::NetworkSetMetadataArgs{network, Kind::element, xml, arguments.text("key"),
                                                  arguments.required("uri"), arguments.affect()});
}

void metadata(Session& session, const Arguments& arguments) {
    const std::uint32_t affect = arguments.affect();
    arguments.exclusive("edit", "set");
    arguments.exclusive("remove", "set");
    arguments.exclusive("remove", "edit");
    const NetworkRef network = find_network(session, arguments);
    const std::string& uri = arguments.required("uri");
    if ((arguments.has("set") || arguments.has("edit")) && !arguments.has("key"))
        refuse("namespace key is required when modifying metadata");
    if (arguments.has("set") || arguments.has("remove")) {
        write_element(session, arguments, network, arguments.text("set"));
        session.done("Metadata {}", arguments.has("set") ? "modified" : "removed");
    } else if (arguments.has("edit")) {
        EditedDocument document;
        document.read = [&] {
            return network_metadata(session, network, Kind::element, uri, affect).value_or("\n");
        };
        document.write = [&](const std::string& xml) { write_element(session, arguments, network, xml); };
        if (edit_document(session, document)) session.done("Metadata modified");
        else session.done("Metadata not changed");
    } else {
        session.show(
            "metadata",
            session.call(protocol::NetworkGetMetadataArgs{network, Kind::element, uri, affect}).metadata);
    }
}

} // namespace

std::vector<Command> network_change_commands() {
    return {
        {"net-desc",
         Group::network,
         "show or set network's description or title",
         "Allows setting or modifying the description or title of a network.",
         {network_option(), flag("live", "modify/get running state"),
          flag("config", "modify/get persistent configuration"),
          flag("current", "modify/get current state configuration"),
          flag("title", "modify/get the title instead of description"),
          flag("edit", "open an editor to modify the description"), rest("new-desc", "message")},
         desc},
        {"net-metadata",
         Group::network,
         "show or set network's custom XML metadata",
         "Shows or modifies the XML metadata of a network.",
         {network_option(), positional("uri", "URI of the namespace"),
          flag("live", "modify/get running state"), flag("config", "modify/get persistent configuration"),
          flag("current", "modify/get current state configuration"),
          flag("edit", "use an editor to change the metadata"),
          text("key", "key to be used as a namespace identifier"), text("set", "new metadata to set"),
          flag("remove", "remove the metadata corresponding to an uri")},
         metadata},
        {"net-update",
         Group::network,
         "update parts of an existing network's configuration",
         "",
         {network_option(),
          positional("command", "type of update (add-first, add-last (add), delete, or modify)"),
          positional("section", "which section of network configuration to update"),
          positional("xml",
                     "name of file containing xml (or, if it starts with '<', the complete xml element "
                     "itself) to add/modify, or to be matched for search"),
          number("parent-index", "which parent object to search through"),
          flag("config", "affect next network startup"), flag("live", "affect running network"),
          flag("current", "affect current state of network")},
         update},
    };
}

} // namespace yado::cli
