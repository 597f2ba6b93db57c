// SPDX-License-Identifier: Apache-2.0
#include "daemon/activation.h"

#include "base/error.h"
#include "base/text.h"

#include <cstddef>
#include <cstdlib>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <systemd/sd-daemon.h>

namespace yado::daemon {
namespace {

constexpr std::uint16_t default_tls_port = 16514;

void by_unix_path(ListeningSocket& socket) {
    const std::string_view path = socket.path;
    if (path.ends_with("-admin-sock")) {
        socket.admin = true;
    } else if (path.ends_with("-sock-ro")) {
        socket.read_only = true;
    }
}

bool by_name(ListeningSocket& socket, std::string_view name) {
    if (!name.ends_with(".socket")) return false;
    name.remove_suffix(std::string_view(".socket").size());
    if (name.ends_with("-admin")) {
        socket.admin = true;
    } else if (name.ends_with("-ro")) {
        socket.read_only = true;
    } else if (name.ends_with("-tls")) {
        socket.kind = TransportKind::tls;
    }
    return true;
}

} // namespace

ListeningSocket classify_socket(UniqueFd fd, std::string_view name) {
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    int listening = 0;
    socklen_t flag_size = sizeof listening;
    if (::getsockname(fd.get(), reinterpret_cast<sockaddr*>(&storage), &size) != 0 ||
        ::getsockopt(fd.get(), SOL_SOCKET, SO_ACCEPTCONN, &listening, &flag_size) != 0 || listening == 0) {
        fail(Code::internal_error, "descriptor {} ('{}') handed over at start is not a listening socket",
             fd.get(), name);
    }
    ListeningSocket socket;
    std::uint16_t port = 0;
    switch (storage.ss_family) {
    case AF_UNIX: {
        const auto* local = reinterpret_cast<const sockaddr_un*>(&storage);
        if (size > offsetof(sockaddr_un, sun_path)) socket.path = local->sun_path;
        break;
    }
    case AF_INET: port = ntohs(reinterpret_cast<const sockaddr_in*>(&storage)->sin_port); break;
    case AF_INET6: port = ntohs(reinterpret_cast<const sockaddr_in6*>(&storage)->sin6_port); break;
    default: fail(Code::internal_error, "the socket '{}' handed over at start is of an unknown family", name);
    }
    socket.fd = std::move(fd);
    if (port != 0) socket.kind = port == default_tls_port ? TransportKind::tls : TransportKind::tcp;
    if (!by_name(socket, name) && socket.kind == TransportKind::unix_socket) by_unix_path(socket);
    return socket;
}

std::vector<ListeningSocket> activated_sockets() {
    char** raw_names = nullptr;
    const int count = ::sd_listen_fds_with_names(1, &raw_names); // also makes them close-on-exec
    if (count < 0) throw system_error(-count, "cannot take over the sockets handed over at start");
    std::vector<std::string> names;
    for (char** name = raw_names; name != nullptr && *name != nullptr; ++name) {
        names.emplace_back(*name);
        ::free(*name);
    }
    ::free(raw_names);
    std::vector<ListeningSocket> sockets;
    for (int i = 0; i < count; ++i) {
        const int fd = SD_LISTEN_FDS_START + i;
        const int flags = ::fcntl(fd, F_GETFL);
        if (flags >= 0) ::fcntl(fd, F_SETFL, flags | O_NONBLOCK);
        const auto index = static_cast<std::size_t>(i);
        sockets.push_back(
            classify_socket(UniqueFd(fd), index < names.size() ? std::string_view(names[index]) : ""));
    }
    return sockets;
}

} // namespace yado::daemon
