// SPDX-License-Identifier: Apache-2.0
#include "daemon/server/transport.h"

#include "base/error.h"

#include <cerrno>
#include <sys/socket.h>

namespace yado::daemon {

std::size_t Transport::write_fds(std::span<const UniqueFd>) {
    fail(ErrorSource::rpc, Code::rpc, "this connection cannot pass file descriptors");
}

std::size_t SocketTransport::write(std::span<const std::uint8_t> data) {
    for (;;) {
        const ssize_t sent = ::send(socket_.get(), data.data(), data.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent >= 0) return static_cast<std::size_t>(sent);
        if (errno == EAGAIN || errno == EWOULDBLOCK) return 0;
        if (errno != EINTR) fail_errno("Cannot write data");
    }
}

std::size_t SocketTransport::write_fds(std::span<const UniqueFd> fds) {
    if (!passes_fds_) return Transport::write_fds(fds);
    return protocol::send_fds(socket_.get(), fds);
}

} // namespace yado::daemon
