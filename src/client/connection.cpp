// SPDX-License-Identifier: Apache-2.0
#include "client/connection.h"

#include "client/auth.h"
#include "client/transport.h"
#include "client/uri.h"
#include "protocol/auth_calls.h"
#include "protocol/connect_calls.h"
#include "protocol/constants.h"
#include "protocol/error_wire.h"
#include "protocol/features.h"

#include <algorithm>
#include <unistd.h>

namespace yado::client {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
constexpr milliseconds for_ever{-1};
constexpr std::size_t events_max = 65536; ///< that came while calls were awaited

Error closed_error() { return Error(Code::internal_error, "client socket is closed", ErrorSource::rpc); }

} // namespace

Connection::Connection(std::unique_ptr<Transport> transport, ConnectOptions options)
    : transport_(std::move(transport)), options_(std::move(options)),
      reader_(transport_->passes_fds() ? protocol::FrameReader::Fds::accepted
                                       : protocol::FrameReader::Fds::refused),
      last_heard_(Clock::now()) {}

Connection::~Connection() { close(); }

std::unique_ptr<Connection> Connection::open(std::string_view uri, ConnectOptions options) {
    const Target target = uri.empty() ? default_target(::geteuid()) : target_of(parse_uri(uri));
    auto transport = connect_transport(target, options.read_only);
    auto connection = open_on(std::move(transport), target, std::move(options));
    if (!uri.empty()) connection->uri_ = uri;
    return connection;
}

std::unique_ptr<Connection> Connection::open_on(std::unique_ptr<Transport> transport, const Target& target,
                                                ConnectOptions options) {
    std::unique_ptr<Connection> connection(new Connection(std::move(transport), std::move(options)));
    connection->start(target);
    return connection;
}

void Connection::start(const Target& target) {
    authenticate(target);
    if (options_.keepalive_interval.count() > 0)
        keepalive_ = call(protocol::ConnectSupportsFeatureArgs{protocol::Feature::keepalive}).supported != 0;
    read_only_ = options_.read_only;
    call(protocol::ConnectOpenArgs{target.name, read_only_ ? protocol::ConnectFlags::ro : 0U});
    opened_ = true;
    if (target.name.empty()) uri_ = call(protocol::ConnectGetUriArgs{}).uri;
    else uri_ = target.name;
}

void Connection::authenticate(const Target& target) {
    const auto types = call(protocol::AuthListArgs{}).types;
    const auto offered = [&types](protocol::AuthType type) {
        return std::ranges::find(types, type) != types.end();
    };
    if (types.empty() || offered(protocol::AuthType::none)) return;
    if (offered(protocol::AuthType::sasl)) {
        transport_ = authenticate_sasl(*this, transport_, target, options_.prompt);
        return;
    }
    if (!offered(protocol::AuthType::polkit))
        fail(ErrorSource::remote, Code::auth_failed, "unsupported authentication type {}",
             static_cast<int>(types.front()));
    authenticate_polkit(*this, options_.polkit_agent);
}

bool Connection::supports(std::int32_t feature) {
    if (const auto known = features_.find(feature); known != features_.end()) return known->second;
    const bool answer = call(protocol::ConnectSupportsFeatureArgs{feature}).supported != 0;
    return features_[feature] = answer;
}

void Connection::close() noexcept {
    if (broken_) return;
    try {
        if (opened_) call(protocol::ConnectCloseArgs{});
    } catch (const std::exception&) { // gone already
    }
    broken_ = closed_error();
    transport_.reset();
}

void Connection::expect(std::uint32_t serial, std::span<const UniqueFd> fds) {
    if (broken_) throw Error(*broken_);
    if (!fds.empty() && !transport_->passes_fds())
        fail(ErrorSource::rpc, Code::config_unsupported, "FD passing is not supported on this connection");
    for (const UniqueFd& fd : fds) {
        UniqueFd copy(::dup(fd.get()));
        if (!copy) fail_errno("Cannot duplicate file descriptor");
        output_fds_.emplace_back(output_.size(), std::move(copy));
    }
    outstanding_.emplace(serial, true);
    write_some();
}

Reply Connection::await(std::uint32_t serial) {
    for (;;) {
        if (const auto found = replies_.find(serial); found != replies_.end()) {
            Answer answer = std::move(found->second);
            replies_.erase(found);
            if (answer.error) throw Error(*answer.error);
            return std::move(answer.reply);
        }
        if (broken_) throw Error(*broken_);
        pump(for_ever, {}, false);
    }
}

std::unique_ptr<Stream> Connection::attach_stream(protocol::CallKey key) {
    auto stream = std::make_unique<Stream>(*this, key);
    streams_[key] = stream.get();
    return stream;
}

void Connection::flush() {
    while (written_ < output_.size() || transport_->holds_output()) pump(for_ever, {}, true);
}

bool Connection::wait(milliseconds timeout, std::span<pollfd> others) {
    if (broken_) throw Error(*broken_);
    if (!events_.empty()) timeout = milliseconds(0);
    const bool something = pump(timeout, others, false);
    bool handled = false;
    for (; !events_.empty(); handled = true) {
        const Event event = std::move(events_.front());
        events_.pop_front();
        on_event_(event);
    }
    return something || handled;
}

bool Connection::pump(milliseconds timeout, std::span<pollfd> others, bool until_written) {
    const auto end = Clock::now() + timeout;
    for (;;) {
        write_some();
        const bool writing = written_ < output_.size() || transport_->holds_output();
        if (until_written && !writing) return true;
        std::vector<pollfd> waiting{
            {transport_->fd(), static_cast<short>(POLLIN | (writing ? POLLOUT : 0)), 0}};
        waiting.insert(waiting.end(), others.begin(), others.end());
        milliseconds left = timeout;
        if (timeout.count() >= 0)
            left = std::max(milliseconds(0), std::chrono::ceil<milliseconds>(end - Clock::now()));
        if (keepalive_ && (left.count() < 0 || left > options_.keepalive_interval))
            left = options_.keepalive_interval;
        if (transport_->holds_input()) left = milliseconds(0);
        const int ready = ::poll(waiting.data(), waiting.size(), static_cast<int>(left.count()));
        if (ready < 0) {
            if (errno != EINTR) fail_errno("poll on socket failed");
            return true;
        }
        std::copy(waiting.begin() + 1, waiting.end(), others.begin());
        check_keepalive();
        if ((waiting[0].revents & ~POLLOUT) != 0 || transport_->holds_input()) {
            read_some();
            return true;
        }
        if (std::ranges::any_of(others, [](const pollfd& other) { return other.revents != 0; })) return true;
        if (timeout.count() >= 0 && Clock::now() >= end) return false;
    }
}

void Connection::write_some() {
    try {
        while (!broken_) {
            // descriptors go out exactly between their message and the next
            const std::size_t stop = output_fds_.empty() ? output_.size() : output_fds_.front().first;
            if (written_ < stop) {
                const std::size_t size =
                    transport_->write(std::span(output_).subspan(written_, stop - written_));
                if (size == 0) return;
                written_ += size;
            } else if (!output_fds_.empty()) {
                if (transport_->send_fds({&output_fds_.front().second, 1}) == 0) return;
                output_fds_.pop_front();
            } else {
                if (transport_->holds_output()) transport_->write({});
                break;
            }
        }
    } catch (const Error& error) {
        // what the daemon said before it closed is still to be read, and says why
        if (!transport_->holds_input() && error.system_errno() != EPIPE && error.system_errno() != ECONNRESET)
            broke(error);
        written_ = output_.size();
        output_fds_.clear();
    }
    if (written_ == output_.size()) {
        output_.clear();
        written_ = 0;
    }
}

void Connection::read_some() {
    protocol::Received received;
    try {
        received = transport_->read(reader_.space(65536));
        reader_.commit(received.size, std::move(received.fds));
        while (auto frame = reader_.next()) take(*frame);
    } catch (const Error& error) {
        if (!broken_) broke(error);
        throw;
    }
    if (!received.closed) return;
    if (const std::string words = transport_->complaint(); !words.empty())
        broke(Error(Code::system_error, fmt::format("Cannot recv data: {}: Connection reset by peer", words),
                    ErrorSource::rpc));
    broke(system_error(EIO, "End of file while reading data").set_source(ErrorSource::rpc));
}

void Connection::broke(const Error& error) {
    broken_ = error;
    for (auto& [key, stream] : streams_) {
        stream->confirmed_ = true;
        stream->failure_ = error;
    }
    throw Error(error);
}

void Connection::check_keepalive() {
    if (!keepalive_ || Clock::now() - last_heard_ < options_.keepalive_interval * (unanswered_ + 1)) return;
    if (unanswered_ >= options_.keepalive_count)
        broke(Error(Code::internal_error, "connection closed due to keepalive timeout", ErrorSource::rpc));
    ++unanswered_;
    protocol::append_keepalive(output_, protocol::Keepalive::ping);
}

void Connection::take(protocol::Frame& frame) {
    using protocol::MessageType;
    last_heard_ = Clock::now();
    unanswered_ = 0;
    const protocol::Header& header = frame.header;
    switch (header.type) {
    case MessageType::reply:
    case MessageType::reply_with_fds: {
        if (outstanding_.erase(header.serial) == 0) return;
        Answer answer;
        if (header.status == protocol::Status::ok) {
            answer.reply = {{frame.payload.begin(), frame.payload.end()}, std::move(frame.fds)};
        } else {
            answer.error = protocol::from_wire(protocol::decode<protocol::WireError>(frame.payload));
            if (const auto stream = streams_.find(header.key()); stream != streams_.end())
                stream->second->confirmed_ = true;
        }
        replies_.emplace(header.serial, std::move(answer));
        return;
    }
    case MessageType::message:
        if (header.program == protocol::program::keepalive) {
            if (header.procedure == static_cast<int>(protocol::Keepalive::ping))
                protocol::append_keepalive(output_, protocol::Keepalive::pong);
        } else if (on_event_) {
            if (events_.size() >= events_max)
                fail(ErrorSource::rpc, Code::rpc, "too many events waiting to be handled");
            events_.push_back(
                {{header.program, header.procedure}, {frame.payload.begin(), frame.payload.end()}});
        }
        return;
    case MessageType::stream:
    case MessageType::stream_hole: break;
    default: return;
    }
    const auto found = streams_.find(header.key());
    if (found == streams_.end()) return;
    Stream& stream = *found->second;
    if (header.status == protocol::Status::error) {
        stream.failure_ = protocol::from_wire(protocol::decode<protocol::WireError>(frame.payload));
        stream.confirmed_ = true;
    } else if (header.status == protocol::Status::ok) {
        stream.confirmed_ = true;
    } else if (header.type == MessageType::stream_hole) {
        stream.arrived_.push_back({{}, protocol::decode<protocol::StreamHole>(frame.payload).length});
    } else if (frame.payload.empty()) {
        stream.eof_ = true;
    } else if (!stream.closing_) {
        stream.arrived_bytes_ += frame.payload.size();
        stream.arrived_.push_back({{frame.payload.begin(), frame.payload.end()}, 0});
    }
}

} // namespace yado::client
