// SPDX-License-Identifier: Apache-2.0
// What the agent inside a guest tells and does.
#include "base/text.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/confirm.h"
#include "cli/failure.h"
#include "cli/json_text.h"
#include "cli/lookup.h"
#include "cli/params.h"
#include "cli/session.h"
#include "cli/table.h"
#include "protocol/constants.h"
#include "protocol/domain_calls.h"
#include "protocol/qemu_calls.h"

#include <algorithm>
#include <array>
#include <sstream>

namespace yado::cli {
namespace {

using protocol::DomainRef;

void freeze(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    const auto answer = explain("Unable to freeze filesystems", [&] {
        return session.call(protocol::DomainFsfreezeArgs{domain, arguments.rest("mountpoint"), 0});
    });
    session.print("Froze {} filesystem(s)\n", answer.filesystems);
    session.show_json(Value::object().set("filesystems", answer.filesystems));
}

void thaw(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    const auto answer = explain("Unable to thaw filesystems", [&] {
        return session.call(protocol::DomainFsthawArgs{domain, arguments.rest("mountpoint"), 0});
    });
    session.print("Thawed {} filesystem(s)\n", answer.filesystems);
    session.show_json(Value::object().set("filesystems", answer.filesystems));
}

void trim(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    const auto minimum = arguments.number<std::uint64_t>("minimum").value_or(0);
    explain("Unable to invoke fstrim", [&] {
        session.call(protocol::DomainFstrimArgs{domain, arguments.text("mountpoint"), minimum, 0});
    });
}

void fsinfo(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    const auto answer = explain("Unable to get filesystem information",
                                [&] { return session.call(protocol::DomainGetFsinfoArgs{domain, 0}); });
    if (answer.info.empty() && !session.json()) {
        session.error("No filesystems are mounted in the domain");
        return;
    }
    Table table({{"Mountpoint", "mountpoint"}, {"Name", "name"}, {"Type", "type"}, {"Target", "target"}});
    for (const protocol::DomainFsinfo& each : answer.info)
        table.add({printable(each.mountpoint), printable(each.name), printable(each.fstype),
                   join(each.dev_aliases, ",")});
    session.show(table);
}

void host_name(Session& session, const Arguments& arguments) {
    namespace Flags = protocol::DomainGetHostnameFlags;
    std::uint32_t flags = 0;
    if (const auto source = arguments.text("source")) {
        if (*source == "lease") flags = Flags::lease;
        else if (*source == "agent") flags = Flags::agent;
        else refuse("Unknown data source '{}'", *source);
    }
    const DomainRef domain = find_domain(session, arguments);
    const std::string name = explain("failed to get hostname", [&] {
        return session.call(protocol::DomainGetHostnameArgs{domain, flags}).hostname;
    });
    session.print("{}\n", printable(name));
    session.show_json(Value::object().set("hostname", name));
}

void addresses(Session& session, const Arguments& arguments) {
    constexpr std::array<std::string_view, 3> sources{"lease", "agent", "arp"};
    const std::string word = arguments.text("source").value_or("lease");
    const auto source = std::ranges::find(sources, word);
    if (source == sources.end()) refuse("Unknown data source '{}'", word);
    const DomainRef domain = find_domain(session, arguments);
    const auto number = static_cast<std::uint32_t>(source - sources.begin());
    const auto answer = explain("Failed to query for interfaces addresses", [&] {
        return session.call(protocol::DomainInterfaceAddressesArgs{domain, number, 0});
    });
    const auto only = arguments.text("interface");
    const bool full = arguments.has("full");
    Value json = Value::list();
    session.say(" {:<10} {:<20} {:<8}     {}\n{:-<79}\n", "Name", "MAC address", "Protocol", "Address", "");
    for (const protocol::DomainInterface& each : answer.ifaces) {
        if (only && *only != each.name) continue;
        const std::string name = printable(each.name);
        const std::string mac = printable(each.hwaddr.value_or(""));
        if (each.addrs.empty()) session.print(" {:<10} {:<17}    {:<12} {}\n", name, mac, "N/A", "N/A");
        bool first = true;
        for (const protocol::DomainIpAddr& address : each.addrs) {
            const std::string_view kind = address.type == 0 ? "ipv4" : address.type == 1 ? "ipv6" : "";
            const bool named = full || first;
            session.print(" {:<10} {:<17}    {:<12} {}/{}\n", named ? name : "-", named ? mac : "-", kind,
                          printable(address.addr), address.prefix);
            first = false;
            json.add(Value::object()
                         .set("interface", each.name)
                         .set("mac", each.hwaddr ? Value(*each.hwaddr) : Value())
                         .set("protocol", kind)
                         .set("address", address.addr)
                         .set("prefix", address.prefix));
        }
    }
    session.show_json(json);
}

void set_password(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    const std::string& user = arguments.required("user");
    const std::uint32_t flags =
        arguments.flags({{"encrypted", protocol::DomainSetUserPasswordFlags::encrypted}});
    session.call(protocol::DomainSetUserPasswordArgs{domain, user, arguments.required("password"), flags});
    session.say("\n");
    done_without_line(session, fmt::format("Password set successfully for {} in {}", user, domain.name));
}

void guest_vcpus(Session& session, const Arguments& arguments) {
    arguments.exclusive("enable", "disable");
    arguments.requires_option("enable", "cpulist");
    arguments.requires_option("disable", "cpulist");
    const bool enable = arguments.has("enable");
    const auto list = arguments.text("cpulist");
    if (list && !enable && !arguments.has("disable"))
        refuse("One of options --enable or --disable is required by option --cpulist");
    const DomainRef domain = find_domain(session, arguments);
    if (list) {
        session.call(protocol::DomainSetGuestVcpusArgs{domain, *list, enable ? 1 : 0, 0});
        return;
    }
    const auto answer = session.call(protocol::DomainGetGuestVcpusArgs{domain, 0});
    for (const auto& param : answer.params)
        session.print("{:<15}: {}\n", param.field, printable(text_of(param.value)));
    session.show_json(value_of(answer.params));
}

void get_ssh_keys(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    const auto answer =
        session.call(protocol::DomainAuthorizedSshKeysGetArgs{domain, arguments.required("user"), 0});
    Value json = Value::list();
    for (const std::string& key : answer.keys) {
        session.print("{}\n", printable(key));
        json.add(key);
    }
    session.show_json(json);
}

void set_ssh_keys(Session& session, const Arguments& arguments) {
    namespace Flags = protocol::DomainAuthorizedSSHKeysSetFlags;
    arguments.exclusive("reset", "remove");
    arguments.requires_option("remove", "file");
    const auto file = arguments.text("file");
    if (!file && !arguments.has("reset")) refuse("Option --file is required");
    std::uint32_t flags = Flags::append;
    if (arguments.has("reset")) flags = 0;
    if (arguments.has("remove")) flags = Flags::remove;
    std::vector<std::string> keys;
    if (file) {
        std::istringstream lines(read_input_file(*file));
        for (std::string line; std::getline(lines, line);)
            if (!line.empty() && !line.starts_with('#')) keys.push_back(line);
        if (keys.empty()) refuse("File contains no keys: {}", *file);
    }
    const DomainRef domain = find_domain(session, arguments);
    session.call(protocol::DomainAuthorizedSshKeysSetArgs{domain, arguments.required("user"), keys, flags});
}

void agent_command(Session& session, const Arguments& arguments) {
    namespace Values = protocol::DomainAgentResponseTimeoutValues;
    arguments.exclusive("async", "block");
    arguments.exclusive("timeout", "async");
    arguments.exclusive("timeout", "block");
    std::int32_t limit = Values::default_;
    if (const auto given = arguments.number<int>("timeout")) {
        if (*given < 1) refuse("timeout must be positive");
        limit = *given;
    }
    if (arguments.has("async")) limit = Values::nowait;
    if (arguments.has("block")) limit = Values::block;
    const DomainRef domain = find_domain(session, arguments);
    const std::string command = join(arguments.rest("cmd"), " ");
    const auto answer =
        session.call(protocol::qemu::DomainAgentCommandArgs{domain, command, limit, 0}).result;
    if (!answer) return;
    if (session.json()) session.show("result", *answer);
    else if (arguments.has("pretty")) session.print("{}\n", pretty_json(*answer));
    else session.print("{}\n\n", *answer);
}

void agent_timeout(Session& session, const Arguments& arguments) {
    const int limit =
        arguments.number<int>("timeout").value_or(protocol::DomainAgentResponseTimeoutValues::block);
    const DomainRef domain = find_domain(session, arguments);
    session.call(protocol::DomainAgentSetResponseTimeoutArgs{domain, limit, 0});
}

} // namespace

std::vector<Command> agent_commands() {
    const Option running = domain_option(Complete::running_domain);
    return {
        {"domfsfreeze",
         Group::domain,
         "Freeze domain's mounted filesystems.",
         "Freeze domain's mounted filesystems.",
         {running, rest("mountpoint", "mountpoint path to be frozen")},
         freeze},
        {"domfsthaw",
         Group::domain,
         "Thaw domain's mounted filesystems.",
         "Thaw domain's mounted filesystems.",
         {running, rest("mountpoint", "mountpoint path to be thawed")},
         thaw},
        {"domfsinfo",
         Group::domain,
         "Get information of domain's mounted filesystems.",
         "Get information of domain's mounted filesystems.",
         {running},
         fsinfo},
        {"domfstrim",
         Group::domain,
         "Invoke fstrim on domain's mounted filesystems.",
         "Invoke fstrim on domain's mounted filesystems.",
         {running,
          number("minimum", "Just a hint to ignore contiguous free ranges smaller than this (Bytes)"),
          text("mountpoint", "which mount point to trim")},
         trim},
        {"domhostname",
         Group::domain,
         "print the domain's hostname",
         "",
         {running, text("source", "address source: 'lease' or 'agent'").named_only()},
         host_name},
        {"domifaddr",
         Group::monitor,
         "Get network interfaces' addresses for a running domain",
         "Get network interfaces' addresses for a running domain",
         {running, text("interface", "network interface name").named_only(),
          flag("full", "always display names and MACs of interfaces"),
          text("source", "address source: 'lease', 'agent', or 'arp'").named_only()},
         addresses},
        {"get-user-sshkeys",
         Group::domain,
         "list authorized SSH keys for given user (via agent)",
         "Use the guest agent to query authorized SSH keys for given user",
         {running, positional("user", "user to list authorized keys for")},
         get_ssh_keys},
        {"set-user-sshkeys",
         Group::domain,
         "manipulate authorized SSH keys file for given user (via agent)",
         "Append, reset or remove specified key from the authorized keys file for given user",
         {running, positional("user", "user to set authorized keys for"),
          text("file", "optional file to read keys from").named_only().completes(Complete::file),
          flag("reset", "clear out authorized keys file before adding new keys"),
          flag("remove", "remove keys from the authorized keys file")},
         set_ssh_keys},
        {"set-user-password",
         Group::domain,
         "set the user password inside the domain",
         "changes the password of the specified user inside the domain",
         {running, positional("user", "the username"), positional("password", "the new password"),
          flag("encrypted", "the password is already encrypted")},
         set_password},
        {"guestvcpus",
         Group::domain,
         "query or modify state of vcpu in the guest (via agent)",
         "Use the guest agent to query or set cpu state from guest's point of view",
         {running, text("cpulist", "list of cpus to enable or disable"),
          flag("enable", "enable cpus specified by cpulist"),
          flag("disable", "disable cpus specified by cpulist")},
         guest_vcpus},
        {"qemu-agent-command",
         Group::domain,
         "QEMU Guest Agent Command",
         "Run an arbitrary qemu guest agent command; use at your own risk",
         {running, number("timeout", "timeout seconds. must be positive.").named_only(),
          flag("async", "execute command without waiting for timeout"),
          flag("block", "execute command without timeout"), flag("pretty", "pretty-print the output"),
          rest("cmd", "command").mandatory()},
         agent_command},
        {"guest-agent-timeout",
         Group::domain,
         "Set the guest agent timeout",
         "Set the number of seconds to wait for a response from the guest agent.",
         {running, number("timeout", "timeout seconds.").named_only()},
         agent_timeout},
    };
}

} // namespace yado::cli
