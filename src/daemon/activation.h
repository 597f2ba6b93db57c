// SPDX-License-Identifier: Apache-2.0
// Sockets that systemd listened on for us (LISTEN_FDS), told apart by the name of their unit, else by their
// address.
#pragma once

#include "daemon/server/listener.h"

#include <string_view>
#include <vector>

namespace yado::daemon {

/// What the name or the address of a socket says about it. `auth` is left for the caller.
/// Unit names: "libvirtd.socket", "virtqemud-ro.socket", "libvirtd-admin.socket", "libvirtd-tcp.socket",
/// "libvirtd-tls.socket" and so on; addresses: "…-sock", "…-sock-ro", "…-admin-sock", ports.
/// Throws Error(internal_error) when neither tells.
ListeningSocket classify_socket(UniqueFd fd, std::string_view name);

/// Takes over the descriptors of the environment, which is cleared so that children do not see it. Empty when
/// there are none or they are meant for another process.
std::vector<ListeningSocket> activated_sockets();

} // namespace yado::daemon
