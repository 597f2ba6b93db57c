// SPDX-License-Identifier: Apache-2.0
// A connection to a daemon that speaks libvirt's protocol. Blocking and single-threaded: call() sends and
// waits, and while anything waits here, events are kept, streams filled and keepalive pings answered.
#pragma once

#include "base/unique_fd.h"
#include "client/stream.h"
#include "client/target.h"
#include "protocol/frame.h"

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <poll.h>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace yado::client {

class Transport;

/// Asks the person in front of the terminal; nothing when they decline. `echo` is false for secrets.
using Prompt = std::function<std::optional<std::string>(std::string_view question, bool echo)>;

struct ConnectOptions {
    bool read_only = false;
    std::chrono::seconds keepalive_interval{5}; ///< between own pings; 0: none are sent
    unsigned keepalive_count = 6;               ///< pings unanswered before the connection counts as dead
    Prompt prompt;                              ///< may be empty: then only auth.conf gives credentials
    bool polkit_agent = true;                   ///< start pkttyagent when polkit finds no agent
};

struct Event {
    protocol::ProcedureId id;
    protocol::Blob payload;

    /// The event's structure: `if (event.is<DomainEventLifecycle>()) event.as<…>()`.
    template <class T> bool is() const { return id == T::procedure; }
    template <class T> T as() const { return protocol::decode<T>(payload); }
};
using EventHandler = std::function<void(const Event&)>;

struct Reply {
    protocol::Blob payload;
    std::vector<UniqueFd> fds;
};

/// A call on its way. Not taking the answer drops it when it comes.
template <class Args> struct PendingCall {
    std::uint32_t serial = 0;
};

class Connection {
  public:
    /// Connects, authenticates and opens: `uri` as the user gave it, aliases and defaults already put in
    /// (default_uri.h); empty lets the daemon choose. Throws Error as stock clients print it.
    static std::unique_ptr<Connection> open(std::string_view uri, ConnectOptions options = {});
    /// The same over a connected socket, for tests and helpers: no name, driver by `name`.
    static std::unique_ptr<Connection> open_on(std::unique_ptr<Transport> transport, const Target& target,
                                               ConnectOptions options = {});
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Throws the daemon's Error word for word, or Error(rpc) when the connection breaks.
    template <class Args> typename Args::Result call(const Args& args, std::span<const UniqueFd> fds = {}) {
        return finish(call_async(args, fds));
    }
    /// Descriptors that came with the last reply taken.
    std::vector<UniqueFd> take_fds() { return std::move(reply_fds_); }

    /// Several calls at once: send them all, then finish() each. Answers may come in any order.
    template <class Args> PendingCall<Args> call_async(const Args& args, std::span<const UniqueFd> fds = {}) {
        const std::uint32_t serial = serial_++;
        const auto count = fds.empty() ? std::nullopt : std::optional<std::uint32_t>(fds.size());
        protocol::append_call(output_, serial, args, count);
        expect(serial, fds);
        return {serial};
    }
    template <class Args> typename Args::Result finish(PendingCall<Args> pending) {
        Reply reply = await(pending.serial);
        reply_fds_ = std::move(reply.fds);
        return protocol::decode<typename Args::Result>(reply.payload);
    }
    template <class Args> bool answered(const PendingCall<Args>& pending) const {
        return replies_.contains(pending.serial);
    }

    /// For calls that open a stream. The result of the call comes back through `result`.
    template <class Args>
    std::unique_ptr<Stream> open_stream(const Args& args, typename Args::Result* result = nullptr) {
        const auto pending = call_async(args);
        auto stream = attach_stream({Args::procedure.program, Args::procedure.number, pending.serial});
        auto answer = finish(pending);
        if (result != nullptr) *result = std::move(answer);
        return stream;
    }

    /// Gets every event that comes, from inside wait() only; set before registering. It may make calls.
    void on_event(EventHandler handler) { on_event_ = std::move(handler); }
    /// Waits until something came from the daemon, one of `others` is ready (its revents set), or the time is
    /// over; a negative time waits for ever. A signal ends the waiting too. Returns false when the time was
    /// over. Throws Error(rpc) when the connection breaks.
    bool wait(std::chrono::milliseconds timeout, std::span<pollfd> others = {});

    /// Whether the daemon can do this (Feature of protocol/features.h); asked once each.
    bool supports(std::int32_t feature);
    /// As the daemon names itself: the URI given, else what the daemon chose.
    const std::string& uri() const { return uri_; }
    bool read_only() const { return read_only_; }
    bool alive() const { return !broken_; }
    /// Tells the daemon and closes; errors are of no interest then.
    void close() noexcept;

  private:
    friend class Stream;
    struct Answer {
        Reply reply;
        std::optional<Error> error;
    };

    Connection(std::unique_ptr<Transport> transport, ConnectOptions options);
    void start(const Target& target);
    void authenticate(const Target& target);
    void expect(std::uint32_t serial, std::span<const UniqueFd> fds);
    Reply await(std::uint32_t serial);
    std::unique_ptr<Stream> attach_stream(protocol::CallKey key);
    void detach_stream(const protocol::CallKey& key) { streams_.erase(key); }
    void flush();
    bool pump(std::chrono::milliseconds timeout, std::span<pollfd> others, bool until_written);
    void write_some();
    void read_some();
    void take(protocol::Frame& frame);
    void check_keepalive();
    [[noreturn]] void broke(const Error& error);

    std::unique_ptr<Transport> transport_;
    ConnectOptions options_;
    protocol::FrameReader reader_;
    protocol::Blob output_;
    std::size_t written_ = 0;                                 ///< of output_
    std::deque<std::pair<std::size_t, UniqueFd>> output_fds_; ///< sent when written_ reaches the position
    std::uint32_t serial_ = 0;
    std::map<std::uint32_t, bool> outstanding_; ///< true: somebody waits
    std::map<std::uint32_t, Answer> replies_;
    std::vector<UniqueFd> reply_fds_;
    std::map<protocol::CallKey, Stream*> streams_;
    std::deque<Event> events_;
    EventHandler on_event_;
    std::map<std::int32_t, bool> features_;
    std::string uri_;
    bool read_only_ = false;
    bool opened_ = false;
    std::optional<Error> broken_;
    bool keepalive_ = false;
    unsigned unanswered_ = 0;
    std::chrono::steady_clock::time_point last_heard_{};
};

} // namespace yado::client
