// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments.h"
#include "cli/checkup.h"
#include "cli/commands.h"
#include "cli/failure.h"
#include "cli/session.h"

namespace yado::cli {
namespace {

void doctor(Session& session, const Arguments&) {
    bool failed = false;
    Value json = Value::list();
    for (const Finding& finding : check_host(real_places())) {
        failed |= finding.health == Health::fail;
        session.print(" {:<4}  {:<31} {}\n", name_of(finding.health), finding.title, finding.detail);
        if (!finding.fix.empty()) session.print("       {:<31} fix: {}\n", "", finding.fix);
        json.add(Value::object()
                     .set("check", finding.key)
                     .set("title", finding.title)
                     .set("health", name_of(finding.health))
                     .set("detail", finding.detail)
                     .set("fix", finding.fix));
    }
    session.show_json(json);
    if (failed) throw Failure(); // said all there is to say
}

} // namespace

std::vector<Command> doctor_commands() {
    return {{"doctor",
             Group::host,
             "check whether this host can run guests",
             "Looks at the CPU, the kernel, programs, users and the daemon of the host this program runs on, "
             "and says\n"
             "    how to mend what is wrong. Fails when guests cannot run.",
             {},
             doctor,
             false}};
}

} // namespace yado::cli
