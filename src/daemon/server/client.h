// SPDX-License-Identifier: Apache-2.0
// One connected client: reads its socket, cuts messages, has calls answered, writes answers and events.
// Everything runs on the state thread. What a client can make the daemon hold is bounded: calls in progress,
// calls that wait, bytes that wait to be sent, bytes that wait for a stream's descriptor.
#pragma once

#include "base/async/loop.h"
#include "daemon/server/registry.h"
#include "daemon/server/services.h"
#include "daemon/server/stream.h"
#include "daemon/server/transport.h"
#include "protocol/frame.h"
#include "service/call.h"

#include <chrono>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace yado::daemon {

class Client;
class Server;
struct Driver;

enum class Auth : std::uint8_t { none = 0, sasl = 1, polkit = 2 }; ///< numbers as AUTH_LIST sends them
enum class TransportKind : std::uint8_t { unix_socket = 0, tcp = 1, tls = 2 }; ///< virClientTransport

/// How a client came in.
struct ClientOrigin {
    TransportKind kind = TransportKind::unix_socket;
    bool read_only = false;
    Auth auth = Auth::none;
    bool authenticated = false; ///< no AUTH_LIST is asked for (the administrative socket)
    std::string address; ///< of the peer, "127.0.0.1:4711"; for Unix sockets "/run/…;0" as libvirt shows it
    service::Identity identity = {};
};

class Client final : public service::Connection, private StreamPeer {
  public:
    /// Bytes waiting to be sent from which on no further calls are read.
    static constexpr std::size_t output_pause = 1 << 20;
    /// Bytes waiting to be sent at which an event ends the connection: the client does not read.
    static constexpr std::size_t output_limit = 16 << 20;
    /// Time for a TLS handshake, so that silent connections do not use up max_anonymous_clients.
    static constexpr std::chrono::seconds handshake_limit{60};
    /// Calls that wait because max_client_requests are in progress; past these the socket is not read.
    static constexpr std::size_t parked_limit = 64;
    static constexpr std::size_t parked_bytes_limit = 1 << 20;

    Client(Server& server, std::uint64_t id, std::unique_ptr<Transport> transport, ClientOrigin origin);
    ~Client() override;

    /// Begins with the handshake or with reading.
    void start();
    /// Ends the connection at once. `why` goes to the log.
    void close(std::string_view why);
    /// Ends it after everything that waits has been sent.
    void close_when_sent();

    // service::Connection
    bool read_only() const override { return read_only_; }
    bool closed() const override { return closed_; }
    const service::Identity& identity() const override { return origin_.identity; }
    const std::string& uri() const override { return uri_; }
    Loop::Handle on_close(std::function<void()> callback) override;

    // What the administrative calls tell.
    std::uint64_t id() const { return id_; }
    const ClientOrigin& origin() const { return origin_; }
    std::chrono::system_clock::time_point connected_at() const { return connected_at_; }
    bool authenticated() const { return authenticated_; }
    std::size_t calls_in_progress() const { return in_progress_; }
    std::size_t bytes_waiting() const;

    // What authentication and opening change.
    Server& server() const { return server_; }
    Loop& loop() const;
    Transport& transport() { return *transport_; }
    service::Identity& mutable_identity() { return origin_.identity; }
    /// What the socket told, whoever the client speaks for since.
    bool peer_is_root() const { return peer_is_root_; }
    void set_authenticated();
    void open(Driver* driver, std::string uri, bool read_only);
    bool is_open() const { return open_; }
    Driver* driver() const { return driver_; }
    /// Begins to ping the client (it has said that it knows the keepalive program).
    void start_keepalive();
    /// Wraps everything after the answer that is being given now.
    void
    replace_transport_after_reply(std::function<std::unique_ptr<Transport>(std::unique_ptr<Transport>)> wrap);
    /// Data that belongs to this connection alone (registered callbacks, a SASL negotiation). Created on
    /// first use.
    template <class T> T& data() {
        const std::size_t slot = detail::service_slot<T>();
        if (data_.size() <= slot) data_.resize(slot + 1);
        if (!data_[slot]) data_[slot] = std::make_shared<T>();
        return *static_cast<T*>(data_[slot].get());
    }

    /// Sends an event. A client that does not read loses its connection rather than the daemon its memory.
    template <class Event> void send_event(const Event& event) {
        if (!may_send_event()) return;
        protocol::append_event(output_, event);
        flush_soon();
    }

    // For Call and PendingCall.
    void reply(const protocol::Header& call, protocol::BodyView body, std::vector<UniqueFd>* fds);
    void answer_failure(const protocol::Header& call, const std::exception_ptr& failure) noexcept;
    std::stop_token stop_token() const { return stop_.get_token(); }
    void begin_pending();
    void end_pending();
    void add_stream(std::shared_ptr<Stream> stream);
    StreamPeer& stream_peer() { return *this; }

  private:
    struct Parked {
        protocol::Header header;
        protocol::Blob payload;
        std::vector<UniqueFd> fds;
    };
    struct OutgoingFds {
        std::size_t after; ///< offset in output_
        std::vector<UniqueFd> fds;
        std::size_t sent = 0;
    };
    void on_ready(Loop::Ready ready);
    bool shake_hands();
    void read_some();
    void resume();
    void take_frames();
    void take_frame(protocol::Frame& frame);
    void take_call(protocol::Frame& frame);
    void take_stream_packet(protocol::Frame& frame);
    void dispatch(const protocol::Header& header, std::span<const std::uint8_t> payload,
                  std::vector<UniqueFd>& fds) noexcept;
    void unpark();
    bool wants_to_read() const;
    bool must_park(const protocol::Header& header) const;
    void replace_transport();
    void flush();
    void flush_soon();
    bool write_output();
    void update_interest();
    bool may_send_event();
    void keepalive_due();
    void arm_keepalive();

    // StreamPeer
    Loop& stream_loop() override { return loop(); }
    protocol::Blob& stream_output() override { return output_; }
    void stream_written() override { flush_soon(); }
    bool stream_congested() const override;
    void stream_queue_changed() override;
    void stream_over(const protocol::CallKey& key) override;

    Server& server_;
    const std::uint64_t id_;
    std::unique_ptr<Transport> transport_;
    ClientOrigin origin_;
    const std::chrono::system_clock::time_point connected_at_ = std::chrono::system_clock::now();
    std::function<std::unique_ptr<Transport>(std::unique_ptr<Transport>)> wrap_;
    Loop::Watch watch_;
    bool hand_shaken_ = false;
    const bool peer_is_root_;
    bool authenticated_;
    bool read_only_;
    bool open_ = false;
    bool closed_ = false;
    bool close_when_sent_ = false;
    bool in_turn_ = false; ///< messages are being taken: flush at the end of it
    bool stalled_ = false; ///< messages may lie in reader_ that were not taken yet
    bool resume_posted_ = false;
    bool flush_posted_ = false;
    Driver* driver_ = nullptr;
    std::string uri_;

    protocol::FrameReader reader_;
    protocol::Blob output_;
    std::size_t sent_ = 0;
    std::deque<OutgoingFds> outgoing_fds_;

    std::size_t in_progress_ = 0;
    std::deque<Parked> parked_;
    std::size_t parked_bytes_ = 0;
    std::map<protocol::CallKey, std::shared_ptr<Stream>> streams_;
    std::vector<std::shared_ptr<void>> data_;
    std::stop_source stop_;
    std::list<std::weak_ptr<std::function<void()>>> on_close_;

    Loop::Timer handshake_timer_;
    Loop::Timer keepalive_timer_;
    Loop::TimePoint last_heard_{};
    unsigned pings_unanswered_ = 0;
    bool keepalive_ = false;
};

} // namespace yado::daemon
