// SPDX-License-Identifier: Apache-2.0
#include "protocol/fd_passing.h"

#include "base/error.h"
#include "protocol/programs.h"

#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <sys/uio.h>

namespace yado::protocol {
namespace {

std::vector<UniqueFd> take_over(msghdr& message) {
    std::vector<UniqueFd> fds;
    for (cmsghdr* part = CMSG_FIRSTHDR(&message); part != nullptr; part = CMSG_NXTHDR(&message, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
        const std::size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t i = 0; i < count; i++) {
            int fd;
            std::memcpy(&fd, CMSG_DATA(part) + i * sizeof fd, sizeof fd);
            fds.emplace_back(fd);
        }
    }
    return fds;
}

} // namespace

Received receive(int socket, std::span<std::uint8_t> into) {
    alignas(cmsghdr) char control[CMSG_SPACE(fds_max * sizeof(int))];
    iovec vector{into.data(), into.size()};
    msghdr message{};
    message.msg_iov = &vector;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;

    ssize_t size;
    do {
        size = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    } while (size < 0 && errno == EINTR);
    Received received;
    if (size < 0) {
        if (errno != EAGAIN && errno != EWOULDBLOCK) fail_errno("Cannot recv data");
        received.would_block = true;
        return received;
    }
    received.fds = take_over(message);
    if ((message.msg_flags & MSG_CTRUNC) != 0)
        fail(ErrorSource::rpc, Code::rpc,
             "file descriptors from the peer were lost: too many at once, or too many open");
    received.size = static_cast<std::size_t>(size);
    received.closed = size == 0;
    return received;
}

std::size_t send_fds(int socket, std::span<const UniqueFd> fds) {
    std::size_t sent = 0;
    while (sent < fds.size()) {
        char zero = 0;
        iovec vector{&zero, sizeof zero};
        alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
        msghdr message{};
        message.msg_iov = &vector;
        message.msg_iovlen = 1;
        message.msg_control = control;
        message.msg_controllen = sizeof control;
        cmsghdr* part = CMSG_FIRSTHDR(&message);
        part->cmsg_level = SOL_SOCKET;
        part->cmsg_type = SCM_RIGHTS;
        part->cmsg_len = CMSG_LEN(sizeof(int));
        const int fd = fds[sent].get();
        std::memcpy(CMSG_DATA(part), &fd, sizeof fd);

        if (::sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT) < 0) {
            if (errno == EINTR) continue;
            if (errno == EAGAIN || errno == EWOULDBLOCK) break;
            fail_errno("Failed to send file descriptor {}", fd);
        }
        sent++;
    }
    return sent;
}

} // namespace yado::protocol
