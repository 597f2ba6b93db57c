// SPDX-License-Identifier: Apache-2.0
// The byte stream below a connection. All are non-blocking; the connection polls.
#pragma once

#include "base/unique_fd.h"
#include "client/target.h"
#include "protocol/fd_passing.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <sys/types.h>
#include <vector>

namespace yado::client {

class Transport {
  public:
    virtual ~Transport() = default;
    virtual int fd() const = 0;
    /// What is there; throws Error when the peer or the line fails.
    virtual protocol::Received read(std::span<std::uint8_t> into) = 0;
    /// Bytes taken, 0 when none can be now.
    virtual std::size_t write(std::span<const std::uint8_t> data) = 0;
    /// Has taken bytes that are not sent yet: call write() again, with or without more, when fd() is
    /// writable.
    virtual bool holds_output() const { return false; }
    /// Has bytes to read that poll() does not see.
    virtual bool holds_input() const { return false; }
    /// Only unix sockets pass descriptors; see protocol/fd_passing.h.
    virtual bool passes_fds() const { return false; }
    virtual std::size_t send_fds(std::span<const UniqueFd>) { return 0; }
    /// What a program in between wrote to its stderr, for the error text when it ends.
    virtual std::string complaint() { return {}; }
};

/// A connected unix socket, or with `passes_fds` false any other one.
class SocketTransport final : public Transport {
  public:
    explicit SocketTransport(UniqueFd socket, bool passes_fds = true);
    int fd() const override { return socket_.get(); }
    protocol::Received read(std::span<std::uint8_t> into) override;
    std::size_t write(std::span<const std::uint8_t> data) override;
    bool passes_fds() const override { return passes_fds_; }
    std::size_t send_fds(std::span<const UniqueFd> fds) override;

  private:
    UniqueFd socket_;
    bool passes_fds_;
};

/// A program whose input and output are the line: ssh, or the one of ext. Ended with the transport.
class ProgramTransport final : public Transport {
  public:
    /// Throws system_error when it cannot be started.
    explicit ProgramTransport(const std::vector<std::string>& argv);
    ~ProgramTransport() override;
    int fd() const override { return socket_.get(); }
    protocol::Received read(std::span<std::uint8_t> into) override;
    std::size_t write(std::span<const std::uint8_t> data) override;
    std::string complaint() override;

  private:
    UniqueFd socket_;
    UniqueFd errors_;
    pid_t child_ = -1;
};

/// Connected, the daemon started when a session needs it. Throws Error in libvirt's words.
std::unique_ptr<Transport> connect_transport(const Target& target, bool read_only);
/// A TCP connection to the first address that answers; non-blocking.
UniqueFd connect_tcp(const std::string& host, std::uint16_t port);
/// TLS over TCP, certificates checked both ways; has read the server's word that it accepts ours.
std::unique_ptr<Transport> connect_tls(const Target& target);

/// Non-blocking and close-on-exec.
void prepare_socket(int fd);

} // namespace yado::client
