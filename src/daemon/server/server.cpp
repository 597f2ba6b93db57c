// SPDX-License-Identifier: Apache-2.0
#include "daemon/server/server.h"

#include "base/log.h"
#include "host/identity.h"

#include <algorithm>
#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace yado::daemon {
namespace {

/// Connections accepted in one turn of the loop, so that a flood of them leaves room for others.
constexpr int accepts_a_turn = 32;
constexpr std::chrono::milliseconds accept_retry{500};

service::Identity identity_of(int socket) {
    const host::Peer peer = host::peer_of(socket);
    service::Identity identity;
    identity.user = peer.user;
    identity.group = peer.group;
    identity.process = peer.pid;
    identity.process_start = peer.start_time;
    identity.selinux_context = peer.security_context;
    return identity;
}

} // namespace

Server::Server(Loop& loop, std::string name, const Registry& registry, ServerLimits limits)
    : loop_(loop), name_(std::move(name)), registry_(registry), limits_(limits) {}

Server::~Server() {
    clients_changed_ = nullptr;
    stop_listening();
    close_clients();
}

void Server::set_limits(const ServerLimits& limits) {
    limits_ = limits;
    update_accepting();
}

void Server::listen(ListeningSocket listener) {
    const std::size_t index = sockets_.size();
    sockets_.push_back(std::move(listener));
    watches_.push_back(loop_.watch(sockets_.back().fd.get(), {.readable = may_accept()},
                                   [this, index](Loop::Ready) { accept_some(index); }));
}

std::size_t Server::anonymous_clients() const { return clients_.size() - authenticated_; }

bool Server::may_accept() const {
    if (clients_.size() >= limits_.max_clients) return false;
    return limits_.max_anonymous_clients == 0 || anonymous_clients() < limits_.max_anonymous_clients;
}

void Server::update_accepting() {
    const bool accept = may_accept() && !retry_accept_;
    for (Loop::Watch& watch : watches_) watch.want({.readable = accept});
}

void Server::accept_some(std::size_t index) {
    for (int count = 0; count < accepts_a_turn && may_accept(); ++count) {
        UniqueFd socket(::accept4(sockets_[index].fd.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
        if (!socket) {
            if (errno == EAGAIN || errno == EWOULDBLOCK) break;
            if (errno == EINTR || errno == ECONNABORTED) continue;
            // out of descriptors or memory: trying again at once would only spin
            log_error("rpc", "cannot accept a connection: {}", system_error(errno, name_).message());
            retry_accept_ = loop_.after(accept_retry, [this] {
                retry_accept_.reset();
                update_accepting();
            });
            break;
        }
        try {
            take_in(sockets_[index], std::move(socket));
        } catch (const Error& error) { log_warning("rpc", "a connection was refused: {}", error.message()); }
    }
    update_accepting();
}

void Server::take_in(const ListeningSocket& from, UniqueFd socket) {
    ClientOrigin origin{.kind = from.kind,
                        .read_only = from.read_only,
                        .auth = from.auth,
                        .authenticated = from.admin || from.auth == Auth::none};
    origin.address = socket_address_text(socket.get(), true);
    if (from.kind == TransportKind::unix_socket) {
        origin.identity = identity_of(socket.get());
        if (only_user_ && origin.identity.user != only_user_) {
            fail(Code::auth_failed, "user {} is not the one this daemon serves",
                 origin.identity.user.value_or(0));
        }
        // root may do everything anyway, and a minimal system has no polkit
        if (from.auth == Auth::polkit && origin.identity.user == 0U) origin.auth = Auth::none;
    } else {
        const int on = 1;
        ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    if (from.kind == TransportKind::tls) {
        if (!tls_) fail(Code::internal_error, "TLS is not set up");
        adopt(tls_->accept(std::move(socket)), std::move(origin));
    } else {
        const bool passes_fds = from.kind == TransportKind::unix_socket;
        adopt(std::make_unique<SocketTransport>(std::move(socket), passes_fds), std::move(origin));
    }
}

std::shared_ptr<Client> Server::adopt(std::unique_ptr<Transport> transport, ClientOrigin origin) {
    const std::uint64_t id = next_client_++;
    auto client = std::make_shared<Client>(*this, id, std::move(transport), std::move(origin));
    clients_.emplace(id, client);
    if (client->authenticated()) ++authenticated_;
    log_debug("rpc", "{}: client {} from {}", name_, id, client->origin().address);
    client->start();
    if (clients_changed_) clients_changed_();
    return client;
}

void Server::client_authenticated() {
    ++authenticated_;
    update_accepting();
}

void Server::client_closed(Client& client) {
    if (client.authenticated()) --authenticated_;
    const auto found = clients_.find(client.id());
    if (found == clients_.end()) return;
    loop_.post([kept = std::move(found->second)] {}); // it may still be at work further up the stack
    clients_.erase(found);
    update_accepting();
    if (clients_changed_) clients_changed_();
}

void Server::stop_listening() {
    watches_.clear();
    retry_accept_.reset();
    for (const ListeningSocket& each : sockets_) {
        if (each.ours && !each.path.empty()) ::unlink(each.path.c_str());
    }
    sockets_.clear();
}

void Server::call_ended() {
    --calls_;
    if (calls_ == 0 && drained_) drained_->set();
}

Task<void> Server::drain(Loop::Duration limit) {
    draining_ = true;
    if (calls_ == 0) co_return;
    drained_.emplace(loop_);
    const Loop::Timer timer =
        loop_.after(limit, [resolve = drained_->resolver()]() mutable { resolve.set(); });
    co_await *drained_;
    if (calls_ > 0) log_warning("rpc", "{}: {} calls were still in progress at the end", name_, calls_);
}

void Server::close_clients() {
    const auto clients = clients_; // each leaves the map when it closes
    for (const auto& [id, client] : clients) client->close("the daemon ends");
}

} // namespace yado::daemon
