// SPDX-License-Identifier: Apache-2.0
// What the guest's agent, its jobs and QEMU's own monitor tell.
#include "base/text.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/descriptors.h"
#include "cli/failure.h"
#include "cli/json_text.h"
#include "cli/lookup.h"
#include "cli/params.h"
#include "cli/session.h"
#include "protocol/constants.h"
#include "protocol/domain_calls.h"
#include "protocol/qemu_calls.h"

namespace yado::cli {
namespace {

using protocol::DomainRef;

void guestinfo(Session& session, const Arguments& arguments) {
    namespace Kind = protocol::DomainGuestInfoTypes;
    const std::uint32_t kinds = arguments.flags({{"user", Kind::users},
                                                 {"os", Kind::os},
                                                 {"timezone", Kind::timezone},
                                                 {"hostname", Kind::hostname},
                                                 {"filesystem", Kind::filesystem},
                                                 {"disk", Kind::disks},
                                                 {"interface", Kind::interfaces}});
    const DomainRef domain = find_domain(session, arguments);
    const auto answer = session.call(protocol::DomainGetGuestInfoArgs{domain, kinds, 0});
    for (const auto& param : answer.params)
        session.print("{:<20}: {}\n", param.field, printable(text_of(param.value))); // a guest's words
    session.show_json(value_of(answer.params));
}

void monitor_command(Session& session, const Arguments& arguments) {
    arguments.exclusive("hmp", "pretty");
    arguments.exclusive("hmp", "return-value");
    const DomainRef domain = find_domain(session, arguments);
    const std::string command = join(arguments.rest("cmd"), " ");
    const std::uint32_t flags = arguments.has("hmp") ? protocol::DomainQemuMonitorCommandFlags::hmp : 0;
    const auto passed = passed_numbers(arguments);
    const std::string answer =
        passed.empty() ? session.call(protocol::qemu::DomainMonitorCommandArgs{domain, command, flags}).result
                       : session.connection()
                             .call(protocol::qemu::DomainMonitorCommandWithFilesArgs{domain, command, flags},
                                   copy_descriptors(passed))
                             .result;
    const bool pretty = arguments.has("pretty");
    if (session.json()) session.show("result", answer);
    else if (arguments.has("return-value")) session.print("{}", return_value(answer, pretty));
    else if (pretty) session.print("{}", pretty_json(answer));
    else session.print("{}\n", answer);
}

} // namespace

std::vector<Command> guest_commands() {
    return {
        {"guestinfo",
         Group::domain,
         "query information about the guest (via agent)",
         "Use the guest agent to query various information from guest's point of view",
         {domain_option(Complete::running_domain), flag("user", "report active users"),
          flag("os", "report operating system information"), flag("timezone", "report timezone information"),
          flag("hostname", "report hostname"), flag("filesystem", "report filesystem information"),
          flag("disk", "report disk information"), flag("interface", "report interface information")},
         guestinfo},
        {"qemu-monitor-command",
         Group::domain,
         "QEMU Monitor Command",
         "QEMU Monitor Command",
         {domain_option(Complete::running_domain), flag("hmp", "command is in human monitor protocol"),
          flag("pretty", "pretty-print any qemu monitor protocol output"),
          flag("return-value", "extract the value of the 'return' key from the returned string"),
          text("pass-fds", "pass file descriptors N,M,... along with the command").named_only(),
          rest("cmd", "command").mandatory()},
         monitor_command},
    };
}

} // namespace yado::cli
