// SPDX-License-Identifier: Apache-2.0
#include "cli/display_uri.h"

#include "base/text.h"

#include <fmt/format.h>

namespace yado::cli {
namespace {

constexpr int first_vnc_port = 5900; ///< VNC's display 0

int port_number(const std::string& text) { return parse_number<int>(text, 10, 1, 65535).value_or(0); }

} // namespace

std::optional<std::string> display_uri(const ListedGraphics& graphics, std::string_view host,
                                       bool with_password) {
    const bool vnc = graphics.type == "vnc";
    const bool spice = graphics.type == "spice";
    if (!vnc && !spice && graphics.type != "rdp") return std::nullopt;
    const int port = port_number(graphics.port);
    const int tls_port = spice ? port_number(graphics.tls_port) : 0;
    if (!graphics.socket.empty() && (graphics.listen_type.empty() || graphics.listen_type == "socket"))
        return fmt::format("{}+unix://{}", graphics.type, graphics.socket);
    if (port == 0 && tls_port == 0) return std::nullopt;
    const bool everywhere =
        graphics.listen.empty() || graphics.listen == "0.0.0.0" || graphics.listen == "::";
    const std::string address(everywhere ? host : std::string_view(graphics.listen));
    std::string uri = graphics.type + "://";
    if (vnc && with_password && !graphics.password.empty()) uri += fmt::format(":{}@", graphics.password);
    uri += address.contains(':') ? fmt::format("[{}]", address) : address;
    if (port != 0) uri += fmt::format(":{}", vnc ? port - first_vnc_port : port);
    char separator = '?';
    const auto add = [&](std::string_view key, std::string_view value) {
        uri += fmt::format("{}{}={}", std::exchange(separator, '&'), key, value);
    };
    if (tls_port != 0) add("tls-port", std::to_string(tls_port));
    if (spice && with_password && !graphics.password.empty()) add("password", graphics.password);
    return uri;
}

} // namespace yado::cli
