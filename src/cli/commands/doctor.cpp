// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments.h"
#include "cli/checkup.h"
#include "cli/commands.h"
#include "cli/failure.h"
#include "cli/session.h"
#include "client/default_uri.h"
#include "client/target.h"

namespace yado::cli {
namespace {

/// The socket that other commands would use; that of the host's daemon when they would go to another host.
std::string socket_of(const Settings& settings, const std::string& of_host) {
    const std::string uri = client::effective_uri(settings.uri, client::ClientConfig::load());
    if (uri.empty()) return of_host;
    const client::Target target = client::target_of(client::parse_uri(uri));
    if (target.transport != client::TransportKind::unix_socket) return of_host;
    return client::socket_path(target, settings.read_only, client::socket_places());
}

void doctor(Session& session, const Arguments&) {
    bool failed = false;
    Value json = Value::list();
    CheckupPlaces places = real_places();
    places.system_socket = socket_of(session.settings(), places.system_socket);
    for (const Finding& finding : check_host(places)) {
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
