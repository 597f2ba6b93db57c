// SPDX-License-Identifier: Apache-2.0
// What a URI asks a connection to do: over which transport, to which peer, with which keys. The defaults of
// the transports (ports, paths, directories) stand here.
#pragma once

#include "client/uri.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace yado::client {

enum class TransportKind : std::uint8_t { unix_socket, tls, tcp, ssh, ext };
/// Whether to use the sockets of the modular daemons (virtqemud-sock, …) or the one of the whole
/// (libvirt-sock).
enum class Mode : std::uint8_t { automatic, legacy, direct };
/// What a ssh connection runs at the far end.
enum class SshProxy : std::uint8_t { automatic, netcat, native };

struct Target {
    TransportKind transport = TransportKind::unix_socket;
    std::string name;       ///< for ConnectOpen; empty lets the daemon choose
    std::string driver;     ///< empty when the daemon chooses
    bool session = false;   ///< the user's own daemon
    bool autostart = false; ///< the session daemon may be started when its socket is missing
    std::string user, host;
    std::uint16_t port = 0; ///< 0: the transport's own (ssh: what ssh chooses)
    Mode mode = Mode::automatic;
    std::string socket;  ///< of `socket=`; empty for the default ones
    std::string command; ///< ssh program, or the ext program
    std::string netcat, keyfile;
    SshProxy proxy = SshProxy::automatic;
    bool no_verify = false; ///< of the host key (ssh) or the server's certificate (tls)
    bool no_tty = false;
    std::string pki_path, tls_priority, auth_file;
};

/// Reads what a URI means. Throws invalid_arg and others in libvirt's words for transports, keys and
/// combinations that do not exist.
Target target_of(const Uri& uri);
/// Without a URI: the system's daemon for root, else the session's; the name stays empty.
Target default_target(uid_t user);

/// Where the daemons' sockets are.
struct SocketPlaces {
    std::string system_directory = "/var/run/libvirt";
    std::string session_directory; ///< $XDG_RUNTIME_DIR/libvirt
    std::function<bool(const std::string& path)> exists;
};
/// Those of this process's environment.
SocketPlaces socket_places();
/// The socket a unix or ssh connection goes to. A session has no read-only socket.
std::string socket_path(const Target& target, bool read_only, const SocketPlaces& places);

/// The ssh command: argv with the program first; the last word is the shell script for the far end.
std::vector<std::string> ssh_command(const Target& target, bool read_only);

} // namespace yado::client
