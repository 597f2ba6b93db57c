// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/ports.h"

#include "base/error.h"
#include "base/unique_fd.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace yado::qemu {
namespace {

// True when nothing listens there now. Only numeric addresses are tried; a name is left for QEMU to judge.
bool is_free(const std::string& address, unsigned port) {
    sockaddr_storage storage{};
    socklen_t length = 0;
    auto* ipv4 = reinterpret_cast<sockaddr_in*>(&storage);
    auto* ipv6 = reinterpret_cast<sockaddr_in6*>(&storage);
    if (::inet_pton(AF_INET, address.c_str(), &ipv4->sin_addr) == 1) {
        ipv4->sin_family = AF_INET;
        ipv4->sin_port = htons(static_cast<std::uint16_t>(port));
        length = sizeof(*ipv4);
    } else if (::inet_pton(AF_INET6, address.c_str(), &ipv6->sin6_addr) == 1) {
        ipv6->sin6_family = AF_INET6;
        ipv6->sin6_port = htons(static_cast<std::uint16_t>(port));
        length = sizeof(*ipv6);
    } else {
        return true;
    }
    const UniqueFd fd(::socket(storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!fd) return true;
    const int on = 1; // ports of connections just closed count as free, as for QEMU itself
    ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    return ::bind(fd.get(), reinterpret_cast<const sockaddr*>(&storage), length) == 0;
}

} // namespace

unsigned PortPool::take(const std::string& address) {
    for (unsigned port = first_; port <= last_; ++port) {
        if (taken_.contains(port) || !is_free(address, port)) continue;
        taken_.insert(port);
        return port;
    }
    fail(ErrorSource::qemu, Code::internal_error, "Unable to find an unused port in range 'VNC' ({}-{})",
         first_, last_);
}

} // namespace yado::qemu
