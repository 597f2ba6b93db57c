// SPDX-License-Identifier: Apache-2.0
// A server on a ManualLoop with a fake driver behind "qemu:///system", and clients that speak raw messages to
// it over socketpairs.
#pragma once

#include "daemon/auth/polkit.h"
#include "daemon/auth/service.h"
#include "daemon/drivers.h"
#include "daemon/events.h"
#include "daemon/procedures/connection.h"
#include "daemon/server/server.h"
#include "guest/events.h"
#include "protocol/error_wire.h"
#include "protocol/frame.h"
#include "support/base/manual_loop.h"
#include "support/daemon/fake_service.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace yado::test_support {

/// A message as received, with its payload kept.
struct Message {
    protocol::Header header;
    protocol::Blob payload;
    std::vector<UniqueFd> fds;

    bool failed() const { return header.status == protocol::Status::error; }
    template <class T> T as() const { return protocol::decode<T>(payload); }
    /// The error it carries; throws logic_error when it carries none.
    Error error() const;
};

class TestServer;

/// The other end of a connection.
class RawClient {
  public:
    RawClient(TestServer& server, int fd)
        : server_(server), fd_(fd), reader_(protocol::FrameReader::Fds::accepted) {}

    int fd() const { return fd_.get(); }
    /// Appends a call to what send() sends.
    template <class Args> std::uint32_t add(const Args& args,
                                            std::optional<std::uint32_t> fds = std::nullopt) {
        protocol::append_call(pending_, serial_, args, fds);
        return serial_++;
    }
    protocol::Blob& pending() { return pending_; }
    /// Writes what was added, and lets the server work.
    void send();
    /// Every message that has come, after letting the server work.
    std::vector<Message> receive();
    /// The only message that has come; throws logic_error when there are none or more.
    Message receive_one();
    template <class Args> Message call(const Args& args) {
        add(args);
        send();
        return receive_one();
    }
    /// Authenticates and opens.
    void open(bool read_only = false);
    /// True when the server has closed the connection.
    bool closed();
    void disconnect() { fd_.reset(); }

  private:
    void read_all();

    TestServer& server_;
    UniqueFd fd_;
    protocol::FrameReader reader_;
    protocol::Blob pending_;
    std::uint32_t serial_ = 0;
    bool closed_ = false;
};

class TestServer {
  public:
    explicit TestServer(daemon::ServerLimits limits = {});
    /// Ends every connection and every call that waits.
    ~TestServer();

    /// Connects over a socketpair.
    std::unique_ptr<RawClient> connect(daemon::ClientOrigin origin = {});
    std::unique_ptr<RawClient> connect_open() {
        auto client = connect();
        client->open();
        return client;
    }

    ManualLoop loop;
    FakeService service;
    guest::EventHub hub;
    daemon::Drivers drivers;
    daemon::Polkit polkit;
    daemon::AuthService auth;
    daemon::ConnectionService connections;
    daemon::EventService events;
    daemon::Server server;
};

} // namespace yado::test_support
