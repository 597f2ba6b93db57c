// SPDX-License-Identifier: Apache-2.0
// File descriptors over a unix socket, as libvirt passes them: after the message one byte for each, which
// carries it. These bytes are not part of the message's length. The kernel ends a read at a byte that carries
// descriptors, so reading ahead loses none as long as every read of the socket is a receive().
#pragma once

#include "base/unique_fd.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace yado::protocol {

struct Received {
    std::size_t size = 0;      ///< bytes read
    bool closed = false;       ///< the peer has closed its side
    bool would_block = false;  ///< nothing there now
    std::vector<UniqueFd> fds; ///< with the last byte read; close-on-exec
};

/// Reads what is there. Throws system_error, and Error(rpc) when descriptors came that could not be taken
/// over.
Received receive(int socket, std::span<std::uint8_t> into);

/// Sends descriptors after their message, from the first on. Returns how many went out; fewer than given
/// means the socket is full: call again with the rest once it is writable. Throws system_error.
std::size_t send_fds(int socket, std::span<const UniqueFd> fds);

} // namespace yado::protocol
