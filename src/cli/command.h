// SPDX-License-Identifier: Apache-2.0
// A command of the program is one row: what it is called, what it takes, what it does. Help, parsing and
// completion come from the rows. How to write one: src/cli/README.md.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace yado::cli {

class Session;
class Arguments;

/// In the order `help` shows them. The keyword of each is what virsh calls it.
enum class Group : std::uint8_t {
    domain,
    monitor,
    events,
    host,
    checkpoint,
    interface,
    filter,
    network,
    nodedev,
    secret,
    snapshot,
    backup,
    pool,
    volume,
    self
};
struct GroupInfo {
    Group group;
    std::string_view title;   ///< "Domain Management"
    std::string_view keyword; ///< "domain"
};
std::span<const GroupInfo> groups();

/// What the shell offers for a value.
enum class Complete : std::uint8_t {
    nothing,
    domain,
    running_domain,
    stopped_domain,
    network,
    file,
    command
};

struct Option {
    enum class Kind : std::uint8_t {
        flag,   ///< --name
        text,   ///< --name VALUE
        number, ///< likewise, said as <number> in the help
        rest,   ///< takes all words that are left
        alias,  ///< another spelling
    };
    std::string_view name;
    std::string_view help;
    Kind kind = Kind::flag;
    bool required = false;
    bool by_name_only = false; ///< no word without --name is taken for it
    bool empty_allowed = false;
    bool hidden_name = false; ///< `echo`: the help shows no name
    Complete complete = Complete::nothing;
    std::string_view stands_for = {}; ///< of an alias: "name" or "name=VALUE"

    Option optional() const {
        Option o = *this;
        o.required = false;
        return o;
    }
    Option named_only() const {
        Option o = *this;
        o.by_name_only = true;
        return o;
    }
    Option mandatory() const {
        Option o = *this;
        o.required = true;
        return o;
    }
    Option completes(Complete what) const {
        Option o = *this;
        o.complete = what;
        return o;
    }
    Option allow_empty() const {
        Option o = *this;
        o.empty_allowed = true;
        return o;
    }
};

// Options as rows name them. Words without a name go to the options that take a value, in their order.
inline Option flag(std::string_view name, std::string_view help) { return {name, help}; }
/// "[--name <string>]", accepted by place too unless named_only().
inline Option text(std::string_view name, std::string_view help) { return {name, help, Option::Kind::text}; }
inline Option number(std::string_view name, std::string_view help) {
    return {name, help, Option::Kind::number};
}
/// "<name>": must be there.
inline Option positional(std::string_view name, std::string_view help) {
    return {name, help, Option::Kind::text, true};
}
inline Option positional_number(std::string_view name, std::string_view help) {
    return {name, help, Option::Kind::number, true};
}
inline Option rest(std::string_view name, std::string_view help) { return {name, help, Option::Kind::rest}; }
inline Option alias(std::string_view name, std::string_view stands_for) {
    Option option{name, {}, Option::Kind::alias};
    option.stands_for = stands_for;
    return option;
}
/// The <domain> every domain command begins with.
inline Option domain_option(Complete complete = Complete::domain) {
    return positional("domain", "domain name, id or uuid").completes(complete);
}
/// --config, --live, --current of commands that change definitions.
inline Option config_option() { return flag("config", "affect next boot"); }
inline Option live_option() { return flag("live", "affect running domain"); }
inline Option current_option() { return flag("current", "affect current domain"); }

struct Command {
    std::string_view name;
    Group group;
    std::string_view help;        ///< one line, without a full stop
    std::string_view description; ///< a sentence or more; empty prints none
    std::vector<Option> options;
    /// Failure is an exception: Error as it came from the daemon, or Failure (failure.h) with the command's
    /// own words.
    void (*run)(Session& session, const Arguments& arguments);
    bool needs_connection = true;
    std::string_view alias_of = {}; ///< another name of that command, left out of the help
};

/// All commands, in the order of the list in commands.cpp.
const std::vector<Command>& commands();
/// Null when there is none; aliases lead to their command.
const Command* find_command(std::string_view name);

} // namespace yado::cli
