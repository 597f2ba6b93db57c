// SPDX-License-Identifier: Apache-2.0
// The bytes of one connection, whatever they are wrapped in. Nothing here blocks.
#pragma once

#include "base/async/loop.h"
#include "base/unique_fd.h"
#include "protocol/fd_passing.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace yado::daemon {

class Transport {
  public:
    virtual ~Transport() = default;

    /// The socket, for watching.
    virtual int socket() const = 0;

    /// Goes on with the handshake: what it waits for, or nothing when it is over. Throws Error when it
    /// failed.
    virtual std::optional<Loop::Ready> handshake() { return std::nullopt; }
    /// Distinguished name of the client's certificate; empty without one.
    virtual std::string certificate_name() const { return {}; }
    /// Strength of the encryption in bits; 0 = none.
    virtual unsigned strength() const { return 0; }
    virtual bool passes_fds() const { return false; }

    /// Throws Error when the connection is broken.
    virtual protocol::Received read(std::span<std::uint8_t> into) = 0;
    /// True when read() has more without the socket becoming readable.
    virtual bool has_buffered() const { return false; }
    /// How many bytes of `data` are taken care of; fewer than given = wait for the socket to become writable.
    /// Throws Error when the connection is broken.
    virtual std::size_t write(std::span<const std::uint8_t> data) = 0;
    /// True when bytes taken by write() still wait in here.
    virtual bool wants_write() const { return false; }
    /// See protocol::send_fds().
    virtual std::size_t write_fds(std::span<const UniqueFd> fds);
    /// Says goodbye as far as that is possible at once.
    virtual void close() {}
};

/// A unix socket (which passes descriptors) or plain TCP.
class SocketTransport final : public Transport {
  public:
    SocketTransport(UniqueFd socket, bool passes_fds) : socket_(std::move(socket)), passes_fds_(passes_fds) {}

    int socket() const override { return socket_.get(); }
    bool passes_fds() const override { return passes_fds_; }
    protocol::Received read(std::span<std::uint8_t> into) override {
        return protocol::receive(socket_.get(), into);
    }
    std::size_t write(std::span<const std::uint8_t> data) override;
    std::size_t write_fds(std::span<const UniqueFd> fds) override;

  private:
    UniqueFd socket_;
    bool passes_fds_;
};

} // namespace yado::daemon
