// SPDX-License-Identifier: Apache-2.0
// Listening sockets: made here by the names libvirt's clients look for, or handed over by systemd.
#pragma once

#include "base/unique_fd.h"
#include "daemon/server/client.h"

#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace yado::daemon {

struct ListeningSocket {
    UniqueFd fd;
    TransportKind kind = TransportKind::unix_socket;
    bool read_only = false;
    bool admin = false;
    Auth auth = Auth::none;
    std::string path;  ///< of a Unix socket
    bool ours = false; ///< made here: remove the path at the end
};

/// How to make a Unix socket.
struct UnixSocketRule {
    mode_t mode = 0700;
    std::optional<gid_t> group;
    unsigned backlog = 1000;
};

/// Makes `path`. A socket that nobody listens on any more is replaced; throws Error(internal_error) when
/// somebody does, system_error when the place cannot be used.
UniqueFd listen_unix(const std::string& path, const UnixSocketRule& rule);

/// One socket for each address `node` (none = every local one) resolves to, IPv4 and IPv6. Throws
/// system_error when none could be bound. Blocks on the resolver: for the start of the daemon.
std::vector<UniqueFd> listen_tcp(const std::optional<std::string>& node, const std::string& service,
                                 unsigned backlog);

/// "127.0.0.1;16509" as libvirt writes socket addresses; "?" when unknown.
std::string socket_address_text(int fd, bool peer);

/// The base names of the sockets besides libvirtd's own that clients of the modular daemons look for,
/// "virtqemud" …
std::vector<std::string_view> modular_daemons();

} // namespace yado::daemon
