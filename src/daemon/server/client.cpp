// SPDX-License-Identifier: Apache-2.0
#include "daemon/server/client.h"

#include "base/log.h"
#include "daemon/server/call.h"
#include "daemon/server/server.h"

#include <algorithm>
#include <new>
#include <utility>

namespace yado::daemon {
namespace {

constexpr std::size_t read_size = 16384;
/// Bytes waiting for the client from which on streams pause.
constexpr std::size_t stream_pause = 256 * 1024;
/// An output buffer that has grown past this is given back once it is empty.
constexpr std::size_t kept_output = 256 * 1024;

/// Runs a callback until dropped.
struct CloseHandle final : Loop::Handle::Impl {
    explicit CloseHandle(std::shared_ptr<std::function<void()>> what) : callback(std::move(what)) {}
    std::shared_ptr<std::function<void()>> callback;
};

Error as_error(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const Error& error) { return error; } catch (const std::bad_alloc&) {
        return Error(Code::no_memory, "");
    } catch (const std::exception& error) { return Error(Code::internal_error, error.what()); }
}

} // namespace

Client::Client(Server& server, std::uint64_t id, std::unique_ptr<Transport> transport, ClientOrigin origin)
    : server_(server), id_(id), transport_(std::move(transport)), origin_(std::move(origin)),
      peer_is_root_(origin_.identity.user == 0U), authenticated_(origin_.authenticated),
      read_only_(origin_.read_only), reader_(transport_->passes_fds() ? protocol::FrameReader::Fds::accepted
                                                                      : protocol::FrameReader::Fds::refused) {
}

Client::~Client() = default;

Loop& Client::loop() const { return server_.loop(); }

void Client::start() {
    const std::weak_ptr<Connection> weak = weak_from_this();
    watch_ = loop().watch(transport_->socket(), {.readable = true}, [weak](Loop::Ready ready) {
        if (const auto self = weak.lock()) static_cast<Client&>(*self).on_ready(ready);
    });
    handshake_timer_ = loop().after(handshake_limit, [weak] {
        if (const auto self = weak.lock())
            static_cast<Client&>(*self).close("the TLS handshake took too long");
    });
    on_ready({}); // the handshake, which is over at once without TLS
}

void Client::on_ready(Loop::Ready ready) {
    const auto self = shared_from_this(); // whatever happens below, this object stays until the end of it
    if (closed_) return;
    try {
        if (!hand_shaken_ && !shake_hands()) return;
        if (ready.writable) flush();
        if (closed_) return;
        if (ready.readable && wants_to_read()) {
            read_some();
        } else if (ready.hang_up) {
            close("the client has gone while answers were waiting for it");
        }
    } catch (const Error& error) {
        if (!hand_shaken_) log_warning("rpc", "{} was refused: {}", origin_.address, error.message());
        close(error.message());
    }
}

bool Client::shake_hands() {
    if (const auto wait = transport_->handshake()) {
        watch_.want(*wait);
        return false;
    }
    hand_shaken_ = true;
    handshake_timer_.reset();
    if (origin_.kind == TransportKind::tls) {
        origin_.identity.x509_dname = transport_->certificate_name();
        output_.push_back(1); // tells the client that its certificate was accepted
        flush();
    }
    if (!closed_) update_interest();
    return !closed_;
}

void Client::read_some() {
    do {
        const std::span<std::uint8_t> space = reader_.space(read_size);
        protocol::Received received = transport_->read(space);
        if (received.would_block) break;
        if (received.closed) {
            flush(); // for those who close their sending side early
            close("end of file");
            return;
        }
        if (keepalive_) {
            last_heard_ = loop().now();
            pings_unanswered_ = 0;
        }
        reader_.commit(received.size, std::move(received.fds));
        take_frames();
    } while (!closed_ && transport_->has_buffered() && wants_to_read());
    flush();
}

void Client::resume() {
    if (closed_) return;
    try {
        take_frames();
        flush();
    } catch (const Error& error) { close(error.message()); }
}

void Client::take_frames() {
    in_turn_ = true;
    stalled_ = false;
    for (;;) {
        if (closed_) break;
        if (!wants_to_read()) {
            stalled_ = true;
            break;
        }
        std::optional<protocol::Frame> frame = reader_.next();
        if (!frame) break;
        take_frame(*frame);
    }
    in_turn_ = false;
}

void Client::take_frame(protocol::Frame& frame) {
    const protocol::Header& header = frame.header;
    if (header.program == protocol::program::keepalive && header.version == protocol::protocol_version &&
        header.type == protocol::MessageType::message) {
        if (header.procedure == static_cast<std::int32_t>(protocol::Keepalive::ping)) {
            protocol::append_keepalive(output_, protocol::Keepalive::pong);
        }
        return;
    }
    switch (header.type) {
    case protocol::MessageType::call:
    case protocol::MessageType::call_with_fds: take_call(frame); break;
    case protocol::MessageType::stream:
    case protocol::MessageType::stream_hole: take_stream_packet(frame); break;
    default: log_debug("rpc", "client {}: message of type {} ignored", id_, static_cast<int>(header.type));
    }
}

void Client::take_stream_packet(protocol::Frame& frame) {
    const auto found = streams_.find(frame.header.key());
    if (found == streams_.end()) return; // late packets of a stream that is over
    const auto stream = found->second;
    stream->packet(frame);
}

bool Client::must_park(const protocol::Header& header) const {
    if (in_progress_ < server_.limits().max_client_requests && parked_.empty()) return false;
    const Registry::Entry entry = server_.registry().find(header.program, header.procedure);
    if (entry.procedure == nullptr || entry.info->high_priority) return false;
    return entry.procedure->waits || server_.access() != nullptr;
}

void Client::take_call(protocol::Frame& frame) {
    if (must_park(frame.header)) {
        parked_bytes_ += frame.payload.size();
        parked_.push_back(
            {frame.header, protocol::Blob(frame.payload.begin(), frame.payload.end()), std::move(frame.fds)});
        return;
    }
    dispatch(frame.header, frame.payload, frame.fds);
}

void Client::dispatch(const protocol::Header& header, std::span<const std::uint8_t> payload,
                      std::vector<UniqueFd>& fds) noexcept {
    try {
        const Registry& registry = server_.registry();
        if (!registry.serves(header.program, header.version)) {
            fail(ErrorSource::rpc, Code::rpc, "Cannot find program {} version {}", header.program,
                 header.version);
        }
        if (header.status != protocol::Status::ok) {
            fail(ErrorSource::rpc, Code::rpc, "Unexpected message status {}",
                 static_cast<int>(header.status));
        }
        const Registry::Entry entry = registry.find(header.program, header.procedure);
        if (entry.info == nullptr)
            fail(ErrorSource::rpc, Code::rpc, "unknown procedure: {}", header.procedure);
        if (!authenticated_ && (entry.procedure == nullptr || entry.procedure->needs != Needs::nothing)) {
            fail(ErrorSource::rpc, Code::rpc, "authentication required");
        }
        if (server_.draining())
            fail(ErrorSource::rpc, Code::operation_aborted, "the daemon is shutting down");
        Call call(*this, header, payload, fds, entry);
        if (entry.procedure != nullptr) {
            entry.procedure->invoke(call);
            return;
        }
        // nobody answers it, yet everything else about it is judged as usual
        protocol::Body body(*entry.info->args);
        protocol::XdrReader reader(payload);
        body.walk(reader);
        if (!open_) fail(ErrorSource::rpc, Code::internal_error, "hypervisor connection not open");
        if (read_only_ && !entry.info->readonly) call.refuse_read_only();
        call.refuse_unsupported();
    } catch (...) { answer_failure(header, std::current_exception()); }
}

void Client::reply(const protocol::Header& call, protocol::BodyView body, std::vector<UniqueFd>* fds) {
    if (closed_) return;
    if (fds != nullptr && !fds->empty()) {
        if (!transport_->passes_fds()) {
            fail(ErrorSource::rpc, Code::rpc, "this connection cannot pass file descriptors");
        }
        protocol::append_reply(output_, call, body, static_cast<std::uint32_t>(fds->size()));
        outgoing_fds_.push_back({output_.size(), std::move(*fds)});
    } else {
        protocol::append_reply(output_, call, body);
    }
    flush_soon();
}

// Every failure of every call passes here, and only here becomes a message.
void Client::answer_failure(const protocol::Header& call, const std::exception_ptr& failure) noexcept {
    if (closed_) return;
    const Error error = as_error(failure);
    log_debug("rpc", "client {}: call {}: {}", id_, call.procedure, error.message());
    for (const std::string& more : error.more()) log_debug("rpc", "client {}: {}", id_, more);
    protocol::append_error(output_, call, error);
    flush_soon();
}

void Client::begin_pending() {
    ++in_progress_;
    server_.call_began();
}

void Client::end_pending() {
    --in_progress_;
    server_.call_ended();
    if (!parked_.empty() && !resume_posted_ && !closed_) {
        resume_posted_ = true;
        const std::weak_ptr<Connection> weak = weak_from_this();
        loop().post([weak] {
            if (const auto self = weak.lock()) static_cast<Client&>(*self).unpark();
        });
    }
}

void Client::unpark() {
    resume_posted_ = false;
    while (!closed_ && !parked_.empty() && in_progress_ < server_.limits().max_client_requests) {
        Parked next = std::move(parked_.front());
        parked_.pop_front();
        parked_bytes_ -= next.payload.size();
        dispatch(next.header, next.payload, next.fds);
    }
    if (stalled_) {
        resume();
    } else {
        flush();
    }
}

// --- output ---

std::size_t Client::bytes_waiting() const { return output_.size() - sent_; }

bool Client::wants_to_read() const {
    if (closed_ || close_when_sent_ || wrap_ || bytes_waiting() >= output_pause) return false;
    if (parked_.size() >= parked_limit || parked_bytes_ >= parked_bytes_limit) return false;
    return std::ranges::none_of(streams_, [](const auto& each) { return each.second->queue_is_long(); });
}

bool Client::write_output() {
    if (transport_->wants_write()) {
        transport_->write({});
        if (transport_->wants_write()) return false;
    }
    for (;;) {
        const std::size_t limit = outgoing_fds_.empty() ? output_.size() : outgoing_fds_.front().after;
        if (sent_ < limit) {
            const std::size_t written = transport_->write({output_.data() + sent_, limit - sent_});
            if (written == 0) break;
            sent_ += written;
            continue;
        }
        if (outgoing_fds_.empty()) break;
        OutgoingFds& next = outgoing_fds_.front();
        next.sent += transport_->write_fds(std::span(next.fds).subspan(next.sent));
        if (next.sent < next.fds.size()) break;
        outgoing_fds_.pop_front();
    }
    if (sent_ == output_.size() && outgoing_fds_.empty()) {
        output_.clear();
        sent_ = 0;
        if (output_.capacity() > kept_output) protocol::Blob().swap(output_);
        return !transport_->wants_write();
    }
    if (sent_ >= output_pause) { // a slow reader of much: do not keep what it has
        output_.erase(output_.begin(), output_.begin() + static_cast<std::ptrdiff_t>(sent_));
        for (OutgoingFds& each : outgoing_fds_) each.after -= sent_;
        sent_ = 0;
    }
    return false;
}

void Client::flush() {
    if (closed_ || !hand_shaken_) return;
    bool all_sent = false;
    try {
        all_sent = write_output();
        if (all_sent && wrap_) replace_transport();
    } catch (const Error& error) {
        close(error.message());
        return;
    }
    if (all_sent && close_when_sent_) {
        close("closed as the client asked");
        return;
    }
    if (all_sent && !streams_.empty()) {
        std::vector<std::shared_ptr<Stream>> streams;
        for (const auto& [key, stream] : streams_) streams.push_back(stream);
        for (const auto& stream : streams) stream->output_drained();
        if (closed_) return;
    }
    update_interest();
}

void Client::update_interest() {
    if (closed_ || !watch_) return;
    const bool read = wants_to_read();
    const bool write = bytes_waiting() > 0 || !outgoing_fds_.empty() || transport_->wants_write();
    watch_.want({.readable = read, .writable = write, .hang_up = !read});
    if (read && stalled_ && !flush_posted_) flush_soon();
}

void Client::flush_soon() {
    if (in_turn_ || flush_posted_ || closed_) return;
    flush_posted_ = true;
    const std::weak_ptr<Connection> weak = weak_from_this();
    loop().post([weak] {
        const auto self = weak.lock();
        if (!self) return;
        auto& client = static_cast<Client&>(*self);
        client.flush_posted_ = false;
        if (client.stalled_ && client.wants_to_read()) {
            client.resume();
        } else {
            client.flush();
        }
    });
}

void Client::replace_transport() {
    if (reader_.buffered() > 0) fail(Code::rpc, "data before the security layer was agreed on");
    const auto wrap = std::exchange(wrap_, nullptr);
    transport_ = wrap(std::move(transport_));
}

void Client::replace_transport_after_reply(
    std::function<std::unique_ptr<Transport>(std::unique_ptr<Transport>)> wrap) {
    wrap_ = std::move(wrap);
}

bool Client::may_send_event() {
    if (closed_ || close_when_sent_) return false;
    if (bytes_waiting() < output_limit) return true;
    log_warning("rpc", "client {} does not read: {} bytes of answers and events wait; closing it", id_,
                bytes_waiting());
    // not in here: the event may be one of many that a call in progress sends
    const std::weak_ptr<Connection> weak = weak_from_this();
    close_when_sent_ = true;
    loop().post([weak] {
        if (const auto self = weak.lock()) static_cast<Client&>(*self).close("does not read its events");
    });
    return false;
}

// --- streams ---

void Client::add_stream(std::shared_ptr<Stream> stream) {
    if (closed_) {
        stream->peer_gone();
        return;
    }
    const protocol::CallKey key = stream->key();
    if (!streams_.emplace(key, stream).second) {
        stream->abort(Error(Code::rpc, "a stream with this serial is open already", ErrorSource::rpc));
    }
}

bool Client::stream_congested() const { return bytes_waiting() > stream_pause; }

void Client::stream_queue_changed() { flush_soon(); }

void Client::stream_over(const protocol::CallKey& key) { streams_.erase(key); }

// --- life ---

void Client::set_authenticated() {
    if (authenticated_) return;
    authenticated_ = true;
    server_.client_authenticated();
}

void Client::open(Driver* driver, std::string uri, bool read_only) {
    driver_ = driver;
    uri_ = std::move(uri);
    read_only_ = read_only_ || read_only;
    open_ = true;
}

Loop::Handle Client::on_close(std::function<void()> callback) {
    auto shared = std::make_shared<std::function<void()>>(std::move(callback));
    on_close_.remove_if([](const auto& each) { return each.expired(); });
    on_close_.push_back(shared);
    return Loop::Handle(std::make_unique<CloseHandle>(std::move(shared)));
}

void Client::close_when_sent() {
    close_when_sent_ = true;
    flush_soon();
}

void Client::close(std::string_view why) {
    if (closed_) return;
    const auto self = std::static_pointer_cast<Client>(shared_from_this());
    closed_ = true;
    log_debug("rpc", "client {} on {}: {}", id_, server_.name(), why);
    watch_.reset();
    handshake_timer_.reset();
    keepalive_timer_.reset();
    stop_.request_stop();
    const auto streams = std::exchange(streams_, {});
    for (const auto& [key, stream] : streams) stream->peer_gone();
    parked_.clear();
    transport_->close();
    const auto callbacks = std::exchange(on_close_, {});
    for (const auto& each : callbacks) {
        if (const auto callback = each.lock()) (*callback)();
    }
    data_.clear();
    server_.client_closed(*this);
    // calls in progress may keep this object, but neither the socket nor the buffers
    loop().post([self] {
        self->transport_.reset();
        protocol::Blob().swap(self->output_);
        self->outgoing_fds_.clear();
    });
}

// --- keepalive ---

void Client::start_keepalive() {
    if (keepalive_ || server_.limits().keepalive_interval <= 0) return;
    keepalive_ = true;
    last_heard_ = loop().now();
    arm_keepalive();
}

void Client::arm_keepalive() {
    const std::chrono::seconds interval(server_.limits().keepalive_interval);
    const std::weak_ptr<Connection> weak = weak_from_this();
    const auto from = pings_unanswered_ > 0 ? loop().now() : last_heard_;
    keepalive_timer_ = loop().at(from + interval, [weak] {
        if (const auto self = weak.lock()) static_cast<Client&>(*self).keepalive_due();
    });
}

void Client::keepalive_due() {
    const std::chrono::seconds interval(server_.limits().keepalive_interval);
    if (closed_) return;
    if (interval.count() <= 0) { // switched off meanwhile
        keepalive_ = false;
        return;
    }
    // a client that is not being read because of us cannot be blamed for its silence
    const bool silent = loop().now() - last_heard_ >= interval && wants_to_read();
    if (silent) {
        if (pings_unanswered_ >= server_.limits().keepalive_count) {
            log_warning("rpc", "client {} has not answered {} keepalive messages in {} seconds; closing it",
                        id_, pings_unanswered_,
                        std::chrono::duration_cast<std::chrono::seconds>(loop().now() - last_heard_).count());
            close("keepalive");
            return;
        }
        ++pings_unanswered_;
        protocol::append_keepalive(output_, protocol::Keepalive::ping);
        flush_soon();
    } else {
        pings_unanswered_ = 0;
        if (!wants_to_read()) last_heard_ = loop().now();
    }
    arm_keepalive();
}

} // namespace yado::daemon
