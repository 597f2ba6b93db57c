// SPDX-License-Identifier: Apache-2.0
#include "daemon/server/listener.h"

#include "base/error.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <memory>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace yado::daemon {
namespace {

sockaddr_un address_of(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) {
        fail(Code::internal_error, "Path {} too long for UNIX socket", path);
    }
    std::memcpy(address.sun_path, path.data(), path.size());
    return address;
}

const sockaddr* generic(const sockaddr_un& address) { return reinterpret_cast<const sockaddr*>(&address); }

/// Whether somebody accepts connections at `path`.
bool somebody_listens(const sockaddr_un& address) {
    const UniqueFd probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!probe) fail_errno("cannot make a socket");
    if (::connect(probe.get(), generic(address), sizeof address) == 0) return true;
    return errno == EAGAIN || errno == EINPROGRESS; // its queue is full
}

unsigned backlog_of(unsigned wanted) { return std::clamp(wanted, 1U, 65535U); }

} // namespace

UniqueFd listen_unix(const std::string& path, const UnixSocketRule& rule) {
    const sockaddr_un address = address_of(path);
    struct stat there{};
    if (::lstat(path.c_str(), &there) == 0) {
        if (!S_ISSOCK(there.st_mode))
            fail(Code::internal_error, "'{}' is in the way and is not a socket", path);
        if (somebody_listens(address)) {
            fail(Code::internal_error, "another daemon is already listening on '{}'", path);
        }
        if (::unlink(path.c_str()) != 0 && errno != ENOENT)
            fail_errno("cannot remove the stale socket '{}'", path);
    }
    UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!fd) fail_errno("Failed to create socket");
    // nobody may get in before the modes are right
    const mode_t before = ::umask(0777);
    const int bound = ::bind(fd.get(), generic(address), sizeof address);
    const int number = errno;
    ::umask(before);
    if (bound != 0) throw system_error(number, fmt::format("Failed to bind socket to '{}'", path));
    if (rule.group && ::chown(path.c_str(), static_cast<uid_t>(-1), *rule.group) != 0) {
        fail_errno("Failed to change ownership of '{}' to group {}", path, *rule.group);
    }
    if (::chmod(path.c_str(), rule.mode) != 0) fail_errno("cannot set the mode of '{}'", path);
    if (::listen(fd.get(), static_cast<int>(backlog_of(rule.backlog))) != 0)
        fail_errno("cannot listen on '{}'", path);
    return fd;
}

std::vector<UniqueFd> listen_tcp(const std::optional<std::string>& node, const std::string& service,
                                 unsigned backlog) {
    addrinfo hints{};
    hints.ai_flags = AI_PASSIVE;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const char* where = node ? node->c_str() : nullptr;
    if (const int result = ::getaddrinfo(where, service.c_str(), &hints, &found); result != 0) {
        fail(Code::system_error, "Unable to resolve address '{}' service '{}': {}", node.value_or("*"),
             service, ::gai_strerror(result));
    }
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owned(found, ::freeaddrinfo);
    std::vector<UniqueFd> sockets;
    int last_error = EADDRNOTAVAIL;
    for (const addrinfo* each = found; each != nullptr; each = each->ai_next) {
        UniqueFd fd(::socket(each->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        if (!fd) {
            last_error = errno; // a kernel without IPv6
            continue;
        }
        const int on = 1;
        ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        // else the IPv6 socket takes IPv4's place
        if (each->ai_family == AF_INET6) ::setsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
        if (::bind(fd.get(), each->ai_addr, each->ai_addrlen) != 0 ||
            ::listen(fd.get(), static_cast<int>(backlog_of(backlog))) != 0) {
            last_error = errno;
            if (last_error == EADDRNOTAVAIL || last_error == EAFNOSUPPORT) continue;
            throw system_error(last_error, fmt::format("Unable to bind to port {}", service));
        }
        sockets.push_back(std::move(fd));
    }
    if (sockets.empty()) throw system_error(last_error, fmt::format("Unable to bind to port {}", service));
    return sockets;
}

std::string socket_address_text(int fd, bool peer) {
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    auto* address = reinterpret_cast<sockaddr*>(&storage);
    if ((peer ? ::getpeername(fd, address, &size) : ::getsockname(fd, address, &size)) != 0) return "?";
    if (storage.ss_family == AF_UNIX) {
        const auto* local = reinterpret_cast<const sockaddr_un*>(&storage);
        if (size <= offsetof(sockaddr_un, sun_path) || local->sun_path[0] == '\0')
            return "127.0.0.1;0"; // as libvirt
        return fmt::format("{};0", local->sun_path);
    }
    char host[NI_MAXHOST];
    char port[NI_MAXSERV];
    if (::getnameinfo(address, size, host, sizeof host, port, sizeof port, NI_NUMERICHOST | NI_NUMERICSERV) !=
        0) {
        return "?";
    }
    return fmt::format("{};{}", host, port);
}

std::vector<std::string_view> modular_daemons() {
    return {"virtqemud",   "virtnetworkd",  "virtstoraged",   "virtnodedevd",
            "virtsecretd", "virtnwfilterd", "virtinterfaced", "virtproxyd"};
}

} // namespace yado::daemon
