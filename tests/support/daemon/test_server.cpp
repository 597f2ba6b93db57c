// SPDX-License-Identifier: Apache-2.0
#include "support/daemon/test_server.h"

#include "protocol/fd_passing.h"

#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace yado::test_support {

Error Message::error() const {
    if (!failed()) throw std::logic_error("the answer is no error");
    return protocol::from_wire(as<protocol::WireError>());
}

void RawClient::send() {
    std::size_t sent = 0;
    while (sent < pending_.size()) {
        const ssize_t put =
            ::send(fd_.get(), pending_.data() + sent, pending_.size() - sent, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (put < 0 && errno == EPIPE) break;
        if (put < 0 && errno != EAGAIN) throw system_error(errno, "send");
        if (put > 0) sent += static_cast<std::size_t>(put);
        server_.loop.run_until_idle();
        if (put < 0) read_all();
    }
    pending_.clear();
    server_.loop.run_until_idle();
}

void RawClient::read_all() {
    while (!closed_) {
        const std::span<std::uint8_t> space = reader_.space(65536);
        protocol::Received received;
        try {
            received = protocol::receive(fd_.get(), space);
        } catch (const Error&) {
            closed_ = true; // reset by the server
            return;
        }
        if (received.closed) closed_ = true;
        if (received.size == 0) return;
        reader_.commit(received.size, std::move(received.fds));
        server_.loop.run_until_idle();
    }
}

std::vector<Message> RawClient::receive() {
    server_.loop.run_until_idle();
    read_all();
    std::vector<Message> messages;
    while (auto frame = reader_.next()) {
        messages.push_back({frame->header, protocol::Blob(frame->payload.begin(), frame->payload.end()),
                            std::move(frame->fds)});
    }
    return messages;
}

Message RawClient::receive_one() {
    std::vector<Message> messages = receive();
    if (messages.size() != 1)
        throw std::logic_error(fmt::format("{} messages instead of one", messages.size()));
    return std::move(messages.front());
}

void RawClient::open(bool read_only) {
    call(protocol::AuthListArgs());
    protocol::ConnectOpenArgs args;
    args.name = "qemu:///system";
    args.flags = read_only ? 1 : 0;
    if (const Message answer = call(args); answer.failed()) throw answer.error();
}

bool RawClient::closed() {
    server_.loop.run_until_idle();
    read_all();
    return closed_;
}

TestServer::TestServer(daemon::ServerLimits limits)
    : service(loop), polkit(loop), auth(loop, polkit, {}), connections(loop, drivers),
      server(loop, "libvirtd", fake_registry(), limits) {
    daemon::Driver& driver = drivers.add("qemu", "/system");
    driver.services.add(service);
    driver.events = &hub;
    server.services().add(auth);
    server.services().add(connections);
    server.services().add(events);
}

TestServer::~TestServer() {
    server.close_clients();
    while (service.waiting() > 0) {
        service.finish();
        loop.run_until_idle();
    }
    loop.run_until_idle();
}

std::unique_ptr<RawClient> TestServer::connect(daemon::ClientOrigin origin) {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) != 0)
        fail_errno("socketpair");
    server.adopt(std::make_unique<daemon::SocketTransport>(UniqueFd(ends[0]), true), std::move(origin));
    return std::make_unique<RawClient>(*this, ends[1]);
}

} // namespace yado::test_support
