// SPDX-License-Identifier: Apache-2.0
#include "cli/help.h"

#include <algorithm>
#include <fmt/format.h>

namespace yado::cli {
namespace {

bool shown(const Command& command) { return command.alias_of.empty() && !command.help.empty(); }

std::string command_lines(Group group) {
    std::string out;
    for (const Command& command : commands())
        if (command.group == group && shown(command))
            out += fmt::format("    {:<30} {}\n", command.name, command.help);
    return out;
}

std::string_view kind_word(const Option& option) {
    return option.kind == Option::Kind::number ? "number" : "string";
}

/// As the synopsis shows it.
std::string brief(const Option& option) {
    switch (option.kind) {
    case Option::Kind::flag: return fmt::format("[--{}]", option.name);
    case Option::Kind::alias: return {};
    case Option::Kind::rest:
        if (option.hidden_name)
            return option.required ? fmt::format("<{}>...", option.name)
                                   : fmt::format("[<{}>]...", option.name);
        return option.required ? fmt::format("{{[--{}] <string>}}...", option.name)
                               : fmt::format("[[--{}] <string>]...", option.name);
    case Option::Kind::text:
    case Option::Kind::number: break;
    }
    if (!option.required) return fmt::format("[--{} <{}>]", option.name, kind_word(option));
    if (option.by_name_only) return fmt::format("--{} <{}>", option.name, kind_word(option));
    return fmt::format("<{}>", option.name);
}

/// As the list of options shows it.
std::string label(const Option& option) {
    if (option.kind == Option::Kind::flag) return fmt::format("--{}", option.name);
    if (option.hidden_name) return fmt::format("<{}>", option.name);
    const bool by_place = option.kind == Option::Kind::rest || (option.required && !option.by_name_only);
    return by_place ? fmt::format("[--{}] <{}>", option.name, kind_word(option))
                    : fmt::format("--{} <{}>", option.name, kind_word(option));
}

} // namespace

std::string all_help() {
    std::string out = "Grouped commands:\n\n";
    for (const GroupInfo& group : groups()) {
        const std::string lines = command_lines(group.group);
        if (!lines.empty())
            out += fmt::format(" {} (help keyword '{}'):\n{}\n", group.title, group.keyword, lines);
    }
    return out;
}

std::string group_help(const GroupInfo& group) {
    return fmt::format(" {} (help keyword '{}'):\n{}", group.title, group.keyword,
                       command_lines(group.group));
}

std::string command_help(const Command& command) {
    std::string out =
        fmt::format("  NAME\n    {} - {}\n\n  SYNOPSIS\n    {}", command.name, command.help, command.name);
    std::string options;
    for (const Option& option : command.options) {
        if (option.kind == Option::Kind::alias) continue;
        out += " " + brief(option);
        options += fmt::format("    {:<15}  {}\n", label(option), option.help);
    }
    out += '\n';
    if (!command.description.empty()) out += fmt::format("\n  DESCRIPTION\n    {}\n", command.description);
    if (!options.empty()) out += "\n  OPTIONS\n" + options;
    return out + "\n";
}

Value all_help_value() {
    Value list = Value::list();
    for (const GroupInfo& group : groups()) {
        if (!command_lines(group.group).empty()) list.add(group_help_value(group));
    }
    return Value::object().set("groups", std::move(list));
}

Value group_help_value(const GroupInfo& group) {
    Value list = Value::list();
    for (const Command& command : commands()) {
        if (command.group != group.group || !shown(command)) continue;
        list.add(Value::object().set("name", command.name).set("help", command.help));
    }
    return Value::object()
        .set("keyword", group.keyword)
        .set("title", group.title)
        .set("commands", std::move(list));
}

Value command_help_value(const Command& command) {
    Value options = Value::list();
    for (const Option& option : command.options) {
        if (option.kind == Option::Kind::alias) continue;
        const bool takes = option.kind != Option::Kind::flag;
        options.add(Value::object()
                        .set("name", option.name)
                        .set("type", takes ? kind_word(option) : "flag")
                        .set("required", option.required)
                        .set("repeated", option.kind == Option::Kind::rest)
                        .set("help", option.help));
    }
    return Value::object()
        .set("name", command.name)
        .set("help", command.help)
        .set("description", command.description)
        .set("options", std::move(options));
}

std::string usage() {
    std::string out = R"(
yado [options]... [<command_string>]
yado [options]... <command> [args...]

  options:
    -c | --connect=URI      hypervisor connection URI
    -d | --debug=NUM        debug level [0-4]
    -e | --escape <char>    set escape sequence for console
    -h | --help             this help
    -k | --keepalive-interval=NUM
                            keepalive interval in seconds, 0 for disable
    -K | --keepalive-count=NUM
                            number of possible missed keepalive messages
    -l | --log=FILE         output logging to file
         --no-pkttyagent    suppress registration of polkit agent
         --output=FORMAT    text (default) or json; commands take it, too
    -q | --quiet            quiet mode
    -r | --readonly         connect readonly
    -t | --timing           print timing information
    -v                      short version
    -V                      long version
         --version[=TYPE]   version, TYPE is short or long (default short)
  commands (non interactive mode):

)";
    for (const GroupInfo& group : groups()) {
        const std::string lines = command_lines(group.group);
        if (!lines.empty())
            out += fmt::format(" {} (help keyword '{}')\n{}\n", group.title, group.keyword, lines);
    }
    return out + "\n  (specify help <group> for details about the commands in the group)\n"
                 "\n  (specify help <command> for details about the command)\n\n";
}

const GroupInfo* find_group(std::string_view keyword) {
    if (keyword == "virsh") keyword = "yado";
    const auto all = groups();
    const auto found = std::ranges::find(all, keyword, &GroupInfo::keyword);
    return found == all.end() ? nullptr : &*found;
}

} // namespace yado::cli
