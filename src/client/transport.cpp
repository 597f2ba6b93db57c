// SPDX-License-Identifier: Apache-2.0
#include "client/transport.h"

#include "base/error.h"
#include "base/text.h"
#include "client/autostart.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace yado::client {
namespace {

std::size_t send_bytes(int fd, std::span<const std::uint8_t> data) {
    if (data.empty()) return 0;
    const ssize_t sent = ::send(fd, data.data(), data.size(), MSG_NOSIGNAL);
    if (sent >= 0) return static_cast<std::size_t>(sent);
    if (errno == EAGAIN || errno == EINTR) return 0;
    throw system_error(errno, "Cannot write data").set_source(ErrorSource::rpc);
}

UniqueFd connect_unix(const std::string& path, const std::function<void()>& start_daemon) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof(address.sun_path))
        fail(ErrorSource::rpc, Code::internal_error, "Path {} too long for unix socket", path);
    std::memcpy(address.sun_path, path.data(), path.size());
    const auto attempt = [&]() -> UniqueFd {
        UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
        if (!socket) throw system_error(errno, "Failed to create socket").set_source(ErrorSource::rpc);
        if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0)
            return socket;
        return {};
    };
    if (auto socket = attempt()) return socket;
    if (start_daemon && (errno == ENOENT || errno == ECONNREFUSED)) {
        start_daemon();
        // the daemon makes its socket early in its start
        for (int tries = 0; tries < 200; ++tries) {
            if (auto socket = attempt()) return socket;
            if (errno != ENOENT && errno != ECONNREFUSED) break;
            ::poll(nullptr, 0, 50);
        }
    }
    throw system_error(errno, fmt::format("Failed to connect socket to '{}'", path))
        .set_source(ErrorSource::rpc);
}

} // namespace

void prepare_socket(int fd) {
    const int flags = ::fcntl(fd, F_GETFL);
    if (flags < 0 || ::fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0 || ::fcntl(fd, F_SETFD, FD_CLOEXEC) < 0)
        fail_errno("Unable to enable non-blocking flag");
}

SocketTransport::SocketTransport(UniqueFd socket, bool passes_fds)
    : socket_(std::move(socket)), passes_fds_(passes_fds) {
    prepare_socket(socket_.get());
}

protocol::Received SocketTransport::read(std::span<std::uint8_t> into) {
    return protocol::receive(socket_.get(), into);
}

std::size_t SocketTransport::write(std::span<const std::uint8_t> data) {
    return send_bytes(socket_.get(), data);
}

std::size_t SocketTransport::send_fds(std::span<const UniqueFd> fds) {
    return protocol::send_fds(socket_.get(), fds);
}

ProgramTransport::ProgramTransport(const std::vector<std::string>& argv) {
    int pair[2] = {-1, -1};
    int errors[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
        fail_errno("unable to create socket pair");
    socket_.reset(pair[0]);
    const UniqueFd theirs(pair[1]);
    if (::pipe2(errors, O_CLOEXEC) < 0) fail_errno("unable to create pipe");
    errors_.reset(errors[0]);
    const UniqueFd their_errors(errors[1]);

    std::vector<char*> words;
    words.reserve(argv.size() + 1);
    for (const std::string& word : argv) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawnattr_init(&attributes);
    ::posix_spawn_file_actions_adddup2(&actions, theirs.get(), 0);
    ::posix_spawn_file_actions_adddup2(&actions, theirs.get(), 1);
    ::posix_spawn_file_actions_adddup2(&actions, their_errors.get(), 2);
    // ^C in a shell ends the command here, not the line to the daemon
    ::posix_spawnattr_setpgroup(&attributes, 0);
    sigset_t defaults;
    ::sigemptyset(&defaults);
    ::sigaddset(&defaults, SIGPIPE);
    ::posix_spawnattr_setsigdefault(&attributes, &defaults);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
    const int result = ::posix_spawnp(&child_, words.front(), &actions, &attributes, words.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::posix_spawnattr_destroy(&attributes);
    if (result != 0)
        throw system_error(result, fmt::format("Cannot find '{}' in path", argv.front()))
            .set_source(ErrorSource::rpc);
    prepare_socket(socket_.get());
    prepare_socket(errors_.get());
}

ProgramTransport::~ProgramTransport() {
    socket_.reset();
    errors_.reset();
    if (child_ <= 0) return;
    ::kill(child_, SIGTERM);
    int status = 0;
    while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) {}
}

protocol::Received ProgramTransport::read(std::span<std::uint8_t> into) {
    protocol::Received received;
    const ssize_t size = ::recv(socket_.get(), into.data(), into.size(), 0);
    if (size > 0) received.size = static_cast<std::size_t>(size);
    else if (size == 0 || errno == ECONNRESET) received.closed = true;
    else if (errno == EAGAIN || errno == EINTR) received.would_block = true;
    else throw system_error(errno, "Cannot recv data").set_source(ErrorSource::rpc);
    return received;
}

std::size_t ProgramTransport::write(std::span<const std::uint8_t> data) {
    return send_bytes(socket_.get(), data);
}

std::string ProgramTransport::complaint() {
    std::string text;
    pollfd waiting{errors_.get(), POLLIN, 0};
    // its last words may come a moment after it closed its output
    while (text.size() < 1024 && ::poll(&waiting, 1, 500) > 0) {
        char buffer[1024];
        const ssize_t size = ::read(errors_.get(), buffer, sizeof(buffer));
        if (size <= 0) break;
        text.append(buffer, static_cast<std::size_t>(size));
    }
    return std::string(trim(text));
}

UniqueFd connect_tcp(const std::string& host, std::uint16_t port) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG;
    addrinfo* list = nullptr;
    const std::string service = std::to_string(port);
    if (const int result = ::getaddrinfo(host.c_str(), service.c_str(), &hints, &list); result != 0)
        fail(ErrorSource::rpc, Code::system_error, "Unable to resolve address '{}' service '{}': {}", host,
             service, ::gai_strerror(result));
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(list, &::freeaddrinfo);
    int error = ECONNREFUSED;
    for (const addrinfo* at = list; at != nullptr; at = at->ai_next) {
        UniqueFd socket(::socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
        if (socket && ::connect(socket.get(), at->ai_addr, at->ai_addrlen) == 0) {
            const int on = 1;
            ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
            prepare_socket(socket.get());
            return socket;
        }
        error = errno;
    }
    throw system_error(error, fmt::format("unable to connect to server at '{}:{}'", host, service))
        .set_source(ErrorSource::rpc);
}

std::unique_ptr<Transport> connect_transport(const Target& target, bool read_only) {
    switch (target.transport) {
    case TransportKind::unix_socket: {
        const std::string path = socket_path(target, read_only, socket_places());
        std::function<void()> start;
        if (target.autostart && ::geteuid() != 0) start = [&target] { start_session_daemon(target); };
        return std::make_unique<SocketTransport>(connect_unix(path, start));
    }
    case TransportKind::tcp:
        return std::make_unique<SocketTransport>(connect_tcp(target.host, target.port), false);
    case TransportKind::tls: return connect_tls(target);
    case TransportKind::ssh: return std::make_unique<ProgramTransport>(ssh_command(target, read_only));
    // stock gives the program one empty argument, which scripts may count on
    case TransportKind::ext:
        return std::make_unique<ProgramTransport>(std::vector<std::string>{target.command, ""});
    }
    fail(Code::internal_error, "unknown transport");
}

} // namespace yado::client
