// SPDX-License-Identifier: Apache-2.0
// Where to find a guest's screen and console.
#include "base/text.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/display_uri.h"
#include "cli/failure.h"
#include "cli/listed_devices.h"
#include "cli/lookup.h"
#include "cli/session.h"
#include "client/uri.h"
#include "protocol/constants.h"
#include "protocol/domain_calls.h"

#include <algorithm>
#include <array>

namespace yado::cli {
namespace {

using protocol::DomainRef;

void must_run(Session& session, const DomainRef& domain) {
    if (session.call(protocol::DomainIsActiveArgs{domain}).active <= 0) refuse("Domain is not running");
}

/// Where the daemon's host is, as seen from here.
std::string daemon_host(Session& session) {
    const std::string host = client::parse_uri(session.connection().uri()).host;
    return host.empty() ? "localhost" : host;
}

void domdisplay(Session& session, const Arguments& arguments) {
    static constexpr std::array<std::string_view, 3> kinds{"vnc", "spice", "rdp"}; // the first found is shown
    const DomainRef domain = find_domain(session, arguments);
    must_run(session, domain);
    const bool all = arguments.has("all");
    const auto wanted = arguments.text("type");
    const bool password = arguments.has("include-password");
    const auto devices =
        listed_devices(domain_xml(session, domain, password ? protocol::DomainXMLFlags::secure : 0));
    const std::string host = daemon_host(session);
    Value json = Value::list();
    std::vector<std::string> uris;
    for (const std::string_view kind : kinds) {
        const auto graphics = std::ranges::find(devices.graphics, kind, &ListedGraphics::type);
        if ((wanted && !all && *wanted != kind) || graphics == devices.graphics.end()) continue;
        if (auto uri = display_uri(*graphics, host, password)) {
            json.add(Value::object().set("type", kind).set("uri", *uri));
            uris.push_back(std::move(*uri));
            if (!all) break;
        }
    }
    if (uris.empty() && wanted) refuse("No graphical display with type '{}' found", *wanted);
    if (uris.empty()) refuse("No graphical display found");
    for (const std::string& uri : uris) session.print("{}{}", uri, all ? "\n" : "");
    session.show_json(json);
}

void vncdisplay(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    must_run(session, domain);
    const auto devices = listed_devices(domain_xml(session, domain, 0));
    const auto graphics = std::ranges::find(devices.graphics, "vnc", &ListedGraphics::type);
    const auto port = graphics == devices.graphics.end() ? std::nullopt
                                                         : parse_number<int>(graphics->port, 10, 5900, 65535);
    if (!port) refuse("Failed to get VNC port. Is this domain using VNC?");
    const std::string listen = graphics->listen == "0.0.0.0" ? "" : graphics->listen;
    session.show("display", fmt::format("{}:{}", listen, *port - 5900));
}

void ttyconsole(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    const auto devices = listed_devices(domain_xml(session, domain, 0));
    const auto console =
        std::ranges::find_if(devices.consoles, [](const auto& one) { return !one.tty.empty(); });
    if (console == devices.consoles.end()) throw Failure(); // as virsh: no word, only the exit status
    session.show("tty", console->tty);
}

} // namespace

std::vector<Command> display_commands() {
    const Option running = domain_option(Complete::running_domain);
    return {
        {"domdisplay",
         Group::domain,
         "domain display connection URI",
         "Output the IP address and port number for the graphical display.",
         {running, flag("include-password", "includes the password into the connection URI if available"),
          text("type", "select particular graphical display (e.g. \"vnc\", \"spice\", \"rdp\", \"dbus\")"),
          flag("all", "show all possible graphical displays")},
         domdisplay},
        {"ttyconsole",
         Group::domain,
         "tty console",
         "Output the device for the TTY console.",
         {running},
         ttyconsole},
        {"vncdisplay",
         Group::domain,
         "vnc display",
         "Output the IP address and port number for the VNC display.",
         {running},
         vncdisplay},
    };
}

} // namespace yado::cli
