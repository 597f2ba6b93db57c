// SPDX-License-Identifier: Apache-2.0
// What a handler knows of the call it answers: who asks, over which connection, with which descriptors, and
// how to attach a stream. The daemon implements Connection and Streams; services only use them.
//
// A handler is a member function of a service, `Reply name(CallContext&, Args)` for what is answered from
// memory or `Task<Reply> name(CallContext, Args)` for what must wait. It throws yado::Error; a reply without
// members is void.
#pragma once

#include "base/async/loop.h"
#include "base/error.h"
#include "base/unique_fd.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace yado::service {

/// Who is at the other end, as far as the transport tells.
struct Identity {
    std::optional<uid_t> user;
    std::optional<gid_t> group;
    std::optional<pid_t> process;
    std::uint64_t process_start = 0; ///< clock ticks since boot, from /proc/PID/stat
    std::string user_name;
    std::string group_name;
    std::string sasl_user_name;
    std::string x509_dname;
    std::string selinux_context;
};

/// A client's connection, alive as long as somebody holds it; calls may outlast the socket.
class Connection : public std::enable_shared_from_this<Connection> {
  public:
    virtual ~Connection() = default;
    virtual bool read_only() const = 0;
    virtual bool closed() const = 0;
    virtual const Identity& identity() const = 0;
    /// The URI the client opened, e.g. "qemu:///system".
    virtual const std::string& uri() const = 0;
    /// Calls `callback` when the connection has closed, for whatever reason; drop the handle to be left
    /// alone.
    [[nodiscard]] virtual Loop::Handle on_close(std::function<void()> callback) = 0;
};

/// Why a stream ended, for the service that attached it.
enum class StreamEnd { finished, aborted, peer_gone, failed };

/// Bytes between one descriptor and the client's stream.
struct StreamPipe {
    UniqueFd fd; ///< non-blocking where it can be polled; a regular file is read on the worker pool
    bool to_client = false;                   ///< read from fd, send; end of file is sent as the empty packet
    bool from_client = false;                 ///< write what the client sends to fd
    bool sparse = false;                      ///< holes travel as such (regular files)
    std::uint64_t offset = 0;                 ///< regular files: where to begin
    std::optional<std::uint64_t> length = {}; ///< regular files: at most this many bytes; none = to the end
    std::function<void(StreamEnd)> ended = {}; ///< called once on the state thread
};

/// The service's end of an attached stream.
class StreamHandle {
  public:
    virtual ~StreamHandle() = default;
    /// Sends `error` as the stream's error and ends it.
    virtual void abort(const Error& error) = 0;
};

/// Implemented by the daemon, one per call of a stream procedure.
class StreamPort {
  public:
    virtual ~StreamPort() = default;
    /// The stream starts after the call's reply has gone out; nothing starts when the handler throws
    /// afterwards.
    virtual std::shared_ptr<StreamHandle> attach(StreamPipe pipe) = 0;
};

struct CallContext {
    std::shared_ptr<Connection> connection;
    std::string_view procedure;                            ///< e.g. "DOMAIN_CREATE"
    std::shared_ptr<std::vector<UniqueFd>> fds = {};       ///< received with the call; null when none
    std::shared_ptr<std::vector<UniqueFd>> reply_fds = {}; ///< put here what goes out with the reply
    std::shared_ptr<StreamPort> stream = {};               ///< stream procedures only
    std::stop_token stop = {};                             ///< the client has gone or the daemon shuts down
};

} // namespace yado::service
